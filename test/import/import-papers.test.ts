import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { loadSample } from '../../src/cli/verbs/first-start.ts';
import { everyPaper } from '../../src/export/export-papers.ts';
import { type ImportRequest, importFile } from '../../src/import/import-papers.ts';
import type { ImportProgress } from '../../src/import/import-progress.ts';
import { openImportProgressStore } from '../../src/import/import-store.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore, type PaperStore } from '../../src/papers/paper-store.ts';
import type { Clock } from '../../src/time/clock.ts';
import { openTestDatabase, temporaryFolder } from '../support/database.ts';

const SAMPLE = join(import.meta.dirname, '../../data/sample');
const paper = (n: number) => ({
  id: `2605.${String(n).padStart(5, '0')}`,
  title: `Paper ${n}`,
  abstract: 'Words.',
});
const linesOf = (rows: readonly unknown[]) =>
  rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');

/** Moves by `step` milliseconds each time it is read. */
function tickingClock(step: number): Clock {
  let now = Date.parse('2026-06-01T08:00:00Z');
  return {
    now() {
      now += step;
      return new Date(now);
    },
    elapsed: () => now,
    sleep: () => Promise.resolve(),
  };
}

async function openStores() {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  const progress = openImportProgressStore(connection);
  const unfinished = () => connection.prepare('SELECT count(*) FROM import_progress').pluck().get();
  return { papers, progress, unfinished, clock: tickingClock(1) };
}

function fileOf(content: string | Buffer): string {
  const path = join(temporaryFolder(), 'papers.jsonl');
  writeFileSync(path, content);
  return path;
}

async function contentsOf(papers: PaperStore): Promise<PaperRecord[]> {
  const all: PaperRecord[] = [];
  for await (const slice of everyPaper(papers)) all.push(...slice);
  return all;
}

describe('an import', () => {
  it('counts imported and skipped rows, with the reasons and the first line of each', async () => {
    const { papers, progress, clock } = await openStores();
    const rows = [
      paper(1),
      '{"id": "26',
      paper(2),
      { abstract: 'No title.' },
      '<<<',
      { ...paper(3), id: '9999.99999' },
      paper(1),
    ];
    const report = await importFile({ path: fileOf(linesOf(rows)), papers, progress, clock });
    expect(report).toMatchObject({ taken: 3, added: 2, updated: 0, unchanged: 1, skipped: 4, lines: 7 });
    expect(report.reasons).toEqual([
      { reason: 'is not complete JSON', count: 2, firstLine: 2 },
      { reason: 'title is missing', count: 1, firstLine: 4 },
      { reason: 'id is not an arXiv ID such as 2406.01574', count: 1, firstLine: 6 },
    ]);
    expect(report.seconds).toBeGreaterThan(0);
  });

  it('counts keys that nobody read, values left out, and what no row had', async () => {
    const { papers, progress, clock } = await openStores();
    const rows = [
      { ...paper(1), shelf: 'A', colour: 'red', date: 'soon' },
      { ...paper(2), shelf: 'B', authors: 'Ada Example' },
      { ...paper(3), shelf: 'C', colour: 'blue', date: 'later' },
    ];
    const report = await importFile({ path: fileOf(linesOf(rows)), papers, progress, clock });
    expect(report).toMatchObject({
      taken: 3,
      skipped: 0,
      leftOut: [{ reason: '`date` is not a date such as 2024-05-31', count: 2, firstLine: 1 }],
      unread: [
        { key: 'shelf', rows: 3 },
        { key: 'colour', rows: 2 },
      ],
      missing: ['date', 'categories'],
    });
  });

  it('counts only some keys when each row of a file has a different one', async () => {
    const { papers, progress, clock } = await openStores();
    const rows = Array.from({ length: 3_000 }, (_, n) => ({ ...paper(n), [`key ${n}`]: n, always: 1 }));
    const report = await importFile({ path: fileOf(linesOf(rows)), papers, progress, clock });
    expect(report.taken).toBe(3_000);
    expect(report.unread[0]).toEqual({ key: 'always', rows: 3_000 });
    expect(report.unread.length).toBeLessThan(1_000);
  });

  it('changes nothing when it is run again', async () => {
    const { papers, progress, clock, unfinished } = await openStores();
    const path = fileOf(linesOf([paper(1), paper(2), paper(3)]));
    await importFile({ path, papers, progress, clock });
    const before = await contentsOf(papers);
    const again = await importFile({ path, papers, progress, clock });
    expect(again).toMatchObject({ taken: 3, added: 0, updated: 0, unchanged: 3 });
    expect(await contentsOf(papers)).toEqual(before);
    expect(unfinished()).toBe(0);
  });

  it('stores only a few reasons, even if each line of a file has a different one', async () => {
    const { papers, progress, clock } = await openStores();
    const items = Array.from({ length: 500 }, (_, n) => ({
      numComments: 0,
      paper: {
        id: `no id ${n}`,
        authors: [],
        publishedAt: '2026-05-28',
        title: 'T',
        summary: 'S',
        upvotes: 1,
      },
    }));
    const path = fileOf(linesOf([{ date: '2026-05-29', items }]));
    const report = await importFile({ path, papers, progress, clock });
    expect(report.skipped).toBe(500);
    expect(report.reasons.length).toBeLessThan(60);
    expect(report.reasons[0]).toMatchObject({ reason: 'other problems' });
  });

  it('reports its progress with speed and remaining time, at most four times a second', async () => {
    const { papers, progress } = await openStores();
    const path = fileOf(linesOf(Array.from({ length: 1000 }, (_, n) => paper(n))));
    const parsedRecords: ImportProgress[] = [];
    // The clock is read once per line, so a thousand lines take two seconds.
    await importFile({
      path,
      papers,
      progress,
      clock: tickingClock(2),
      batchSize: 100,
      onProgress: (at) => parsedRecords.push(at),
    });
    expect(parsedRecords.length).toBeGreaterThan(4);
    expect(parsedRecords.length).toBeLessThanOrEqual(9);
    const last = parsedRecords.at(-1);
    expect(last).toMatchObject({ skipped: 0, bytesRead: last?.bytesTotal });
    expect(last?.lines).toBeGreaterThan(800);
    expect(last?.rowsPerSecond).toBeGreaterThan(400);
    expect(last?.rowsPerSecond).toBeLessThanOrEqual(500);
  });

  it('leaves the store unchanged if the file has no papers', async () => {
    const { papers, progress, clock, unfinished } = await openStores();
    for (const content of ['<html>', '{"a": 1}\n', '']) {
      await expect(importFile({ path: fileOf(content), papers, progress, clock })).rejects.toBeInstanceOf(
        UserError,
      );
    }
    expect(await contentsOf(papers)).toEqual([]);
    expect(unfinished()).toBe(0);
  });

  it('uses little memory for a gzip bomb: one line of a gigabyte between two papers', async () => {
    const { papers, progress, clock } = await openStores();
    const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024, '0'));
    const bomb = Array<Buffer>(16).fill(zeros);
    const path = fileOf(
      Buffer.concat([gzipSync(linesOf([paper(1)])), ...bomb, gzipSync(`\n${linesOf([paper(2)])}`)]),
    );
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 10);
    const report = await importFile({ path, papers, progress, clock });
    clearInterval(watch);
    expect(report).toMatchObject({
      taken: 2,
      skipped: 1,
      reasons: [{ reason: 'is longer than 4 MB', firstLine: 2 }],
    });
    expect((peak - before) / 1024 / 1024).toBeLessThan(150);
  });
});

describe('an interrupted import', () => {
  const rows = [
    ...Array.from({ length: 95 }, (_, n) => paper(n)),
    '{"broken',
    ...Array.from({ length: 4 }, (_, n) => paper(200 + n)),
  ];
  const content = linesOf(rows);

  /** Runs `stop` when the store receives batch number `batch`. */
  function watched(papers: PaperStore, batch: number, stop: () => void): PaperStore {
    let count = 0;
    return {
      ...papers,
      importBatch(records, context) {
        count += 1;
        if (count === batch) stop();
        return papers.importBatch(records, context);
      },
    };
  }

  async function wholeRun(): Promise<PaperRecord[]> {
    const { papers, progress, clock } = await openStores();
    await importFile({ path: fileOf(content), papers, progress, clock });
    return contentsOf(papers);
  }

  it.each([1, 2, 5, 9])(
    'that stopped at batch %i continues from there, and ends with the same papers as a single run',
    async (batch) => {
      const { papers, progress, clock, unfinished } = await openStores();
      const path = fileOf(content);
      const controller = new AbortController();
      const request: ImportRequest = { path, progress, clock, batchSize: 10, papers };
      const stopped = await importFile({
        ...request,
        papers: watched(papers, batch, () => controller.abort()),
        signal: controller.signal,
      });
      expect(stopped.interruptedAt).toBe(stopped.lines);
      expect(stopped.interruptedAt).toBeGreaterThanOrEqual(batch * 10);
      expect(stopped.interruptedAt).toBeLessThan(100);
      expect(await contentsOf(papers)).toHaveLength(stopped.taken);
      expect(unfinished()).toBe(1);

      const rest = await importFile(request);
      expect(rest.resumedFrom).toBe(stopped.interruptedAt);
      expect(rest.interruptedAt).toBeUndefined();
      expect([stopped.taken + rest.taken, stopped.skipped + rest.skipped]).toEqual([99, 1]);
      expect(rest.unchanged).toBe(0);
      expect(await contentsOf(papers)).toEqual(await wholeRun());
      expect(unfinished()).toBe(0);
    },
  );

  it('that stopped before its first line has stored nothing, and starts again', async () => {
    const { papers, progress, clock } = await openStores();
    const path = fileOf(content);
    const stopped = await importFile({ path, papers, progress, clock, signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ taken: 0, interruptedAt: 0 });
    expect(await importFile({ path, papers, progress, clock })).toMatchObject({ taken: 99 });
  });

  it('that stopped because the store failed says so, and keeps the earlier batches', async () => {
    const { papers, progress, clock } = await openStores();
    const path = fileOf(content);
    const full = watched(papers, 3, () => {
      throw new UserError('The disk is full.');
    });
    await expect(importFile({ path, papers: full, progress, clock, batchSize: 10 })).rejects.toThrow(
      'The disk is full.',
    );
    expect(await contentsOf(papers)).toHaveLength(20);
    expect(await importFile({ path, papers, progress, clock })).toMatchObject({ resumedFrom: 20, taken: 79 });
    expect(await contentsOf(papers)).toEqual(await wholeRun());
  });

  it('starts again if the file has changed since', async () => {
    const { papers, progress, clock } = await openStores();
    const path = fileOf(content);
    const controller = new AbortController();
    const stopping = watched(papers, 2, () => controller.abort());
    await importFile({ path, papers: stopping, progress, clock, batchSize: 10, signal: controller.signal });
    appendFileSync(path, linesOf([paper(300)]));
    expect((await importFile({ path, papers, progress, clock })).resumedFrom).toBeUndefined();
  });

  it('never splits a line: a daily list is imported completely or again', async () => {
    const { papers, progress, clock } = await openStores();
    const row = (n: number) => ({
      numComments: 0,
      paper: {
        id: paper(n).id,
        authors: [],
        publishedAt: '2026-05-28',
        title: `T ${n}`,
        summary: 'S',
        upvotes: 1,
      },
    });
    const list = (day: number) => ({
      date: `2026-05-0${day}`,
      items: Array.from({ length: 7 }, (_, n) => row(day * 10 + n)),
    });
    const path = fileOf(linesOf([list(1), list(2), list(3)]));
    const controller = new AbortController();
    const stopping = watched(papers, 1, () => controller.abort());
    const stopped = await importFile({
      path,
      papers: stopping,
      progress,
      clock,
      batchSize: 3,
      signal: controller.signal,
    });
    expect(stopped.taken % 7).toBe(0);
    const rest = await importFile({ path, papers, progress, clock });
    expect(stopped.taken + rest.taken).toBe(21);
  });
});

describe('the sample of papers', () => {
  it('has the 55 seed papers and 30 daily lists, all of them valid', async () => {
    const { papers, progress, clock } = await openStores();
    expect(await loadSample({ folder: SAMPLE, papers, progress, clock })).toMatchObject({
      added: 881,
      skipped: 0,
    });
    expect(await papers.counts()).toMatchObject({
      listDays: 30,
      newestList: { day: '2026-05-29', papers: 45 },
    });
    const seed = readFileSync(join(SAMPLE, 'seed-papers.jsonl'), 'utf8').trimEnd().split('\n');
    expect(seed).toHaveLength(55);
    expect(seed.filter((line) => line.startsWith('{"id":"') || line.includes('"id":"2'))).toHaveLength(48);
  });

  it('merges with the pasted page that it came from', async () => {
    const { papers, progress, clock } = await openStores();
    const path = join(import.meta.dirname, '../fixtures/files/papers-page.txt');
    await importFile({ path, papers, progress, clock });
    await importFile({ path: join(SAMPLE, 'seed-papers.jsonl'), papers, progress, clock });
    expect(await contentsOf(papers)).toHaveLength(55);
  });

  it('contains no people’s accounts and no machine-written summaries', async () => {
    const { gunzipSync } = await import('node:zlib');
    const text = gunzipSync(readFileSync(join(SAMPLE, 'daily-papers.jsonl.gz'))).toString('utf8');
    expect(text).not.toMatch(/"(?:ai_summary\w*|submittedBy|submittedOnDailyBy|user|avatar\w*|_id)":/);
  });
});
