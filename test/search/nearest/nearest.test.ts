import { readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { isNearestBehind, readNearest } from '../../../src/search/nearest/files.ts';
import { openNearestReader } from '../../../src/search/nearest/nearest-reader.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import {
  DIMENSIONS,
  exactlyNearest,
  KEY,
  MODEL,
  range,
  recallOf,
  serveModel,
  storeVectors,
  update,
  vectorOf,
} from './nearest-harness.ts';

const PAPERS = 6_000;
const ASKED = range(100_000, 100_060);

async function openStore(papers: number) {
  const connection = await openTestDatabase();
  serveModel(connection, MODEL);
  storeVectors(connection, range(1, papers + 1));
  const folder = join(temporaryFolder(), 'nearest');
  const reader = openNearestReader(folder);
  onTestFinished(() => reader.close());
  const nearest = (to: Float32Array, limit = 100, options = {}) =>
    reader.search(KEY, to, { limit, ...options });
  return { connection, folder, nearest };
}

function meanRecall(
  connection: DatabaseConnection,
  nearest: (to: Float32Array) => number[],
  asked = ASKED,
): number {
  const each = asked.map((paper) =>
    recallOf(nearest(vectorOf(paper)), exactlyNearest(connection, vectorOf(paper), 100)),
  );
  return each.reduce((sum, recall) => sum + recall / each.length, 0);
}

function lastOf(connection: DatabaseConnection) {
  const row = connection
    .prepare<[], { row: number; paper: number }>(
      'SELECT rowid AS row, paper FROM paper_vectors ORDER BY rowid DESC LIMIT 1',
    )
    .get();
  return row ?? { row: 0, paper: 0 };
}

it('the nearest papers are found in a part of the clusters, with a recall of 0.95 at least', async () => {
  const { connection, folder, nearest } = await openStore(PAPERS);
  await update(connection, folder);
  const clustered = readNearest(folder)?.clustered;
  expect(clustered).toMatchObject({ rows: PAPERS });
  expect(clustered?.probes).toBeLessThan((clustered?.clusters ?? 0) / 2);
  expect(meanRecall(connection, nearest)).toBeGreaterThanOrEqual(0.95);
});

it('in a small store, all of the nearest papers are found', async () => {
  const { connection, folder, nearest } = await openStore(500);
  await update(connection, folder);
  expect(readNearest(folder)?.clustered).toBeUndefined();
  for (const asked of ASKED) {
    const to = vectorOf(asked);
    // More, because queries are rounded to whole numbers.
    expect(recallOf(nearest(to, 25), exactlyNearest(connection, to, 20))).toBe(1);
  }
});

it('papers that are added, changed, or deleted with others after them are found as they are now', async () => {
  const { connection, folder, nearest } = await openStore(PAPERS);
  await update(connection, folder);
  const file = readNearest(folder)?.clustered?.file;
  storeVectors(connection, range(20_000, 20_050));
  const moved = (paper: number) => vectorOf(paper + 33);
  storeVectors(connection, [5], moved);
  expect(isNearestBehind(folder, MODEL, lastOf(connection))).toBe(true);
  await update(connection, folder);
  expect(isNearestBehind(folder, MODEL, lastOf(connection))).toBe(false);
  expect(readNearest(folder)?.clustered?.file).toBe(file);
  expect(nearest(vectorOf(20_007), 1)).toEqual([20_007]);
  expect(nearest(moved(5), 2)).toContain(5);
  // SQLite gives the numbers of the last rows again.
  connection.exec('DELETE FROM paper_vectors WHERE paper BETWEEN 20000 AND 20050 OR paper = 5');
  storeVectors(connection, range(30_000, 30_051));
  await update(connection, folder);
  expect(nearest(vectorOf(30_050), 1)).toEqual([30_050]);
  expect(nearest(vectorOf(20_007), 1)).not.toEqual([20_007]);
});

it('many new papers are sorted into new clusters', async () => {
  const { connection, folder, nearest } = await openStore(PAPERS);
  await update(connection, folder);
  storeVectors(connection, range(20_000, 24_000));
  await update(connection, folder);
  expect(readNearest(folder)).toMatchObject({ clustered: { rows: PAPERS + 4_000 }, tail: { rows: 0 } });
  expect(meanRecall(connection, nearest)).toBeGreaterThanOrEqual(0.95);
});

it('another model has an index of its own, and the former one answers nothing for it', async () => {
  const { connection, folder, nearest } = await openStore(PAPERS);
  await update(connection, folder);
  const other = { ...MODEL, id: 8, name: 'other' };
  storeVectors(connection, range(1, 601), (paper) => vectorOf(paper + 17), 8);
  serveModel(connection, other);
  expect(isNearestBehind(folder, other, lastOf(connection))).toBe(true);
  await update(connection, folder);
  expect(nearest(vectorOf(1))).toEqual([]);
  const reader = openNearestReader(folder);
  onTestFinished(() => reader.close());
  const key = readNearest(folder)?.model ?? '';
  expect(reader.search(key, vectorOf(20), { limit: 1 })).toEqual(
    exactlyNearest(connection, vectorOf(20), 1, 8),
  );
});

it('only papers that pass a condition are found, or are among those that are given', async () => {
  const { connection, folder, nearest } = await openStore(PAPERS);
  await update(connection, folder);
  const to = vectorOf(100_001);
  const even = nearest(to, 20, { passes: (paper: number) => paper % 2 === 0 });
  expect(even).toHaveLength(20);
  expect(even.filter((paper) => paper % 2 === 1)).toEqual([]);
  const among = Uint32Array.from(range(1, PAPERS + 1).filter((paper) => paper % 3 === 0));
  const third = nearest(to, 20, { among });
  expect(third).toHaveLength(20);
  expect(third.filter((paper) => paper % 3 !== 0)).toEqual([]);
});

it('a process that ends at any moment leaves an index that the next one brings up to date', async () => {
  const { connection, folder, nearest } = await openStore(2_600);
  let steps = 0;
  await update(connection, folder, 500, async () => void steps++);
  rmSync(folder, { recursive: true });
  for (let end = 0; end < steps; end += Math.ceil(steps / 15)) {
    let left = end;
    const dying = async () => {
      if (left-- === 0) throw new Error('ended');
    };
    await expect(update(connection, folder, 500, dying)).rejects.toThrow('ended');
    // What it left is searched, too.
    nearest(vectorOf(1));
    await update(connection, folder);
    expect(meanRecall(connection, nearest, ASKED.slice(0, 15))).toBeGreaterThanOrEqual(0.95);
    expect(readdirSync(folder)).toHaveLength(2);
    rmSync(folder, { recursive: true });
  }
}, 60_000);

it('files that are damaged, cut or missing are made again, and answer nothing or something meanwhile', async () => {
  const { connection, folder, nearest } = await openStore(2_600);
  await update(connection, folder);
  storeVectors(connection, range(20_000, 20_020));
  await update(connection, folder);
  const harms: ReadonlyArray<(path: string) => void> = [
    (path) => rmSync(path),
    (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
    (path) => writeFileSync(path, ''),
  ];
  for (const name of readdirSync(folder)) {
    for (const harm of harms) {
      const path = readdirSync(folder).includes(name) ? name : readdirSync(folder)[0];
      harm(join(folder, path ?? ''));
      const fresh = openNearestReader(folder);
      expect(() => fresh.search(KEY, vectorOf(1), { limit: 10 })).not.toThrow();
      fresh.close();
      await update(connection, folder);
      expect(meanRecall(connection, nearest, ASKED.slice(0, 15))).toBeGreaterThanOrEqual(0.95);
    }
  }
  expect(readNearest(folder)?.dimensions).toBe(DIMENSIONS);
});
