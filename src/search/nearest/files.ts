/**
 * The files of nearest vectors, beside the database: rows in clusters, and a tail of those that came since.
 * A manifest says what counts; it is replaced as a whole. All of it can be made again from the database, so a
 * file that is missing or too short is only noticed, and what is wrong in a row costs a candidate at most.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../base/errors.ts';
import { Clusters } from './clusters.ts';
import { type RowForm, Rows } from './rows.ts';

export interface NearestManifest {
  /** See {@link modelKey}. */
  readonly model: string;
  readonly dimensions: number;
  /** Row ID of the last vector in the database that was looked at, and its paper. */
  readonly reached: { readonly row: number; readonly paper: number };
  readonly clustered?: ClusteredRows;
  readonly tail: { readonly file: string; readonly rows: number };
}

export interface ClusteredRows {
  readonly file: string;
  readonly clusters: number;
  readonly rows: number;
  /** Clusters to read for a search. */
  readonly probes: number;
}

const VERSION = 1;
const MANIFEST = 'manifest';

export function nearestFolder(databasePath: string): string {
  return `${databasePath}.nearest`;
}

/** Identifies a model and what it was learned from. */
export function modelKey(model: {
  readonly id: number;
  readonly maker: string;
  readonly name: string;
  readonly dimensions: number;
  readonly papers: number;
}): string {
  const { id, maker, name, dimensions, papers } = model;
  return [id, maker, name, dimensions, papers].join(' ');
}

/** @returns `undefined` if there is none, or none that this version can read */
export function readNearest(folder: string): NearestManifest | undefined {
  try {
    const text = readFileSync(join(folder, MANIFEST), 'utf8');
    const { version, ...manifest } = JSON.parse(text) as NearestManifest & { readonly version: number };
    return version === VERSION ? manifest : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Replaces the manifest, and removes files that it does not name. The rows must be on the disk already. */
export function writeNearest(folder: string, manifest: NearestManifest): void {
  const path = join(folder, MANIFEST);
  writeFileSync(`${path}.new`, JSON.stringify({ version: VERSION, ...manifest }), {
    mode: 0o600,
    flush: true,
  });
  renameSync(`${path}.new`, path);
  const kept = new Set([MANIFEST, manifest.tail.file, manifest.clustered?.file]);
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { force: true });
}

export function createNearest(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/**
 * True if there is something to do for `updateNearest`.
 * @param last the vector that was stored last
 */
export function isNearestBehind(
  folder: string,
  model: Parameters<typeof modelKey>[0],
  last: NearestManifest['reached'],
): boolean {
  const found = readNearest(folder);
  const { row, paper } = found?.reached ?? { row: 0, paper: 0 };
  return found?.model !== modelKey(model) || row !== last.row || paper !== last.paper;
}

/** Changes whenever the manifest is replaced. */
export function nearestVersion(folder: string): string | undefined {
  const stats = statSync(join(folder, MANIFEST), { throwIfNoEntry: false, bigint: true });
  return stats && `${stats.ino} ${stats.mtimeNs} ${stats.size}`;
}

/** The open files of a manifest. */
export class NearestFiles {
  readonly manifest: NearestManifest;
  readonly form: RowForm;
  readonly clusters: Clusters | undefined;
  readonly #counts: Uint32Array;
  /** The first row of each cluster. */
  readonly #starts: Float64Array;
  readonly #clustered: number | undefined;
  readonly #tail: number | undefined;
  readonly #rowsAt: number;

  /** @throws DamagedVectors or ENOENT if rows are missing */
  constructor(folder: string, manifest: NearestManifest, form: RowForm) {
    const { clustered, tail } = manifest;
    this.manifest = manifest;
    this.form = form;
    const count = clustered?.clusters ?? 0;
    this.#counts = new Uint32Array(count);
    this.#starts = new Float64Array(count);
    this.#rowsAt = count * (form.bytes + 4);
    const opened: number[] = [];
    try {
      const open = (name: string, bytes: number) => {
        const file = openSync(join(folder, name), 'r');
        opened.push(file);
        return readSizeOf(file, join(folder, name), bytes);
      };
      if (tail.rows > 0) this.#tail = open(tail.file, tail.rows * form.bytes);
      if (clustered) {
        this.#clustered = open(clustered.file, this.#rowsAt + clustered.rows * form.bytes);
        const centroids = new Uint8Array(count * form.bytes);
        readSync(this.#clustered, centroids, 0, centroids.length, 0);
        readSync(this.#clustered, new Uint8Array(this.#counts.buffer), 0, 4 * count, centroids.length);
        let start = 0;
        for (const [cluster, rows] of this.#counts.entries()) {
          this.#starts[cluster] = start;
          start += rows;
        }
        if (start !== clustered.rows) throw new DamagedVectors(clustered.file);
        this.clusters = new Clusters(new Rows(form, centroids), count);
      }
    } catch (error) {
      for (const file of opened) closeSync(file);
      throw error;
    }
  }

  close(): void {
    for (const file of [this.#clustered, this.#tail]) if (file !== undefined) closeSync(file);
  }

  /**
   * Reads the rows of a cluster, or of the tail, in parts into memory of the caller.
   * @returns the number of rows of each part, once it was read
   */
  *parts(cluster: number | 'tail', into: Uint8Array): Generator<number> {
    const file = cluster === 'tail' ? this.#tail : this.#clustered;
    const rows = cluster === 'tail' ? this.manifest.tail.rows : (this.#counts[cluster] ?? 0);
    const first = cluster === 'tail' ? 0 : this.#rowsAt + (this.#starts[cluster] ?? 0) * this.form.bytes;
    if (file === undefined) return;
    const { bytes } = this.form;
    const most = Math.floor(into.length / bytes);
    for (let done = 0; done < rows; done += most) {
      const some = Math.min(most, rows - done);
      readSync(file, into, 0, some * bytes, first + done * bytes);
      yield some;
    }
  }
}

export class DamagedVectors extends Error {}

function readSizeOf(file: number, path: string, bytes: number): number {
  if (statSync(path).size < bytes) throw new DamagedVectors(path);
  return file;
}

/** Writes all bytes, and waits until they are on the disk. */
export function syncAndClose(file: number): void {
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
