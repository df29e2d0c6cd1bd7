import { describe, expect, it } from 'vitest';
import { openChangeRecorder } from '../../src/changes/change-recorder-store.ts';
import { sentence } from '../../src/chat/card.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import { toldChangesMigration } from '../../src/db/migrations/0027-told-changes.ts';
import { openChangeTeller } from '../../src/delivery/change-notices-store.ts';
import { openChangeSettings } from '../../src/delivery/change-settings-store.ts';
import { startDelivery } from '../../src/delivery/engine.ts';
import { openLedger } from '../../src/delivery/ledger/ledger-store.ts';
import type { Feed } from '../../src/feeds/feed.ts';
import { openFeedStore } from '../../src/feeds/feed-store.ts';
import { toFollowedFeeds } from '../../src/feeds/followed-feeds.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openWorkspaceStore } from '../../src/workspaces/workspace-store.ts';
import { openFakePlatform } from '../fakes/memory/fake-port.ts';
import { openTestSqlite } from '../support/database.ts';
import { aFeed, engineOptions } from '../support/delivery.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { samplePaper } from '../support/papers.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ID = '2605.00001';
const ADA = { platform: 'fake', workspace: 'lab', person: 'ada' };
const LAB = { platform: 'fake', workspace: 'lab', channel: 'papers' };

/** The paper as arXiv's query returns it. */
function versionOf(version: number, overrides: Partial<PaperRecord> = {}): PaperRecord {
  const { codeUrl: _, codeStars: __, ...paper } = samplePaper({ version, updated: '2026-05-28T18:00:00Z' });
  return { ...paper, ...overrides };
}

async function open() {
  const connection = await openTestSqlite();
  const clock = fakeClock('2026-05-29T08:00:00Z');
  const platform = openFakePlatform({ clock });
  const papers = openPaperStore(connection, openChangeRecorder(connection));
  const feeds = openFeedStore(connection);
  const settings = openChangeSettings(connection);
  const digestSource = {
    compose: async (_: Feed, { day }: { readonly day: string }) => {
      const cards = [{ paper: ID, card: sentence('about the paper') }];
      const digest = { title: `Papers of ${day}`, root: sentence('list'), papers: cards, posted: [ID] };
      return day === '2026-05-29'
        ? ({ kind: 'ready', digest } as const)
        : ({ kind: 'skip', reason: 'no papers' } as const);
    },
  };

  async function bring(...records: PaperRecord[]) {
    for (const record of records)
      await papers.importBatch([record], { source: 'arxiv', at: clock.now().toISOString() });
  }

  async function tell() {
    const teller = openChangeTeller(connection);
    while ((await teller.tell(clock.now())) > 0);
  }

  /** Sends what is due, as a process that starts anew would. */
  async function send() {
    const options = {
      clock,
      ledger: openLedger(connection),
      feeds: toFollowedFeeds(feeds),
      platform,
      digestSource,
    };
    const engine = await startDelivery(engineOptions(options));
    void engine.tick();
    await clock.advance(MINUTE_MS);
    await engine.stop();
  }

  await bring(versionOf(1));
  return {
    connection,
    clock,
    platform,
    feeds,
    settings,
    bring,
    tell,
    send,
    /** Follows in channels, and posts the paper there in threads. */
    async post(...channels: readonly string[]) {
      const at = clock.now().toISOString();
      for (const name of channels) {
        const { settings: chosen, channel } = aFeed(name);
        await feeds.follow({ channel, settings: chosen, manager: 'ada', at });
      }
      await clock.advance(HOUR_MS);
      await send();
    },
    save: () => openLibrary(connection).save({ ...ADA, team: 'fake:lab' }, ID, clock.now().toISOString()),
    /** Tells now, and sends until the replies are due. */
    async pass() {
      await tell();
      await clock.advance(HOUR_MS);
      await tell();
      await send();
    },
    /** Messages after the list and its paper. */
    messages: () =>
      platform.messages
        .filter(({ card }) => !/^(?:list|about the paper)$/.test(toPlainText(card)))
        .map(({ channel, card }) => `${channel}: ${toPlainText(card)}`),
  };
}

const RETITLED = versionOf(2, { title: 'Routing Tokens to Fewer Experts' });
const RETITLED_AGAIN = versionOf(3, { title: 'Routing Tokens to Two Experts' });

describe('a reply in the thread of a posted paper', () => {
  it('tells what changed, once', async () => {
    const { post, bring, pass, messages } = await open();
    await post('papers');
    await bring(RETITLED);
    await pass();
    await pass();
    expect(messages()).toEqual([
      [
        'thread-of-m1: Routing Tokens to Fewer Experts',
        'https://arxiv.org/abs/2605.00001',
        'v2: the title is now “Routing Tokens to Fewer Experts”',
        'Managers can turn this off: /papers changes here:off',
      ].join('\n'),
    ]);
  });

  it('is sent in each thread in which the paper was posted', async () => {
    const { post, bring, pass, messages } = await open();
    await post('papers', 'reading-group');
    await bring(RETITLED);
    await pass();
    expect(messages().map((text) => text.split(':')[0])).toEqual(['thread-of-m1', 'thread-of-m2']);
  });

  it('is sent if the paper was posted under a former id', async () => {
    const { connection, post, bring, pass, messages } = await open();
    await post('papers');
    connection.exec(`INSERT INTO paper_aliases (alias, paper) SELECT 'pb-former', pk FROM papers;
      UPDATE deliveries SET paper = 'pb-former' WHERE kind = 'paper'`);
    await bring(RETITLED);
    await pass();
    expect(messages()).toHaveLength(1);
  });

  it('tells of several changes within an hour together', async () => {
    const { post, bring, tell, clock, pass, messages } = await open();
    await post('papers');
    await bring(RETITLED);
    await tell();
    await clock.advance(20 * MINUTE_MS);
    await bring(RETITLED_AGAIN);
    await pass();
    expect(messages()).toHaveLength(1);
    expect(messages()[0]).toContain(
      '\nv2: the title is now “Routing Tokens to Fewer Experts”\nv3: the title',
    );
    await bring(versionOf(4, { title: 'Routing Tokens to One Expert' }));
    await pass();
    expect(messages()).toHaveLength(2);
    expect(messages()[1]).not.toContain('v3');
  });

  it.each<readonly [string, Partial<PaperRecord>]>([
    [
      'a withdrawal',
      { version: 2, comment: 'This paper has been withdrawn by the authors.', withdrawn: true },
    ],
    ['a publication', { journalRef: 'Nature 1 (2026)', doi: '10.1000/182' }],
    ['a rewritten abstract', { version: 2, abstract: 'All is new here. Nothing is as it was in this text.' }],
  ])('tells of %s', async (_, change) => {
    const { post, bring, pass, messages } = await open();
    await post('papers');
    await bring(versionOf(1, { updated: '2026-05-29T18:00:00Z', ...change }));
    await pass();
    expect(messages()).toHaveLength(1);
  });

  it.each<readonly [string, Partial<PaperRecord>]>([
    ['a bare new version', {}],
    ['spelling', { abstract: samplePaper().abstract?.replace('expensive', 'expensve') ?? '' }],
    ['categories', { categories: ['cs.LG'] }],
    ['a comment', { comment: 'Fixed typos' }],
  ])('does not tell of %s', async (_, change) => {
    const { connection, post, bring, pass, messages } = await open();
    await post('papers');
    await bring(versionOf(2, { updated: '2026-05-29T18:00:00Z', ...change }));
    expect(connection.prepare('SELECT count(*) FROM paper_changes').pluck().get()).toBe(1);
    await pass();
    expect(messages()).toEqual([]);
  });

  it('is not sent for changes from before the paper was posted, or in threads older than 90 days', async () => {
    const { post, bring, clock, pass, messages, save } = await open();
    await save();
    await bring(RETITLED);
    await post('papers');
    await pass();
    expect(messages()).toEqual([]);
    await clock.advance(91 * DAY_MS);
    await bring(RETITLED_AGAIN);
    await pass();
    expect(messages()).toEqual([]);
  });

  it('is sent once whenever the process ends, also within the transaction', async () => {
    const { connection, post, bring, tell, pass, messages } = await open();
    await post('papers');
    await bring(RETITLED);
    connection.exec(`CREATE TRIGGER full BEFORE UPDATE ON told_changes
      BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    await expect(tell()).rejects.toThrow('disk full');
    expect(connection.prepare(`SELECT count(*) FROM deliveries WHERE kind = 'notice'`).pluck().get()).toBe(0);
    connection.exec('DROP TRIGGER full');
    await pass();
    await pass();
    expect(messages()).toHaveLength(1);
  });

  it('is not sent where it is turned off, not even if it waits already, and again when it is turned on', async () => {
    const { post, settings, bring, tell, pass, messages } = await open();
    await post('papers');
    await bring(RETITLED);
    await tell();
    expect(await settings.tellChannel(LAB, false)).toBe(true);
    await pass();
    await bring(RETITLED_AGAIN);
    await pass();
    expect(messages()).toEqual([]);
    expect(await settings.tellChannel(LAB, true)).toBe(true);
    await pass();
    await bring(versionOf(4, { title: 'Routing Tokens to One Expert' }));
    await pass();
    expect(messages()).toEqual([expect.stringContaining('v4:')]);
  });

  it.each(['unfollow', 'pause'] as const)('is not sent in a channel after %s', async (how) => {
    const { post, feeds, bring, pass, messages } = await open();
    await post('papers');
    for (const feed of await feeds.of(LAB))
      await (how === 'pause' ? feeds.pause(feed, '2026-07-01') : feeds.unfollow(feed));
    await bring(RETITLED);
    await pass();
    expect(messages()).toEqual([]);
  });

  it.each([
    ['discord', 'G1', 'C1', '1100'],
    ['slack', 'T1', 'C1', 'C1/1716973200.000100'],
  ])(
    'is addressed to the thread on %s, and follows its channel to a new id',
    async (platform, workspace, channel, thread) => {
      const { connection, feeds, clock, bring, tell } = await open();
      const place = { platform, workspace, channel };
      const at = clock.now().toISOString();
      const feed = await feeds.follow({
        channel: place,
        settings: aFeed(channel).settings,
        manager: 'ada',
        at,
      });
      const add = connection.prepare(
        `INSERT INTO deliveries (platform, workspace, channel, feed, day, kind, paper, root, key, state, due, expected,
         ready, message, thread, posted_at)
       VALUES (@platform, @workspace, @channel, @feed, '2026-05-29', @kind, @paper, @root, @key, 'done', 1, 1, 0, 'm',
         @thread, @posted)`,
      );
      const row = { ...place, feed: feed.id, posted: clock.now().getTime() };
      const root = add.run({ ...row, kind: 'root', paper: '', root: null, key: 'a', thread }).lastInsertRowid;
      add.run({ ...row, kind: 'late', paper: ID, root, key: 'b', thread: null });
      await openLibrary(connection).save({ ...ADA, team: 'fake:lab' }, ID, at);
      await bring(RETITLED);
      await tell();
      const ledger = openLedger(connection);
      const now = clock.now().getTime() + 2 * HOUR_MS;
      const [due] = await ledger.due({ platform, owner: 'test', limit: 10, except: [] }, now);
      expect(due).toMatchObject({ kind: 'notice', channel: { ...place, channel: thread } });
      await openWorkspaceStore(connection).moveChannel(platform, workspace, channel, 'C2', 1);
      const claimed = due && (await ledger.claim(due.id, 'me', now));
      expect(claimed?.target.channel).toBe(thread.replace('C1/', 'C2/'));
    },
  );
});

describe('a direct message about saved papers', () => {
  it('is sent only to those who asked for it, once a day, with all changes of that day', async () => {
    const { save, settings, bring, clock, tell, send, messages } = await open();
    const day = async () => {
      await clock.advance(DAY_MS);
      await tell();
      await send();
    };
    await save();
    await bring(RETITLED);
    await day();
    expect(messages()).toEqual([]);
    expect(await settings.tellPerson(ADA, true, 'UTC', clock.now())).toBe(true);
    await bring(RETITLED_AGAIN);
    await bring(versionOf(4));
    await tell();
    await send();
    expect(messages()).toEqual([]);
    await day();
    await day();
    expect(messages()).toHaveLength(1);
    expect(messages()[0]).toMatch(/^@ada: 2 changes to your saved papers\nRouting Tokens/);
    expect(messages()[0]).toContain('v3: the title is now');
    expect(messages()[0]).not.toContain('v2: the title is now');
  });

  it('is not sent after it was turned off, not even if it waits already', async () => {
    const { save, settings, bring, clock, tell, send, messages } = await open();
    await save();
    await settings.tellPerson(ADA, true, 'UTC', clock.now());
    await bring(RETITLED);
    await clock.advance(DAY_MS);
    await tell();
    expect(await settings.tellPerson(ADA, false, 'UTC', clock.now())).toBe(true);
    await send();
    await bring(RETITLED_AGAIN);
    await clock.advance(DAY_MS);
    await tell();
    await send();
    expect(messages()).toEqual([]);
  });

  it('is sent once whenever the process ends, also within the transaction', async () => {
    const { connection, save, settings, bring, clock, tell, send, messages } = await open();
    await save();
    await settings.tellPerson(ADA, true, 'UTC', clock.now());
    await bring(RETITLED);
    await clock.advance(DAY_MS);
    connection.exec(`CREATE TRIGGER full BEFORE UPDATE ON change_readers
      BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    await expect(tell()).rejects.toThrow('disk full');
    connection.exec('DROP TRIGGER full');
    for (let round = 0; round < 2; round++) {
      await tell();
      await send();
    }
    expect(messages()).toHaveLength(1);
  });

  it('says how many papers it leaves out', async () => {
    const { connection, settings, bring, clock, tell, send, messages } = await open();
    const idOf = (at: number) => `2605.1${String(at).padStart(4, '0')}`;
    for (let at = 0; at < 13; at++) {
      await bring(versionOf(1, { id: idOf(at), title: `Part ${at}` }));
      const saver = { ...ADA, team: 'fake:lab' };
      await openLibrary(connection).save(saver, idOf(at), clock.now().toISOString());
    }
    await settings.tellPerson(ADA, true, 'UTC', clock.now());
    for (let at = 0; at < 13; at++) await bring(versionOf(2, { id: idOf(at), title: `Volume ${at}` }));
    await clock.advance(DAY_MS);
    await tell();
    await send();
    expect(messages()).toEqual([expect.stringContaining('And 3 more papers.')]);
  });
});

it('nothing old is told after an upgrade', async () => {
  const { connection, post, bring, pass, messages } = await open();
  await post('papers');
  await bring(RETITLED);
  connection.exec('DROP TABLE told_changes; DROP TABLE quiet_channels; DROP TABLE change_readers');
  connection.exec('DROP INDEX deliveries_of_paper; DROP INDEX paper_aliases_by_paper');
  toldChangesMigration.up(connection);
  await pass();
  expect(messages()).toEqual([]);
  await bring(RETITLED_AGAIN);
  await pass();
  expect(messages()).toHaveLength(1);
});
