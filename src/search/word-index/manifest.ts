/**
 * The folder of the word index: segments, and a manifest that names those that count. It is replaced as a
 * whole, so that a reader and the next process see either the former state or the new one.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { codeOf } from '../../base/errors.ts';

/** A change of a paper's words that the database recorded. */
export interface WordChange {
  readonly id: number;
  /** Also 0, or a paper that no longer exists. */
  readonly paper: number;
  /** Random. */
  readonly token: number;
}

export interface Manifest {
  /** Form of the indexed text. */
  readonly form: number;
  /** The last change that the segments contain. */
  readonly reached: WordChange;
  /** While all papers are indexed for the first time, the last of them that is; absent afterwards. */
  readonly builtTo?: number;
  /** File names, the oldest segment first. */
  readonly segments: readonly string[];
}

const VERSION = 3;
const NAME = 'manifest';
/** Left by a reader that found a damaged segment. */
const DAMAGED = 'damaged';

export function indexFolder(databasePath: string): string {
  return `${databasePath}.index`;
}

export function manifestPath(folder: string): string {
  return join(folder, NAME);
}

/** @returns `undefined` if there is none, or none that this version can read */
export function readManifest(folder: string, form: number): Manifest | undefined {
  try {
    const [crc = '', text = ''] = readFileSync(manifestPath(folder), 'utf8').split('\n');
    if (crc !== checksumOf(text)) return undefined;
    const { version, ...manifest } = JSON.parse(text) as Manifest & { readonly version: number };
    return version === VERSION && manifest.form === form ? manifest : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the manifest. Its segments must be on the disk already. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const text = JSON.stringify({ version: VERSION, ...manifest });
  const path = manifestPath(folder);
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeSync(file, `${checksumOf(text)}\n${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  syncFolder(folder);
}

export function createFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Removes files that no manifest names: of a process that ended in the middle, and of former segments. */
export function removeOthers(folder: string, segments: readonly string[]): void {
  const kept = new Set([NAME, DAMAGED, ...segments]);
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { force: true });
}

export function removeManifest(folder: string): void {
  rmSync(manifestPath(folder), { force: true });
  rmSync(join(folder, DAMAGED), { force: true });
}

/** Notes that the index is damaged, so that it is made anew. */
export function reportDamage(folder: string, what: string): void {
  // Whoever removed the folder wants it made anew, too.
  if (existsSync(folder)) writeFileSync(join(folder, DAMAGED), what, { mode: 0o600 });
}

/** False if no index is there, or if a reader found it damaged. */
export function isIntact(folder: string): boolean {
  return existsSync(manifestPath(folder)) && !existsSync(join(folder, DAMAGED));
}

/** Makes a renamed file survive a power failure. Windows cannot do this, and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function checksumOf(text: string): string {
  return crc32(text).toString(16);
}
