/**
 * Turns error codes of files (https://nodejs.org/api/errors.html#common-system-errors) and of SQLite
 * (https://www.sqlite.org/rescode.html) into sentences for administrators.
 */
import { codeOf, UserError } from './errors.ts';

/** @param otherwise an alternative to fixing the path, as the end of a sentence */
type Sentence = (path: string, otherwise: string) => string;

const SENTENCES: ReadonlyArray<readonly [RegExp, Sentence]> = [
  [
    /^(SQLITE_FULL|ENOSPC)/,
    (path) => `The disk that holds ${path} is full. Saved data is safe. Free some space and try again.`,
  ],
  [
    /^(SQLITE_READONLY|EROFS)/,
    (path, otherwise) =>
      `${path} is not writable. Check that this user may write to its folder and disk, or ${otherwise}.`,
  ],
  [
    /^(SQLITE_CANTOPEN|EACCES|EPERM|ENOENT|ENOTDIR|EISDIR|EEXIST)/,
    (path, otherwise) =>
      `${path} cannot be opened. Check that its folder exists and belongs to this user, or ${otherwise}.`,
  ],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB)/,
    (path) => `${path} is damaged or is not a database. Restore a backup: npm run paperboy -- restore FILE`,
  ],
  [
    /^(SQLITE_BUSY|SQLITE_LOCKED)/,
    (path) => `${path} is in use by another process. Stop that process or wait, then try again.`,
  ],
  [/^SQLITE_IOERR/, (path) => `The disk with ${path} returned an error. Check the disk, then try again.`],
];

/** A `UserError` for an error of a file, the disk or the database; `undefined` for any other error. */
export function toUserError(
  error: unknown,
  path: string,
  otherwise = 'set DATA_DIR to another folder',
): UserError | undefined {
  const code = codeOf(error) ?? '';
  const found = SENTENCES.find(([pattern]) => pattern.test(code));
  return found && new UserError(found[1](path, otherwise), { cause: error });
}
