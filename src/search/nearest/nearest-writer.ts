/**
 * Keeps the files of nearest vectors equal to the database. New vectors are appended to the tail, which a
 * search reads as a whole. Once the tail is long, all rows are sorted into new clusters.
 */
import { randomBytes } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../base/errors.ts';
import { type Clusters, cluster } from './clusters.ts';
import {
  createNearest,
  DamagedVectors,
  NearestFiles,
  type NearestManifest,
  readNearest,
  syncAndClose,
  writeNearest,
} from './files.ts';
import { probesFor } from './probes.ts';
import { type RowForm, Rows, rowForm } from './rows.ts';
import type { VectorSource } from './vector-source.ts';

export interface NearestWriterOptions {
  readonly folder: string;
  readonly source: VectorSource;
  /** Waits while others need the processor. */
  readonly pause: () => Promise<void>;
  /** Rows up to which all of them are read; for tests. */
  readonly allUpTo?: number;
}

/** All of these are read in a millisecond or two. */
const ALL_UP_TO = 20_000;
/** The tail may have this share of the rows in clusters. */
const TAIL_SHARE = 1 / 16;
/** Row IDs that are read at once. */
const WINDOW = 1_000;
/** Vectors after which the tail is kept, if the process ends. */
const KEPT_EVERY = 50_000;
const CHUNK_BYTES = 2 ** 20;
const SAMPLED_PER_CLUSTER = 32;

/** Brings the files up to date. A process that ends in the middle leaves them as they were kept last. */
export async function updateNearest(options: NearestWriterOptions): Promise<void> {
  const { folder, source, allUpTo = ALL_UP_TO } = options;
  const model = source.model();
  if (!model) return;
  const form = rowForm(model.dimensions);
  createNearest(folder);
  const empty: NearestManifest = {
    model: model.key,
    dimensions: model.dimensions,
    reached: { row: 0, paper: 0 },
    tail: { file: newName(), rows: 0 },
  };
  const found = readNearest(folder);
  const isUsable = found?.model === model.key && source.has(found.reached) && isWhole(folder, found, form);
  const before = isUsable ? found : empty;
  const now = await appendNew(options, before, form, model.id);
  const { clustered, tail } = now;
  if (tail.rows <= Math.max(allUpTo, (clustered?.rows ?? 0) * TAIL_SHARE)) return;
  await sortRows(options, now, form);
}

function isWhole(folder: string, manifest: NearestManifest, form: RowForm): boolean {
  try {
    new NearestFiles(folder, manifest, form).close();
    return true;
  } catch (error) {
    if (error instanceof DamagedVectors || codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function appendNew(
  { folder, source, pause }: NearestWriterOptions,
  before: NearestManifest,
  form: RowForm,
  model: number,
): Promise<NearestManifest> {
  const last = source.last();
  let now = before;
  let file: number | undefined;
  let { rows } = before.tail;
  const keep = (reached: NearestManifest['reached']) => {
    if (file !== undefined) syncAndClose(file);
    file = undefined;
    now = { ...now, reached, tail: { ...now.tail, rows } };
    writeNearest(folder, now);
  };
  const path = join(folder, now.tail.file);
  let reached = before.reached;
  for (let from = reached.row; from < last.row; from += WINDOW) {
    const some = source.between(model, from, Math.min(from + WINDOW, last.row));
    const vectors = some.filter(({ packed }) => packed.length === form.dimensions);
    const added = new Rows(form, new Uint8Array(vectors.length * form.bytes));
    for (const [row, { paper, packed }] of vectors.entries()) added.write(row, paper, packed);
    // Written at the place where the kept rows end: a process that was killed may have left more.
    file ??= openSync(path, rows === 0 ? 'w' : 'r+', 0o600);
    writeSync(file, added.bytes, 0, added.bytes.length, rows * form.bytes);
    rows += vectors.length;
    const end = some.at(-1);
    if (end) reached = { row: end.row, paper: end.paper };
    if (end && rows - now.tail.rows >= KEPT_EVERY) keep(reached);
    await pause();
  }
  if (rows !== now.tail.rows || now.reached.row !== last.row || now.reached.paper !== last.paper) keep(last);
  return now;
}

/** Sorts all rows into new clusters. */
async function sortRows(
  { folder, pause }: NearestWriterOptions,
  now: NearestManifest,
  form: RowForm,
): Promise<void> {
  const files = new NearestFiles(folder, now, form);
  try {
    const total = (now.clustered?.rows ?? 0) + now.tail.rows;
    const count = clustersFor(total);
    const clusters = await clustersOf(files, total, count, pause);
    const assigned = new Uint16Array(total);
    const counts = new Uint32Array(count);
    await eachRow(files, pause, (rows, row, at) => {
      const nearest = clusters.nearest(rows.vector(row));
      assigned[at] = nearest;
      counts[nearest] = (counts[nearest] ?? 0) + 1;
    });
    const name = newName();
    const file = openSync(join(folder, name), 'w', 0o600);
    const head = count * (form.bytes + 4);
    writeSync(file, clusters.centroids.bytes, 0, count * form.bytes, 0);
    writeSync(file, new Uint8Array(counts.buffer), 0, 4 * count, count * form.bytes);
    const next = new Float64Array(count);
    for (let each = 1; each < count; each++) next[each] = (next[each - 1] ?? 0) + (counts[each - 1] ?? 0);
    await eachRow(files, pause, (rows, row, at) => {
      const cluster = assigned[at] as number;
      const place = next[cluster] as number;
      next[cluster] = place + 1;
      writeSync(file, rows.bytes, row * form.bytes, form.bytes, head + place * form.bytes);
    });
    syncAndClose(file);
    const tail = { file: newName(), rows: 0 };
    const sorted = { ...now, tail, clustered: { file: name, clusters: count, rows: total, probes: count } };
    const probes = await probesFor(folder, sorted, form, pause);
    writeNearest(folder, { ...sorted, clustered: { ...sorted.clustered, probes } });
  } finally {
    files.close();
  }
}

/** @param use gets a row and its number among all rows */
async function eachRow(
  files: NearestFiles,
  pause: () => Promise<void>,
  use: (rows: Rows, row: number, at: number) => void,
): Promise<void> {
  const { form, manifest } = files;
  const rows = new Rows(form, new Uint8Array(Math.floor(CHUNK_BYTES / form.bytes) * form.bytes));
  let at = 0;
  const parts = [...Array(manifest.clustered?.clusters ?? 0).keys(), 'tail' as const];
  for (const part of parts) {
    for (const count of files.parts(part, rows.bytes)) {
      for (let row = 0; row < count; row++) {
        use(rows, row, at++);
        if (at % 64 === 0) await pause();
      }
    }
  }
}

async function clustersOf(
  files: NearestFiles,
  total: number,
  count: number,
  pause: () => Promise<void>,
): Promise<Clusters> {
  const { form } = files;
  const step = Math.max(1, Math.floor(total / (count * SAMPLED_PER_CLUSTER)));
  const sample = new Rows(form, new Uint8Array(Math.floor(total / step) * form.bytes));
  let sampled = 0;
  await eachRow(files, pause, (rows, row, at) => {
    if (at % step !== 0 || (sampled + 1) * form.bytes > sample.bytes.length) return;
    const from = row * form.bytes;
    sample.bytes.set(rows.bytes.subarray(from, from + form.bytes), sampled++ * form.bytes);
  });
  return cluster(form, sample, sampled, count, pause);
}

function clustersFor(rows: number): number {
  return Math.min(4_096, Math.max(8, 2 ** Math.round(Math.log2(1.5 * Math.sqrt(rows)))));
}

/** Never the name of a former file, which a reader may have open. */
function newName(): string {
  return `${randomBytes(8).toString('hex')}.vectors`;
}
