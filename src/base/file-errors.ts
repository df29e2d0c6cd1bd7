/**
 * Turns the error codes of files (https://nodejs.org/api/errors.html#common-system-errors) and of SQLite
 * (https://www.sqlite.org/rescode.html) into sentences for the person who runs the bot.
 */
import { codeOf, UserError } from './errors.ts';

/** @param otherwise what to do where the path cannot be mended, as the end of a sentence */
type Sentence = (path: string, otherwise: string) => string;

const SENTENCES: ReadonlyArray<readonly [RegExp, Sentence]> = [
  [
    /^(SQLITE_FULL|ENOSPC)/,
    (path) =>
      `The disk that holds ${path} is full. Nothing that was saved is lost; free some space and try again.`,
  ],
  [
    /^(SQLITE_READONLY|EROFS)/,
    (path, otherwise) =>
      `${path} cannot be written. Check that its folder and disk are writable for this user, or ${otherwise}.`,
  ],
  [
    /^(SQLITE_CANTOPEN|EACCES|EPERM|ENOENT|ENOTDIR|EISDIR|EEXIST)/,
    (path, otherwise) =>
      `${path} cannot be opened. Check that its folder exists and belongs to this user, or ${otherwise}.`,
  ],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB)/,
    (path) =>
      `${path} is damaged or is no database. Put a backup in its place: npm run paperboy -- restore FILE.`,
  ],
  [
    /^(SQLITE_BUSY|SQLITE_LOCKED)/,
    (path) => `${path} is in use by another process. Wait for it or stop it, then try again.`,
  ],
  [/^SQLITE_IOERR/, (path) => `The disk that holds ${path} gave an error. Check the disk, then try again.`],
];

/** The sentence for an error of a file, the disk or the database; `undefined` when it is a fault of the program. */
export function toUserError(
  error: unknown,
  path: string,
  otherwise = 'point DATA_DIR elsewhere',
): UserError | undefined {
  const code = codeOf(error) ?? '';
  const found = SENTENCES.find(([pattern]) => pattern.test(code));
  return found && new UserError(found[1](path, otherwise), { cause: error });
}
