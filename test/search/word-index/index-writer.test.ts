import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { termOf } from '../../../src/search/text/term-vector.ts';
import { openTestSqlite, temporaryFolder } from '../../support/database.ts';
import {
  bringPapers,
  contentsOf,
  expectedContents,
  openTestReader,
  openTestWriter,
  syncFully,
} from './index-harness.ts';

function papers(from: number, count: number, title = 'On subject'): PaperRecord[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `2401.${String(from + n).padStart(5, '0')}`,
    title: `${title} ${from + n}`,
    abstract: `Shared words, group${(from + n) % 7}, and number${from + n} of its own.`,
    authors: [`Ada Author${(from + n) % 11}`],
  }));
}

const SHARED = { matching: { term: termOf('share') } };

describe('the word index', () => {
  it('contains the papers of a database that is older than the index', async () => {
    const connection = await openTestSqlite();
    await bringPapers(connection, papers(1, 700));
    connection.exec('DELETE FROM word_changes WHERE id > 1');
    const folder = join(temporaryFolder(), 'index');
    const writer = openTestWriter(connection, folder);
    const reader = openTestReader(folder);
    expect(reader.search((index) => index.papers)).toBeUndefined();
    await syncFully(writer);
    expect(contentsOf(folder)).toEqual(expectedContents(connection));
    expect(reader.search((index) => index.match(SHARED, 10_000))).toHaveLength(700);
  });

  it('is not used before all papers are in it', async () => {
    const connection = await openTestSqlite();
    await bringPapers(connection, papers(1, 20_000));
    const folder = join(temporaryFolder(), 'index');
    const reader = openTestReader(folder);
    const writer = openTestWriter(connection, folder);
    expect(await writer.sync()).toMatchObject({ isComplete: false, isBehind: true });
    expect(reader.search((index) => index.papers)).toBeUndefined();
    await syncFully(writer);
    expect(reader.search((index) => index.papers)).toBe(20_000);
  });

  it('names what a merge wrote while all papers are indexed for the first time', async () => {
    const connection = await openTestSqlite();
    // Few words, so that a merge is short.
    const alike = (count: number, title: string) =>
      papers(1, count).map(({ id }, n) => ({
        ...(id && { id }),
        title: `${title} ${n % 160} of ${Math.floor(n / 160)}`,
        abstract: 'Shared words.',
      }));
    await bringPapers(connection, alike(26_000, 'On subjects'));
    const folder = join(temporaryFolder(), 'index');
    const writer = openTestWriter(connection, folder);
    await writer.sync();
    // More than a third of the first segment, which is merged while the last papers are read.
    await bringPapers(connection, alike(3_000, 'On changed subjects'));
    await syncFully(writer);
    await writer.close();
    expect(contentsOf(folder)).toEqual(expectedContents(connection));
    expect(await openTestWriter(connection, folder).sync()).toMatchObject({ isComplete: true });
  });

  it('follows new, changed and merged papers after each step', async () => {
    const connection = await openTestSqlite();
    const folder = join(temporaryFolder(), 'index');
    const writer = openTestWriter(connection, folder);
    await syncFully(writer);
    for (let round = 0; round < 30; round++) {
      await bringPapers(connection, papers(round * 20 + 1, 30, `Round ${round} on`));
      // A paper that is known by its title alone, until its identifier arrives.
      const title = `A paper of round ${round} without an identifier`;
      await bringPapers(connection, [{ title, abstract: '' }]);
      if (round % 2 === 1)
        await bringPapers(connection, [{ ...papers(9_000 + round, 1)[0], title, abstract: 'Found.' }]);
      await syncFully(writer);
      expect(contentsOf(folder)).toEqual(expectedContents(connection));
    }
    expect(readdirSync(folder).length).toBeLessThan(12);
  });

  it('removes a paper that became part of another one', async () => {
    const connection = await openTestSqlite();
    const folder = join(temporaryFolder(), 'index');
    const writer = openTestWriter(connection, folder);
    await bringPapers(connection, [{ title: 'Known by its title alone', abstract: '' }, ...papers(1, 1)]);
    await syncFully(writer);
    await bringPapers(connection, [
      { id: '2401.00001', title: 'Known by its title alone', abstract: 'Now in full.' },
    ]);
    await syncFully(writer);
    expect(contentsOf(folder)).toEqual(expectedContents(connection));
    expect(contentsOf(folder).size).toBe(1);
  });

  it('continues where a former process stopped', async () => {
    const connection = await openTestSqlite();
    const folder = join(temporaryFolder(), 'index');
    await bringPapers(connection, papers(1, 50));
    const first = openTestWriter(connection, folder);
    await syncFully(first);
    await first.close();
    const before = readdirSync(folder);
    await bringPapers(connection, papers(51, 50));
    await syncFully(openTestWriter(connection, folder));
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(before));
    expect(contentsOf(folder)).toEqual(expectedContents(connection));
  });

  it('is made anew for another database, and for an older state of the same one', async () => {
    const connection = await openTestSqlite();
    const folder = join(temporaryFolder(), 'index');
    await bringPapers(connection, papers(1, 50));
    const older = connection.serialize();
    await bringPapers(connection, papers(51, 50));
    const writer = openTestWriter(connection, folder);
    await syncFully(writer);
    await writer.close();
    const path = join(temporaryFolder(), 'older.db');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, older);
    const restored = await openTestSqlite(path);
    await bringPapers(restored, papers(500, 80));
    await syncFully(openTestWriter(restored, folder));
    expect(contentsOf(folder)).toEqual(expectedContents(restored));
  });

  it('is made anew when it was removed while a reader had it open', async () => {
    const connection = await openTestSqlite();
    const folder = join(temporaryFolder(), 'index');
    await bringPapers(connection, papers(1, 50));
    const writer = openTestWriter(connection, folder);
    const reader = openTestReader(folder);
    await syncFully(writer);
    expect(reader.search((index) => index.papers)).toBe(50);
    rmSync(folder, { recursive: true });
    expect(reader.search((index) => index.papers)).toBeUndefined();
    await syncFully(writer);
    expect(reader.search((index) => index.papers)).toBe(50);
  });

  it('keeps its files from other users', async () => {
    const connection = await openTestSqlite();
    const folder = join(temporaryFolder(), 'index');
    await bringPapers(connection, papers(1, 5));
    await syncFully(openTestWriter(connection, folder));
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('shows a reader only whole steps, also in the middle of a merge', async () => {
    const connection = await openTestSqlite();
    const folder = join(temporaryFolder(), 'index');
    const reader = openTestReader(folder);
    const seen: number[] = [];
    const look = async () => {
      const found = reader.search((index) => index.match(SHARED, 10_000).length);
      if (found !== undefined) seen.push(found);
    };
    const writer = openTestWriter(connection, folder, look);
    await syncFully(writer);
    for (let round = 0; round < 20; round++) {
      await bringPapers(connection, papers(round * 10 + 1, 10));
      await writer.sync();
      await look();
      expect(seen.at(-1)).toBe((round + 1) * 10);
    }
    await writer.merged();
    expect(seen.every((count, at) => count % 10 === 0 && count >= (seen[at - 1] ?? 0))).toBe(true);
  });
});
