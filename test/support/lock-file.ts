/**
 * `npm run lock`, after `npm install`: keeps npm from compiling packages that bring their binaries.
 *
 * npm runs `node-gyp rebuild`, which needs Python, in every package that has a `binding.gyp`, unless its
 * `package.json` says `gypfile: false`. `npm ci` looks for that in the lock file, and `npm install` does
 * not write it there (npm/cli#3341).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const LOCK_FILE = join(ROOT, 'package-lock.json');

interface LockFile {
  readonly packages: Record<string, { gypfile?: boolean }>;
}

function readLockFile(): LockFile {
  return JSON.parse(readFileSync(LOCK_FILE, 'utf8'));
}

/** Paths of the installed packages that `npm ci` would compile. */
export function compiledPackages({ packages } = readLockFile()): string[] {
  return Object.entries(packages)
    .filter(([path, { gypfile }]) => gypfile !== false && existsSync(join(ROOT, path, 'binding.gyp')))
    .map(([path]) => path);
}

/**
 * Copies `gypfile: false` from installed packages into the lock file. A package without it stays as it is,
 * and the test finds it.
 */
function markBinaries(): void {
  const lock = readLockFile();
  for (const path of compiledPackages(lock)) {
    const { gypfile }: { gypfile?: boolean } = JSON.parse(
      readFileSync(join(ROOT, path, 'package.json'), 'utf8'),
    );
    if (gypfile === false) lock.packages[path] = { ...lock.packages[path], gypfile };
  }
  writeFileSync(LOCK_FILE, `${JSON.stringify(lock, undefined, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) markBinaries();
