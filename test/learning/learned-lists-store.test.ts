import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { sentence } from '../../src/chat/card.ts';
import type { MessageRef } from '../../src/chat/refs.ts';
import { openFeedStore } from '../../src/feeds/feed-store.ts';
import { defaultSettings } from '../../src/feeds/options/feed-options.ts';
import type { ActKind } from '../../src/learning/learned-lists.ts';
import { openLearnedLists } from '../../src/learning/learned-lists-store.ts';
import { openMessageHandlers } from '../../src/messages/message-handlers.ts';
import { openMessageStore } from '../../src/messages/message-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openPersonalData } from '../../src/privacy/personal-data-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { samplePaper } from '../support/papers.ts';

const CHANNEL = { platform: 'discord', workspace: 'guild', channel: 'papers' };
const NOW = '2026-05-29T12:00:00.000Z';
const LATER = '2026-06-30T12:00:00.000Z';
const ADA = { platform: 'discord', workspace: 'discord', person: 'ada', team: 'lab' };

const SUBJECTS = {
  robot: 'A robot arm learns grasping and manipulation of objects from demonstrations by people.',
  protein: 'A language model of proteins predicts how a protein folds, and designs new protein sequences.',
  speech: 'Speech recognition in noise with an encoder of speech that hears spoken dialogue.',
};

function paper(id: string, subject: keyof typeof SUBJECTS, votes = 0) {
  return samplePaper({ id, title: `On ${subject} ${id.slice(-2)}`, abstract: SUBJECTS[subject], votes });
}

async function opened() {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  const records = [
    paper('2605.00001', 'robot', 9),
    paper('2605.00002', 'protein', 5),
    paper('2605.00003', 'speech', 7),
    paper('2605.00011', 'robot', 90),
    paper('2605.00012', 'speech', 80),
    paper('2605.00013', 'protein'),
  ];
  await papers.importBatch(records, { source: 'hugging-face', at: '2026-05-29T08:00:00Z' });
  const feeds = openFeedStore(connection);
  const settings = defaultSettings('UTC');
  const feed = await feeds.follow({ channel: CHANNEL, settings, manager: 'grace', at: NOW });
  const learning = openLearnedLists(connection);
  const messages = openMessageStore(connection);
  const handlers = openMessageHandlers({
    messages,
    saveEmoji: ['🔖'],
    run: async (_, { name }) => ({ card: sentence(name), visibility: 'public', ok: true }),
    refine: async () => undefined,
    markSeen: async () => true,
    clock: fakeClock(NOW),
    log: silentLog,
  });
  const act = (kind: ActKind, id: string, person = 'ada', at = NOW) =>
    learning.record({ channel: CHANNEL, person, kind }, id, at);
  const order = async (more: { asOf?: string; rank?: 'likeness' | 'mixed'; start?: string[] } = {}) =>
    learning.order({
      channel: CHANNEL,
      papers: ['2605.00011', '2605.00012', '2605.00013'],
      start: [],
      asOf: LATER,
      rank: 'mixed',
      voted: 2,
      ...more,
    });
  const view = () => learning.view({ channel: CHANNEL, start: [], asOf: LATER });
  const counts = async () => {
    const { linked: _, ...acts } = (await view()).papers;
    return acts;
  };
  return { connection, papers, feeds, feed, learning, messages, handlers, act, order, view, counts };
}

const idsOf = (list: ReadonlyArray<{ readonly paper: string }>) => list.map(({ paper: id }) => id);

describe('the list of a channel', () => {
  it('without anything learned, papers are in the order of votes', async () => {
    const { order } = await opened();
    expect(idsOf(await order())).toEqual(['2605.00011', '2605.00012', '2605.00013']);
  });

  it('a paper like a saved one comes first even if nobody voted for it', async () => {
    const { act, order, learning } = await opened();
    await act('saved', '2605.00002');
    await act('saved', '2605.00002', 'alan');
    expect(idsOf(await order())[0]).toBe('2605.00013');
    expect(idsOf(await order({ rank: 'likeness' }))[0]).toBe('2605.00013');
    const query = { channel: CHANNEL, papers: ['2605.00013', '2605.00011'], start: [], asOf: LATER };
    expect(await learning.reasons(query)).toEqual([
      { paper: '2605.00013', reason: { kind: 'saved', title: 'On protein 02' } },
      { paper: '2605.00011', reason: { kind: 'different' } },
    ]);
  });

  it('acts after the slot do not count, so that a list is the same when it is made again', async () => {
    const { act, order } = await opened();
    await act('saved', '2605.00002');
    const asOf = '2026-05-29T12:30:00.000Z';
    const before = await order({ asOf, rank: 'likeness' });
    for (const person of ['alan', 'grace', 'edsger'])
      await act('saved', '2605.00003', person, '2026-05-29T13:00:00.000Z');
    expect(await order({ asOf, rank: 'likeness' })).toEqual(before);
    expect(idsOf(before)[0]).toBe('2605.00013');
    expect(idsOf(await order({ rank: 'likeness' }))[0]).toBe('2605.00012');
  });

  it('what people dismiss counts against papers like it', async () => {
    const { act, order } = await opened();
    await act('saved', '2605.00002');
    await act('saved', '2605.00003');
    const places = async () => idsOf(await order({ rank: 'likeness' })).indexOf('2605.00012');
    expect(await places()).toBeLessThan(2);
    for (const person of ['alan', 'grace', 'edsger']) await act('dismissed', '2605.00003', person);
    expect(await places()).toBeGreaterThan(0);
  });

  it('a channel starts from what its feed includes and from its name', async () => {
    const { order, learning, view } = await opened();
    expect(idsOf(await order({ rank: 'likeness', start: ['protein'] }))[0]).toBe('2605.00013');
    await learning.begin(CHANNEL, { name: 'speech' }, NOW);
    expect(idsOf(await order({ rank: 'likeness' }))[0]).toBe('2605.00012');
    expect((await view()).start).toEqual([{ name: 'speech', from: 'name' }]);
  });

  it('a channel starts from its topic, and says so of a paper until its people act', async () => {
    const { order, learning, act } = await opened();
    await learning.begin(CHANNEL, { name: 'papers', topic: 'protein sequences' }, NOW);
    expect(idsOf(await order({ rank: 'likeness' }))[0]).toBe('2605.00013');
    const query = { channel: CHANNEL, papers: ['2605.00013'], start: [], asOf: LATER };
    const reason = async () => (await learning.reasons(query))[0]?.reason;
    expect(await reason()).toEqual({ kind: 'start', name: 'protein sequences', from: 'topic' });
    await act('saved', '2605.00002');
    expect(await reason()).toEqual({ kind: 'saved', title: 'On protein 02' });
  });

  it('a channel that begins again starts from its new topic only', async () => {
    const { learning, view } = await opened();
    await learning.begin(CHANNEL, { name: 'papers', topic: 'robots' }, NOW);
    await learning.begin(CHANNEL, { name: 'papers', topic: 'proteins' }, NOW);
    expect((await view()).start).toEqual([{ name: 'proteins', from: 'topic' }]);
  });

  it('two saves outweigh everything that a channel started from', async () => {
    const { order, learning, act } = await opened();
    const topic = 'robot, grasping, manipulation, objects, demonstrations';
    expect(await learning.begin(CHANNEL, { name: 'papers', topic }, NOW)).toHaveLength(5);
    await learning.link(CHANNEL, '2605.00001', NOW);
    const first = async () => idsOf(await order({ rank: 'likeness' }))[0];
    expect(await first()).toBe('2605.00011');
    await act('saved', '2605.00003');
    await act('saved', '2605.00012');
    expect(await first()).toBe('2605.00012');
  });

  it('papers that were linked before count, once each, and never as an act of a person', async () => {
    const { order, learning, view } = await opened();
    expect(await learning.link(CHANNEL, '2605.00002', NOW)).toBe(true);
    expect(await learning.link(CHANNEL, '2605.00002', LATER)).toBe(false);
    expect((await view()).papers).toEqual({ saved: 0, discussed: 0, dismissed: 0, linked: 1 });
    expect(idsOf(await order({ rank: 'likeness' }))[0]).toBe('2605.00013');
    const query = { channel: CHANNEL, papers: ['2605.00013'], start: [], asOf: LATER };
    expect(await learning.reasons(query)).toEqual([
      { paper: '2605.00013', reason: { kind: 'linked', title: 'On protein 02' } },
    ]);
  });

  it('many linked papers do not outweigh a few acts', async () => {
    const { order, learning, act, papers } = await opened();
    const many = Array.from({ length: 90 }, (_, at) => `2604.${10_000 + at}`);
    await papers.importBatch(
      many.map((id) => paper(id, 'robot')),
      { source: 'arxiv', at: NOW },
    );
    for (const id of many) await learning.link(CHANNEL, id, NOW);
    const first = async () => idsOf(await order({ rank: 'likeness' }))[0];
    expect(await first()).toBe('2605.00011');
    await act('saved', '2605.00003');
    await act('discussed', '2605.00012');
    expect(await first()).toBe('2605.00012');
  });

  it('posts that nobody touched do not count against what a channel started from', async () => {
    const { order, learning, connection } = await opened();
    await learning.link(CHANNEL, '2605.00002', '2026-05-01T00:00:00.000Z');
    connection.exec(
      `INSERT INTO posted_papers (platform, workspace, channel, feed, period, day, extra, paper)
       SELECT 'discord', 'guild', 'papers', 'a', 'day', '2026-05-20', 0, pk FROM papers WHERE id LIKE '2605.0001%'`,
    );
    expect(idsOf(await order({ rank: 'likeness' }))[0]).toBe('2605.00013');
  });

  it('a manager’s word replaces the name that the channel started from', async () => {
    const { learning, view } = await opened();
    await learning.rule(CHANNEL, 'Speech', 'banned', NOW);
    await learning.begin(CHANNEL, { name: 'speech' }, NOW);
    const { start, banned } = await view();
    expect([start, banned]).toEqual([[], ['Speech']]);
  });

  it('a subject without words is refused', async () => {
    const { learning } = await opened();
    await expect(learning.rule(CHANNEL, '🎉 the', 'pinned', NOW)).rejects.toThrow('has no word');
  });
});

describe('acts in a channel', () => {
  const inThread: MessageRef = { platform: 'discord', workspace: 'guild', channel: 'thread', message: 'm1' };

  /** The message of one paper, in the thread of a list. */
  async function withThread() {
    const harness = await opened();
    harness.connection
      .prepare(
        `INSERT INTO deliveries (platform, workspace, channel, feed, day, kind, key, state, due, expected, ready, thread)
         VALUES ('discord', 'guild', 'papers', 'a', '2026-05-29', 'root', 'k', 'done', 1, 1, 0, 'thread')`,
      )
      .run();
    await harness.handlers.shown(inThread, [{ paper: '2605.00002' }]);
    const react = (emoji: string, added = true, person = 'ada', message = inThread) =>
      harness.handlers.reacted({ message, caller: { ...ADA, person }, emoji, added });
    return { ...harness, react };
  }

  it('saves, opinions and dismissals by reaction in a thread count for its channel, once a person', async () => {
    const { react, counts, connection } = await withThread();
    await react('🔖');
    await react('👍');
    await react('👎', true, 'alan');
    await react('👎', true, 'alan');
    await react('👎🏽', true, 'alan');
    expect(await counts()).toEqual({ saved: 1, discussed: 1, dismissed: 1 });
    const people = connection.prepare(`SELECT count(DISTINCT person) FROM channel_acts`).pluck().get();
    expect(people).toBe(2);
  });

  it('removing a reaction takes the act back, and unknown emoji mean nothing', async () => {
    const { react, counts } = await withThread();
    for (const emoji of ['🔖', '👍', '👎', '🦆']) await react(emoji);
    for (const emoji of ['🔖', '👍', '👎', '🦆']) await react(emoji, false);
    expect(await counts()).toEqual({ saved: 0, discussed: 0, dismissed: 0 });
  });

  it('opinions on a list of several papers mean nothing', async () => {
    const { react, handlers, counts } = await withThread();
    const list = { ...inThread, channel: 'papers', message: 'list' };
    await handlers.shown(list, [
      { paper: '2605.00002', number: 1 },
      { paper: '2605.00003', number: 2 },
    ]);
    await react('👎', true, 'ada', list);
    expect(await counts()).toEqual({ saved: 0, discussed: 0, dismissed: 0 });
  });

  it('reactions that were removed during downtime are known, so that they can be taken back', async () => {
    const { react, messages, handlers } = await withThread();
    await react('👎');
    const [known] = await messages.recent('discord', '2026-05-01T00:00:00.000Z', 10);
    expect(known?.known).toEqual([{ person: 'ada', emoji: '👎' }]);
    await handlers.cleared(inThread, '👎');
    expect((await messages.recent('discord', '2026-05-01T00:00:00.000Z', 10))[0]?.known).toEqual([]);
  });

  it('a question about a paper in its thread is a discussion', async () => {
    const { handlers, counts } = await withThread();
    const mention = { caller: ADA, about: [inThread] };
    await handlers.mentioned({ ...mention, question: 'which data did they use?' });
    expect((await counts()).discussed).toBe(1);
    const why = await handlers.mentioned({ ...mention, question: 'why is this here?' });
    expect(why?.card).toEqual(sentence('why'));
  });

  it('acts on the latest papers are kept, and older ones deleted, without a change of the list', async () => {
    const { act, order, learning, papers, connection, view } = await opened();
    const many = Array.from({ length: 310 }, (_, at) => `2604.${10_000 + at}`);
    await papers.importBatch(
      many.map((id) => paper(id, 'speech')),
      { source: 'arxiv', at: NOW },
    );
    for (const [at, id] of many.entries()) {
      const day = new Date(Date.UTC(2026, 4, 29) - at * 86_400_000);
      await act('saved', id, 'ada', day.toISOString());
    }
    await learning.link(CHANNEL, '2605.00001', NOW);
    const [listed, seen] = [await order(), await view()];
    const left = () => connection.prepare('SELECT count(*) FROM channel_acts').pluck().get();
    expect(left()).toBe(311);
    expect(await learning.forgetSpent(undefined, NOW)).toBeUndefined();
    expect(left()).toBe(300);
    expect(await order()).toEqual(listed);
    expect(await view()).toEqual(seen);
  });

  it('old acts in a channel whose feed ended are deleted, and recent ones kept for a feed that comes back', async () => {
    const { act, learning, feeds, feed, connection } = await opened();
    await act('saved', '2605.00001', 'ada', '2026-01-01T00:00:00.000Z');
    await act('saved', '2605.00002');
    await learning.forgetSpent(undefined, '2026-05-01T00:00:00.000Z');
    const left = () => connection.prepare('SELECT count(*) FROM channel_acts').pluck().get();
    expect(left()).toBe(2);
    await feeds.unfollow(feed);
    await learning.forgetSpent(undefined, '2026-05-01T00:00:00.000Z');
    expect(left()).toBe(1);
  });

  it('each channel is looked through once, in calls of some channels', async () => {
    const { act, learning, feeds, papers } = await opened();
    await papers.importBatch([paper('2605.00099', 'robot')], { source: 'arxiv', at: NOW });
    const settings = defaultSettings('UTC');
    for (let at = 0; at < 45; at++) {
      const channel = { ...CHANNEL, channel: `c${10 + at}` };
      await feeds.follow({ channel, settings, manager: 'grace', at: NOW });
      await learning.record({ channel, person: 'ada', kind: 'saved' }, '2605.00001', NOW);
    }
    await act('saved', '2605.00001');
    const returned: string[] = [];
    for (let last = await learning.forgetSpent(undefined, NOW); last; ) {
      returned.push(last.channel);
      last = await learning.forgetSpent(last, NOW);
    }
    expect(returned).toEqual(['c29', 'c49']);
  });

  it('nothing is recorded in a channel without a feed', async () => {
    const { learning, connection } = await opened();
    const channel = { ...CHANNEL, channel: 'elsewhere' };
    expect(await learning.record({ channel, person: 'ada', kind: 'saved' }, '2605.00001', NOW)).toBe(false);
    expect(connection.prepare('SELECT count(*) FROM channel_acts').pluck().get()).toBe(0);
  });

  it('a person who asks to be forgotten leaves nothing that a channel learned from them', async () => {
    const { act, connection, counts } = await opened();
    await act('saved', '2605.00002');
    await act('dismissed', '2605.00003');
    await act('saved', '2605.00002', 'alan');
    await openPersonalData(connection).forget(ADA, NOW);
    expect(await counts()).toEqual({ saved: 1, discussed: 0, dismissed: 0 });
  });

  it('a channel that begins anew counts nothing from before', async () => {
    const { act, learning, counts, order } = await opened();
    await act('saved', '2605.00002');
    await learning.rule(CHANNEL, 'speech', 'banned', NOW);
    await learning.reset(CHANNEL, '2026-05-29T13:00:00.000Z');
    expect(await counts()).toEqual({ saved: 0, discussed: 0, dismissed: 0 });
    expect(idsOf(await order())).toEqual(['2605.00011', '2605.00012', '2605.00013']);
  });
});
