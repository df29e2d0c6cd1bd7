/** Reads and replaces a file that only its owner may read. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { codeOf, messageOf, UserError } from '../../../base/errors.ts';

const PRIVATE = 0o600;

/** @returns the text, empty if there is no file. @throws UserError if it is not readable or not UTF-8 */
export function readPrivateFile(path: string): string {
  if (!existsSync(path)) return '';
  const bytes = trying(`${path} cannot be read`, () => readFileSync(path));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UserError(`${path} is not UTF-8 text. Save it as UTF-8, or move it away.`);
  }
}

/**
 * Replaces the file atomically. Keeps its owner, and follows a symbolic link.
 * @throws UserError if it cannot be written
 */
export function writePrivateFile(path: string, text: string): void {
  trying(`${path} cannot be written`, () => {
    const target = existsSync(path) ? realpathSync(path) : path;
    const unfinished = `${target}.${process.pid}.part`;
    try {
      const file = openSync(unfinished, 'wx', PRIVATE);
      try {
        keepOwner(target, file);
        writeFileSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(unfinished, target);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
  });
}

/** Returns true if others could read it before. */
export function makePrivate(path: string): boolean {
  if (!existsSync(path) || (statSync(path).mode & 0o077) === 0) return false;
  trying(`${path} is readable by others, and its mode cannot be changed`, () => chmodSync(path, PRIVATE));
  return true;
}

/** Keeps the file readable for the bot's account. @throws UserError if only root could do so */
function keepOwner(target: string, file: number): void {
  const account = process.geteuid?.();
  if (account === undefined || !existsSync(target)) return;
  const { uid, gid } = statSync(target);
  if (uid === account) return;
  if (account !== 0)
    throw new UserError(`${target} belongs to another account. Run this command as that account.`);
  fchownSync(file, uid, gid);
}

function trying<Result>(what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${what} (${codeOf(error) ?? messageOf(error)}). Check the owner of the file and of its folder.`,
    );
  }
}
