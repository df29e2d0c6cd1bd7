/** Vectors of made papers around a few hundred directions, and the exact answers to compare with. */
import { onTestFinished } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { isSqlite } from '../../../src/db/open.ts';
import { modelKey } from '../../../src/search/nearest/files.ts';
import { updateNearest } from '../../../src/search/nearest/nearest-writer.ts';
import { openVectorSource } from '../../../src/search/nearest/vector-source.ts';
import { cosine, pack, toUnit } from '../../../src/search/text/vector.ts';

export const DIMENSIONS = 24;
const TOPICS = 200;
const AT = '2026-05-29T12:00:00Z';

export const MODEL = { id: 7, maker: 'endpoint', name: 'made', dimensions: DIMENSIONS, papers: 0 } as const;
export const KEY = modelKey(MODEL);

/** The same numbers in each run. */
function numbers(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

export function vectorOf(paper: number): Float32Array {
  const topic = numbers(paper % TOPICS);
  const own = numbers(paper + 10_000);
  const vector = Float32Array.from({ length: DIMENSIONS }, () => topic() + 0.7 * own());
  return toUnit(vector) ?? vector;
}

export function serveModel(
  connection: DatabaseConnection,
  model: Readonly<Record<keyof typeof MODEL, unknown>>,
): void {
  connection.exec(`DELETE FROM embedding_models WHERE maker <> 'words'`);
  connection
    .prepare(
      `INSERT INTO embedding_models (id, maker, name, dimensions, state, papers, share, begun_at)
       VALUES (:id, :maker, :name, :dimensions, 'serving', :papers, 0.2, '${AT}')`,
    )
    .run(model);
}

/** Stores vectors as the vector indexer does, without their papers. */
export function storeVectors(
  connection: DatabaseConnection,
  papers: Iterable<number>,
  of = vectorOf,
  model = 7,
): void {
  const withoutKeys = isSqlite(connection)
    ? 'PRAGMA foreign_keys = OFF'
    : 'SET session_replication_role = replica';
  connection.exec(withoutKeys);
  if (!isSqlite(connection)) onTestFinished(() => connection.exec('RESET session_replication_role'));
  const drop = connection.prepare('DELETE FROM paper_vectors WHERE paper = ? AND model = ?');
  const insert = connection.prepare('INSERT INTO paper_vectors (paper, model, packed) VALUES (?, ?, ?)');
  connection.transaction(() => {
    for (const paper of papers) {
      drop.run(paper, model);
      insert.run(paper, model, new Uint8Array(pack(of(paper)).buffer));
    }
  })();
}

export function update(
  connection: DatabaseConnection,
  folder: string,
  allUpTo = 500,
  pause: () => Promise<void> = async () => {},
): Promise<void> {
  return updateNearest({ folder, source: openVectorSource(connection), pause, allUpTo });
}

/** The nearest of all stored vectors. */
export function exactlyNearest(
  connection: DatabaseConnection,
  to: Float32Array,
  limit: number,
  model = 7,
): number[] {
  return connection
    .prepare<[number], { paper: number; packed: Uint8Array }>(
      'SELECT paper, packed FROM paper_vectors WHERE model = ?',
    )
    .all(model)
    .map(({ paper, packed }) => ({ paper, near: cosine(to, Int8Array.from(packed)) }))
    .sort((a, b) => b.near - a.near)
    .slice(0, limit)
    .map(({ paper }) => paper);
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

export function recallOf(found: readonly number[], exact: readonly number[]): number {
  const all = new Set(found);
  return exact.filter((paper) => all.has(paper)).length / exact.length;
}
