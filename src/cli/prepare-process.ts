/** Prepares the process before other modules are loaded. */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { extname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { DEFAULT_DATA_DIR, readEnvironment } from '../config/environment.ts';

/** Within the data folder. It can be deleted at any time. */
const FOLDER = 'compiled';

export function prepareProcess(): void {
  // Files that we write are readable only by our user: the database, its backups, the log, exports.
  process.umask(0o077);
  // React and Express do extra work for developers otherwise. A mail takes four times as long to render.
  process.env['NODE_ENV'] ??= 'production';
  // The part of each thread's heap for new objects grows with the first burst of work otherwise, and stays
  // so. That takes 50 MB, and makes no answer faster (docs/decisions/index.md).
  setFlagsFromString('--semi-space-growth-factor=1');
  // Developers run the source, whose files change.
  if (extname(import.meta.url) === '.ts') return;
  const dataFolder = readDataFolder();
  if (dataFolder !== undefined) keepCompiledCode(dataFolder);
}

/**
 * Keeps the code that V8 compiles in the data folder, so that the next start does not compile it again
 * (docs/decisions/threads.md). Node checks each entry by the module's text, its own version and its flags, so
 * an upgrade compiles again. Without a data folder, or where it cannot be written, every start compiles. The
 * threads of the process take the folder from the environment.
 */
export function keepCompiledCode(dataFolder: string): void {
  if (!existsSync(dataFolder)) return;
  const folder = join(dataFolder, FOLDER);
  if (enableCompileCache(folder).directory !== undefined) process.env['NODE_COMPILE_CACHE'] ??= folder;
}

/** @returns `undefined` if the settings cannot be read, which the command then reports */
function readDataFolder(): string | undefined {
  try {
    return readEnvironment()['DATA_DIR'] || DEFAULT_DATA_DIR;
  } catch {
    return undefined;
  }
}
