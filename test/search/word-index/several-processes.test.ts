/** Processes that share a PostgreSQL database, each with an index of its own. Needs a server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openPaperCounts } from '../../../src/papers/paper-counts-store.ts';
import { openWordChangeTrimmer } from '../../../src/search/word-index/word-change-store.ts';
import { openAnother, openTestDatabase, temporaryFolder, urlOf } from '../../support/database.ts';
import {
  bringPapers,
  contentsOf,
  expectedContents,
  openTestReader,
  openTestWriter,
  syncFully,
} from './index-harness.ts';

const PROCESS = join(import.meta.dirname, 'paper-writer-worker.ts');
const WRITERS = 3;

const papers = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `2401.${String(from + n).padStart(5, '0')}`,
    title: `A title with number ${from + n}`,
    abstract: 'An abstract.',
  }));

describe('an index of one of several processes', () => {
  it('misses no paper while others write some at the same time', async () => {
    const connection = await openTestDatabase();
    const follower = openAnother(connection);
    const folder = temporaryFolder();
    const writer = openTestWriter(follower, folder);
    const writers = Array.from({ length: WRITERS }, (_, seed) =>
      spawn(process.execPath, [PROCESS, urlOf(connection), String(seed)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    );
    const ended = Promise.all(writers.map((each) => once(each, 'exit')));
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    while (!isOver) {
      await writer.sync();
      // Lets the processes be heard.
      await setImmediate();
    }
    expect(await ended).toEqual(writers.map(() => [0, null]));
    await syncFully(writer);
    expect(contentsOf(folder)).toEqual(expectedContents(connection));
    const { papers: counted } = await openPaperCounts(connection).count();
    expect(counted).toBe(connection.prepare('SELECT count(*) FROM papers').pluck().get());
  });

  it('is made anew if another process forgot changes that it had not read', async () => {
    const connection = await openTestDatabase();
    const folder = temporaryFolder();
    const slow = openTestWriter(openAnother(connection), folder);
    await bringPapers(connection, papers(1, 20));
    await syncFully(slow);
    await bringPapers(connection, papers(10, 30));
    const forgetting = openWordChangeTrimmer(openAnother(connection), 0, 0);
    await forgetting.trim(await forgetting.last());
    await syncFully(slow);
    expect(contentsOf(folder)).toEqual(expectedContents(connection));
    expect(openTestReader(folder).search((segments) => segments.papers)).toBe(39);
  });

  it('finds what it has not read, because the last changes are kept', async () => {
    const connection = await openTestDatabase();
    await bringPapers(connection, papers(1, 20));
    const left = connection.prepare<[], number>('SELECT count(*) FROM word_changes').pluck();
    const changes = openWordChangeTrimmer(connection, 0, 5);
    await changes.trim(await changes.last());
    expect(left.get()).toBe(6);
  });
});

describe('rows that others follow by their numbers', () => {
  it.each([
    ['word_changes', 'INSERT INTO word_changes (paper) VALUES (1)'],
    [
      'paper_vectors',
      `INSERT INTO paper_vectors (paper, model, packed) SELECT 1, id, '' FROM embedding_models`,
    ],
  ])('of %s are written by one transaction after the other', async (_, insert) => {
    const connection = await openTestDatabase();
    await bringPapers(connection, papers(1, 1));
    const other = openAnother(connection, { statementMs: 300 });
    connection.transaction(() => {
      connection.exec(insert);
      expect(() => other.exec(insert)).toThrow('statement timeout');
      connection.exec('DELETE FROM paper_vectors');
    })();
    other.exec(insert);
  });
});
