import { join } from 'node:path';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { moveEverything, refuseUnfinished } from '../../../src/db/moving/move.ts';
import { isSqlite, type SqliteConnection } from '../../../src/db/open.ts';
import { openFeedStore } from '../../../src/feeds/feed-store.ts';
import { defaultSettings } from '../../../src/feeds/options/feed-options.ts';
import { convertNotes } from '../../../src/library/details-store.ts';
import { openLibrary } from '../../../src/library/library-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openLeases } from '../../../src/processes/leases-store.ts';
import { openPaces } from '../../../src/processes/paces-store.ts';
import { openWindows } from '../../../src/processes/windows-store.ts';
import { everythingIn, openTestDatabase, openTestSqlite, temporaryFolder } from '../../support/database.ts';
import { samplePaper as paper } from '../../support/papers.ts';

const PAPERS = 2_500;
const FEEDS = 40;
const quiet = () => undefined;
const ADA = { platform: 'discord', workspace: 'lab', person: 'ada' };
const NOTE = 'for the reading group on Tuesdays';
const AT = '2026-11-30T09:00:00Z';

async function fill(connection: DatabaseConnection): Promise<void> {
  const papers = Array.from({ length: PAPERS }, (_, at) =>
    paper({ id: `2611.${String(at).padStart(5, '0')}`, title: `A study of ${at} attention heads` }),
  );
  await openPaperStore(connection).importBatch(papers, { source: 'arxiv', at: AT });
  const feeds = openFeedStore(connection);
  for (let at = 0; at < FEEDS; at++) {
    const channel = { platform: 'discord', workspace: 'lab', channel: `c${at}` };
    await feeds.follow({ channel, settings: defaultSettings('UTC'), manager: 'ada', at: AT });
  }
  const library = openLibrary(connection);
  await library.change({ ...ADA, team: 'lab' }, '2611.00007', { note: NOTE }, AT);
}

/** The saved papers whose notes have these words, however they are indexed. */
async function foundBy(connection: DatabaseConnection, words: string): Promise<string[]> {
  const query = { scope: 'mine', filter: {}, sort: 'newest', text: words, limit: 5, offset: 0 } as const;
  const { papers } = await openLibrary(connection).list({ ...ADA, team: 'lab' }, query);
  return papers.map(({ paper: { id } }) => id);
}

const countIn = (connection: DatabaseConnection, table: string) =>
  connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();

describe('everything that is stored', () => {
  let lite: SqliteConnection;
  let server: DatabaseConnection;
  beforeEach(async () => {
    lite = await openTestSqlite(join(temporaryFolder(), 'paperboy.db'));
    server = await openTestDatabase();
    expect(inject('postgres')).toBeDefined();
    expect(isSqlite(server)).toBe(false);
  });

  it('moves to PostgreSQL and back, and new rows get new keys', async () => {
    await fill(lite);
    const report = await moveEverything({ from: lite, to: server }, quiet, convertNotes);
    expect(report.rows).toBeGreaterThan(PAPERS + FEEDS);
    expect(await foundBy(server, 'reading tuesday')).toEqual(['2611.00007']);
    const more = paper({ id: '2611.99999', title: 'One more' });
    await openPaperStore(server).importBatch([more], { source: 'arxiv', at: AT });
    expect(countIn(server, 'papers')).toBe(PAPERS + 1);
    // What the running processes left has no meaning for one that starts on a file.
    await openLeases(server).take('planning', 'ada', 1);
    await openPaces(server).book('discord', 1);
    await openWindows(server).create('discord', 1);
    const back = await openTestSqlite(join(temporaryFolder(), 'back.db'));
    await moveEverything({ from: server, to: back }, quiet, convertNotes);
    expect(['leases', 'paces', 'request_places'].map((table) => countIn(back, table))).toEqual([0, 0, 0]);
    expect(countIn(back, 'papers')).toBe(PAPERS + 1);
    expect(await foundBy(back, 'reading tuesday')).toEqual(['2611.00007']);
    await openFeedStore(back).follow({
      channel: { platform: 'discord', workspace: 'lab', channel: 'new' },
      settings: defaultSettings('UTC'),
      manager: 'ada',
      at: AT,
    });
    expect(countIn(back, 'feeds')).toBe(FEEDS + 1);
    const triggers = `SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'`;
    expect(back.prepare(triggers).pluck().get()).toBe(lite.prepare(triggers).pluck().get());
  });

  it('goes on after an interruption, and is not used before it is complete', async () => {
    await fill(lite);
    let batches = 0;
    const interrupt = () => {
      if (++batches === 2) throw new Error('Ctrl-C');
    };
    await expect(moveEverything({ from: lite, to: server }, interrupt, convertNotes)).rejects.toThrow(
      'Ctrl-C',
    );
    const copied = countIn(server, 'papers') ?? 0;
    expect(copied).toBeGreaterThan(0);
    expect(() => refuseUnfinished(server)).toThrow(/interrupted/);
    // Changed meanwhile, by a bot that went on with the former database.
    lite.exec(`UPDATE papers SET title = 'A changed title' WHERE pk = 3`);
    await moveEverything({ from: lite, to: server }, quiet, convertNotes);
    refuseUnfinished(server);
    expect(countIn(server, 'papers')).toBe(PAPERS);
    expect(server.prepare('SELECT title FROM papers WHERE pk = 3').pluck().get()).toBe('A changed title');
  });

  it('is not mixed with other data', async () => {
    await fill(lite);
    await fill(server);
    await expect(moveEverything({ from: lite, to: server }, quiet, convertNotes)).rejects.toThrow(
      /has data already/,
    );
    expect(everythingIn(server).includes('unfinished')).toBe(false);
  });
});
