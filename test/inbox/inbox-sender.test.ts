import { describe, expect, it } from 'vitest';
import { openChangeRecorder } from '../../src/changes/change-recorder-store.ts';
import { openChangesStore } from '../../src/changes/changes-store.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { startDelivery } from '../../src/delivery/engine.ts';
import { openLedger } from '../../src/delivery/ledger/ledger-store.ts';
import { openWatchTeller } from '../../src/delivery/watch-notices-store.ts';
import type { InboxChange } from '../../src/inbox/inbox.ts';
import { openInboxSender } from '../../src/inbox/inbox-sender.ts';
import { openInboxStore } from '../../src/inbox/inbox-store.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openPersonalData } from '../../src/privacy/personal-data-store.ts';
import { openRecommender } from '../../src/recommend/recommender.ts';
import { openSummaryService } from '../../src/summary/summary-service.ts';
import type { TrendingService } from '../../src/trending/trending.ts';
import { openTrendingService } from '../../src/trending/trending-store.ts';
import { openWatchMatcher } from '../../src/watches/matching/matcher-store.ts';
import { openWatchStore } from '../../src/watches/watch-store.ts';
import { openWorkspaceStore } from '../../src/workspaces/workspace-store.ts';
import { openFakePlatform } from '../fakes/memory/fake-port.ts';
import { crashing, lifetime } from '../support/crash-injection.ts';
import { breakInserts, openTestDatabase } from '../support/database.ts';
import { engineOptions, holdFeeds } from '../support/delivery.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { listeningLog } from '../support/listening-log.ts';
import { listedPapers, samplePaper } from '../support/papers.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ADA = { platform: 'fake', workspace: 'lab', person: 'ada', team: 'fake:lab' };
const ALAN = { ...ADA, person: 'alan' };
const FRIDAY = '2026-05-29T06:00:00Z';

/** Papers on the list of one day only. */
function papersOf(day: string, count: number) {
  return listedPapers(day, count).map((paper, at) => ({
    ...paper,
    id: `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}${String(at).padStart(3, '0')}`,
    title: `Paper ${at} of ${day}`,
  }));
}

function openSender(
  connection: DatabaseConnection,
  clock: FakeClock,
  life = lifetime(),
  trending = openTrendingService(connection, clock),
) {
  const { log } = listeningLog();
  const stores = {
    trending,
    changes: openChangesStore(connection),
    library: openLibrary(connection),
    papers: openPaperStore(connection, openChangeRecorder(connection)),
    inboxes: openInboxStore(connection),
  };
  return openInboxSender({
    trending: crashing(stores.trending, life),
    changes: crashing(stores.changes, life),
    library: crashing(stores.library, life),
    papers: crashing(stores.papers, life),
    inboxes: crashing(stores.inboxes, life),
    summary: openSummaryService(),
    sendsMail: true,
    recommender: openRecommender(connection),
    teamNamed: (_, team) => ({ team }),
    clock,
    log,
  });
}

async function open(start = FRIDAY) {
  const connection = await openTestDatabase();
  const clock = fakeClock(start);
  const platform = openFakePlatform({ clock });
  const papers = openPaperStore(connection, openChangeRecorder(connection));
  const inboxes = openInboxStore(connection);
  const at = () => clock.now().toISOString();
  return {
    connection,
    clock,
    inboxes,
    set: (change: InboxChange = {}, person = ADA) => inboxes.set(person, change, 'UTC', clock.now()),
    list: (day: string, count: number) =>
      papers.importBatch(papersOf(day, count), { source: 'hugging-face', at: at() }),
    load: (record: Parameters<typeof samplePaper>[0]) =>
      papers.importBatch([samplePaper(record)], { source: 'arxiv', at: at() }),
    save: (id: string, person = ADA) => openLibrary(connection).save(person, id, at()),
    send: (trending?: TrendingService) =>
      openSender(connection, clock, undefined, trending).send(new AbortController().signal),
    async post() {
      const options = { clock, ledger: openLedger(connection), feeds: holdFeeds([]), platform };
      const engine = await startDelivery(engineOptions(options));
      void engine.tick();
      await clock.advance(60_000);
      await engine.stop();
    },
    /** The messages so far, as text. */
    messages: () => platform.messages.map(({ channel, card }) => `${channel}: ${toPlainText(card)}`),
    shown: () =>
      platform.messages.flatMap(({ card }) =>
        card.blocks.flatMap((block) => (block.kind === 'entry' ? [block.paper] : [])),
      ),
  };
}

describe('the digest of a person', () => {
  it('comes at its time, once, with trending papers', async () => {
    const { set, list, send, post, clock, messages } = await open();
    await set();
    await list('2026-05-29', 3);
    expect(await send()).toBe(0);
    await clock.advance(3 * HOUR_MS);
    expect(await send()).toBe(1);
    expect(await send()).toBe(0);
    await post();
    await post();
    expect(messages()).toHaveLength(1);
    expect(messages()[0]).toMatch(/^@ada: Your digest · Friday 29 May\nTrending papers\n1\. /);
  });

  it('never shows a paper twice, nor one that the person saved', async () => {
    const { set, list, save, send, post, clock, messages, shown } = await open();
    await set();
    await list('2026-05-29', 8);
    const saved = papersOf('2026-05-29', 8)[0]?.id ?? '';
    await save(saved, ADA);
    await set({ leaveOut: 'team' });
    for (let day = 0; day < 14; day++) {
      await clock.advance(DAY_MS);
      await send();
      await post();
    }
    expect(messages()).toHaveLength(2);
    expect(shown()).toHaveLength(7);
    expect(new Set(shown()).size).toBe(7);
    expect(shown()).not.toContain(saved);
  });

  it('recommends papers from what the person saved, with the reason, and none twice', async () => {
    const { set, load, save, send, post, clock, messages, shown } = await open();
    const ids = Array.from({ length: 9 }, (_, at) => `2605.0000${at + 1}`);
    for (const [at, id] of ids.entries()) {
      const part = ['torque', 'gripper', 'joint', 'tactile', 'policy', 'sensor', 'hand', 'arm', 'grip'][at];
      await load({ id, title: `The ${part}`, abstract: `On the ${part} of robots that grasp.` });
    }
    for (const id of ids.slice(0, 3)) await save(id, ADA);
    await set({ leaveOut: 'team' });
    for (let day = 0; day < 7; day++) {
      await clock.advance(DAY_MS);
      await send();
      await post();
    }
    expect(messages()[0]).toMatch(/Recommended for you\n1\. The \w+\n[\s\S]*Because you saved “The \w+”/);
    expect(shown().toSorted()).toEqual(ids.slice(3));
  });

  it('leaves out papers that a watch told the person about', async () => {
    const { set, list, send, post, clock, connection, shown } = await open();
    const { platform, workspace, person } = ADA;
    const target = { kind: 'person', person: { platform, workspace, person } } as const;
    const terms = { text: '"Paper 1"' };
    await set();
    const watched = { target, terms, defaultZone: 'UTC', by: person };
    await openWatchStore(connection).watch(watched, clock.now());
    await list('2026-05-29', 3);
    while (!(await openWatchMatcher(connection).step(clock.now())).isDone);
    await clock.advance(HOUR_MS);
    expect(await openWatchTeller(connection).tell(clock.now())).toBe(1);
    await clock.advance(2 * HOUR_MS);
    await send();
    await post();
    expect(shown()).toHaveLength(3);
    expect(new Set(shown()).size).toBe(3);
  });

  it('shows papers that were added to a day’s list after the digest', async () => {
    const { set, list, send, post, clock, shown } = await open();
    await set();
    await list('2026-05-28', 2);
    await clock.advance(3 * HOUR_MS);
    await send();
    await list('2026-05-28', 4);
    await list('2026-06-01', 2);
    await clock.advance(3 * DAY_MS);
    await send();
    await post();
    expect(shown()).toHaveLength(6);
    expect(new Set(shown()).size).toBe(6);
  });

  it('tells each change of a saved paper once, and none from before', async () => {
    const { set, load, save, send, post, clock, messages } = await open();
    const v1 = { id: '2605.00001', version: 1, title: 'Routing Tokens' };
    await load(v1);
    await save(v1.id);
    await load({ ...v1, version: 2, title: 'Routing Tokens Twice' });
    await set({ leaveOut: 'team' });
    await clock.advance(3 * HOUR_MS);
    expect(await send()).toBe(0);
    await load({ ...v1, version: 3, title: 'Routing Tokens Thrice' });
    await clock.advance(3 * DAY_MS);
    expect(await send()).toBe(1);
    await clock.advance(DAY_MS);
    expect(await send()).toBe(0);
    await post();
    expect(messages()).toHaveLength(1);
    expect(messages()[0]).toMatch(/Changes of papers that you saved\n1\. Routing Tokens Thrice\n.*\nv3/);
    expect(messages()[0]).not.toContain('v2');
  });

  it('counts what the team saved since the last digest, without names', async () => {
    const { set, load, save, send, post, clock, messages } = await open();
    await load({ id: '2605.00001' });
    await set();
    await clock.advance(HOUR_MS);
    await save('2605.00001', ALAN);
    await clock.advance(2 * HOUR_MS);
    expect(await send()).toBe(1);
    await clock.advance(3 * DAY_MS);
    expect(await send()).toBe(0);
    await post();
    expect(messages()).toHaveLength(1);
    expect(messages()[0]).toContain('Your team saved 1 paper since 29 May 2026.');
    expect(messages()[0]).not.toContain('alan');
  });

  it('without news is not sent, and the next one comes at its time', async () => {
    const { set, list, send, clock } = await open();
    const { nextAt } = await set();
    expect(nextAt?.toISOString()).toBe('2026-05-29T09:00:00.000Z');
    await clock.advance(3 * HOUR_MS);
    expect(await send()).toBe(0);
    await list('2026-05-29', 1);
    await clock.advance(HOUR_MS);
    expect(await send()).toBe(0);
    await clock.advance(3 * DAY_MS);
    expect(await send()).toBe(1);
  });

  it('is one after several slots in which the bot was down', async () => {
    const { set, list, send, clock, inboxes } = await open();
    await set();
    await list('2026-05-29', 3);
    await list('2026-06-02', 3);
    await clock.advance(5 * DAY_MS);
    expect(await send()).toBe(1);
    expect(await send()).toBe(0);
    expect((await inboxes.of(ADA))?.nextAt?.toISOString()).toBe('2026-06-03T09:00:00.000Z');
  });

  it.each([
    [
      'on a Monday has the week before',
      '2026-06-01T06:00:00Z',
      {},
      ['2026-05-25', '2026-05-31'],
      '2026-06-01',
    ],
    ['on a Friday has the present week', FRIDAY, { weekday: 5 }, ['2026-05-25', '2026-05-28'], '2026-05-22'],
  ] as const)('for a week %s', async (_, start, change, inside, outside) => {
    const { set, list, send, post, clock, shown, messages } = await open(start);
    await set({ pace: 'weekly', ...change });
    for (const day of [...inside, outside]) await list(day, 1);
    await clock.advance(3 * HOUR_MS);
    expect(await send()).toBe(1);
    await post();
    const idsOf = (day: string) => papersOf(day, 1).map(({ id }) => id);
    expect(shown().toSorted()).toEqual(inside.flatMap(idsOf).toSorted());
    expect(messages()[0]).toContain('Trending papers · week of 25 May 2026');
  });

  it('reads the list of a team once, however many teams there are', async () => {
    const { set, list, send, clock, connection } = await open();
    const teams = 60;
    for (let at = 0; at < 2 * teams; at++)
      await set({}, { ...ADA, person: `p${at}`, team: `fake:t${at % teams}` });
    await list('2026-05-29', 3);
    await clock.advance(3 * HOUR_MS);
    const trending = openTrendingService(connection, clock);
    const read: string[] = [];
    const counting: TrendingService = {
      list(query) {
        read.push(JSON.stringify(query));
        return trending.list(query);
      },
    };
    expect(await send(counting)).toBe(2 * teams);
    expect(new Set(read).size).toBe(teams);
    expect(read).toHaveLength(teams);
  });

  it('that was stopped, or belongs to a forgotten person or workspace, is not sent', async () => {
    const { set, list, send, clock, inboxes, connection } = await open();
    const people = ['ada', 'alan', 'grace'].map((person) => ({ ...ADA, person }));
    const [ada = ADA, alan = ADA] = people;
    const elsewhere = { ...ADA, workspace: 'gone' };
    for (const person of [...people, elsewhere]) await set({}, person);
    await list('2026-05-29', 1);
    await inboxes.stop(ada);
    await openPersonalData(connection).forget(alan, clock.now().toISOString());
    await openWorkspaceStore(connection).forget('fake', 'gone', clock.now().getTime());
    await clock.advance(3 * HOUR_MS);
    expect(await send()).toBe(1);
    expect(connection.prepare('SELECT person FROM recipients').pluck().all()).toEqual(['grace']);
  });

  it('that changed while it was composed is not sent at the old time', async () => {
    const { set, list, clock, inboxes } = await open();
    await set();
    await list('2026-05-29', 1);
    await clock.advance(3 * HOUR_MS);
    const due = await inboxes.due(clock.now());
    await set({ time: '18:00' });
    const message = { title: 'Your digest', card: { tone: 'plain', blocks: [] } } as const;
    const digest = { message, papers: [], changesSeen: 0 };
    expect(due && (await inboxes.put(due, digest, clock.now()))).toBe(false);
    expect((await inboxes.of(ADA))?.nextAt?.toISOString()).toBe('2026-05-29T18:00:00.000Z');
  });
});

describe('a digest that fails', () => {
  it('leaves no trace, does not hold up other people, and is sent later', async () => {
    const { set, list, send, clock, connection } = await open();
    await set();
    await set({}, ALAN);
    await list('2026-05-29', 2);
    await clock.advance(3 * HOUR_MS);
    const rowsOf = (table: string) => connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    const isForAda = `NEW.channel = (SELECT '@' || id FROM recipients WHERE person = 'ada')`;
    const mend = breakInserts(connection, 'deliveries', isForAda, 'disk trouble');
    expect(await send()).toBe(1);
    expect(rowsOf('deliveries')).toBe(1);
    expect(rowsOf('inbox_papers')).toBe(2);
    mend();
    expect(await send()).toBe(1);
    expect(rowsOf('deliveries')).toBe(2);
    expect(rowsOf('inbox_papers')).toBe(4);
  });

  it.each([true, false])(
    'at any call, whether it reaches the store (%s) or not, is sent once',
    async (reaches) => {
      const { set, list, load, save, clock, connection, post, messages, shown } = await open();
      await load({ id: '2605.00001', version: 1, title: 'Routing Tokens' });
      await save('2605.00001');
      const people = Array.from({ length: 12 }, (_, at) => ({ ...ADA, person: `p${at}` }));
      for (const person of [ADA, ...people]) await set({}, person);
      await load({ id: '2605.00001', version: 2, title: 'Routing Tokens Twice' });
      await list('2026-05-29', 3);
      await clock.advance(3 * HOUR_MS);
      let crashes = 0;
      for (let diesAt = 1; ; diesAt = (diesAt % 9) + 1) {
        const life = lifetime(diesAt, reaches);
        const sending = openSender(connection, clock, life).send(new AbortController().signal);
        const ended = new Promise<'dead'>((resolve) => {
          const look = () => (life.dead ? resolve('dead') : setImmediate(look));
          look();
        });
        if ((await Promise.race([sending, ended])) !== 'dead') break;
        crashes += 1;
      }
      expect(crashes).toBeGreaterThan(10);
      await post();
      const sent = messages().map((message) => message.slice(0, message.indexOf(':')));
      expect(sent.toSorted()).toEqual([ADA, ...people].map(({ person }) => `@${person}`).toSorted());
      expect(shown()).toHaveLength(13 * 3 + 1);
    },
  );
});
