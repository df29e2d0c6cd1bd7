/** SQLite's error codes (https://www.sqlite.org/rescode.html) as sentences for the person who runs the bot. */
import { codeOf, UserError } from '../base/errors.ts';

const SENTENCES: ReadonlyArray<readonly [RegExp, (path: string) => string]> = [
  [
    /^(SQLITE_FULL|ENOSPC)/,
    (path) =>
      `The disk that holds ${path} is full. Nothing that was saved is lost; free some space and try again.`,
  ],
  [
    /^(SQLITE_READONLY|EROFS)/,
    (path) =>
      `${path} cannot be written. Check that its folder and disk are writable for this user, or point DATA_DIR elsewhere.`,
  ],
  [
    /^(SQLITE_CANTOPEN|EACCES|EPERM|ENOTDIR|EEXIST)/,
    (path) =>
      `${path} cannot be opened. Check that its folder exists and belongs to this user, or point DATA_DIR elsewhere.`,
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

/** The sentence for an error of the disk or the database; `undefined` when it is a fault of the program. */
export function toUserError(error: unknown, path: string): UserError | undefined {
  const code = codeOf(error) ?? '';
  const found = SENTENCES.find(([pattern]) => pattern.test(code));
  return found && new UserError(found[1](path), { cause: error });
}
