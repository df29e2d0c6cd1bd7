import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../src/chat/plain.ts';
import { openDigestComposer } from '../../../src/delivery/digests/composer.ts';
import { openListRanking } from '../../../src/delivery/digests/list-ranking.ts';
import { openListReader } from '../../../src/delivery/digests/list-reader.ts';
import { openPostedStore } from '../../../src/delivery/ledger/posted-store.ts';
import { extraSlot, slotOf } from '../../../src/delivery/planning/slots.ts';
import type { Feed } from '../../../src/feeds/feed.ts';
import { openFeedStore } from '../../../src/feeds/feed-store.ts';
import { openLearnedLists } from '../../../src/learning/learned-lists-store.ts';
import { openLibrary } from '../../../src/library/library-store.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import type { FreshDay } from '../../../src/sources/fresh-day.ts';
import { openSummaryService } from '../../../src/summary/summary-service.ts';
import { openTrendingService } from '../../../src/trending/trending-store.ts';
import { openTestDatabase } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { LAB, sampleFeed } from '../../support/feeds.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';

const FRIDAY = '2026-05-29';
const FRESH = async (): Promise<FreshDay> => ({ fresh: true });
const feed = sampleFeed();

/** It is nine in the morning in Berlin, on Friday unless `now` says otherwise. */
async function open(records: readonly PaperRecord[], { now = `${FRIDAY}T07:00:00Z`, refresh = FRESH } = {}) {
  const connection = await openTestDatabase();
  const clock = fakeClock(now);
  const papers = openPaperStore(connection);
  await papers.importBatch(records, { source: 'hugging-face', at: `${FRIDAY}T06:00:00Z` });
  const trending = openTrendingService(connection, clock);
  const posted = openPostedStore(connection);
  const library = openLibrary(connection);
  const asked: string[] = [];
  const lists = openListReader({
    trending,
    clock,
    teamOf: () => ({ team: 'lab' }),
    refresh: (day) => {
      asked.push(day);
      return refresh();
    },
  });
  const learning = openLearnedLists(connection);
  const hidden = new Set<string>();
  const digestSource = openDigestComposer({
    lists,
    ranking: openListRanking(learning),
    posted,
    channels: { visibleTo: async (_, channels) => channels.filter(({ channel }) => !hidden.has(channel)) },
    summary: openSummaryService(),
    saveEmojiOf: () => '🔖',
  });

  async function ready(of: Feed = feed, slot = slotOf(of, FRIDAY, false), lastChance = false) {
    const composed = await digestSource.compose(of, slot, clock.now(), lastChance);
    if (composed.kind !== 'ready') throw new Error(`${composed.kind}: ${composed.reason}`);
    return composed.digest;
  }
  const feeds = openFeedStore(connection);
  return { digestSource, ready, papers, posted, library, learning, feeds, clock, asked, hidden };
}

describe('the digest of a feed that learns', () => {
  const PROTEIN = 'A language model of proteins predicts how a protein folds, and designs protein sequences.';
  const saved = samplePaper({ id: '2605.00090', title: 'Proteins that fold', abstract: PROTEIN, votes: 3 });
  const unlisted = samplePaper({ id: '2605.00091', title: 'Folding proteins', abstract: PROTEIN, votes: 0 });

  async function openLearning() {
    const harness = await open([...listedPapers(FRIDAY, 3), saved, unlisted]);
    const { channel } = sampleFeed();
    const settings = sampleFeed({ rank: 'mixed', count: 2 }).settings;
    await harness.feeds.follow({ channel, settings, manager: 'grace', at: `${FRIDAY}T00:00:00Z` });
    const save = (person: string, at: string) =>
      harness.learning.record({ channel, person, kind: 'saved' }, saved.id ?? '', at);
    return { ...harness, save, learned: sampleFeed({ rank: 'mixed', count: 2 }) };
  }

  it('a paper without votes that is on no list can be chosen, with the reason and a button', async () => {
    const { ready, save, learned } = await openLearning();
    for (const person of ['ada', 'alan', 'grace']) await save(person, '2026-05-28T12:00:00.000Z');
    const digest = await ready(learned);
    expect(digest.title).toBe('Papers for this channel · Friday 29 May');
    expect(digest.posted).toContain('2605.00091');
    expect(toPlainText(digest.root)).toContain('because this channel saved “Proteins that fold”');
    const [entry] = digest.papers.find(({ paper }) => paper === '2605.00091')?.card.blocks ?? [];
    if (entry?.kind !== 'entry') throw new Error('no card');
    expect(entry.actions.map(({ label }) => label)).toContain('Less like this');
    expect(await ready(learned)).toEqual(digest);
  });

  it('a posted digest stays as it is when people save other papers later', async () => {
    const { digestSource, ready, save, learned, clock } = await openLearning();
    const { posted } = await ready(learned);
    for (const person of ['ada', 'alan', 'grace']) await save(person, `${FRIDAY}T11:00:00.000Z`);
    const again = await digestSource.recompose(learned, slotOf(learned, FRIDAY, false), posted, clock.now());
    expect(again?.late).toEqual([]);
  });

  it('rank:new has the newest papers first, on a list or not', async () => {
    const { ready } = await openLearning();
    const digest = await ready(sampleFeed({ rank: 'new', count: 5 }));
    expect(digest.posted.at(0)).toMatch(/^2605\.1000/);
    expect(digest.posted).toEqual(expect.arrayContaining(['2605.00090', '2605.00091']));
  });
});

describe('a digest', () => {
  it('a digest is a root with the list, and one message for each paper', async () => {
    const rising = samplePaper({
      appearances: [{ day: FRIDAY, rank: 1, votes: 128, comments: 7 }],
      snapshots: [
        { at: `${FRIDAY}T01:00:00Z`, votes: 87, comments: 2 },
        { at: `${FRIDAY}T06:00:00Z`, votes: 128, comments: 7 },
      ],
    });
    const { ready, asked } = await open([rising, ...listedPapers(FRIDAY, 2)]);
    const digest = await ready(sampleFeed({ count: 2 }));
    expect(asked).toEqual([FRIDAY]);
    expect(digest.title).toBe('Trending papers · Friday 29 May');
    expect(toPlainText(digest.root)).toBe(
      [
        'Trending papers · Friday 29 May',
        '1. Routing Tokens to Mixtures of Experts',
        'https://arxiv.org/abs/2605.00001',
        '▲ 128 (+41)',
        'We propose TokenRoute, a router that learns which experts a token needs.',
        '2. Mixture of Experts for robots, Part 1',
        'https://arxiv.org/abs/2605.10001',
        '▲ 20',
        'We introduce expert number 1, a mixture of experts that is trained for robots alone.',
        '3 papers on the list today · sentences extracted · react 1️⃣–2️⃣ or 🔖 in the thread to save · /papers why',
      ].join('\n'),
    );
    expect(digest.posted).toEqual(['2605.00001', '2605.10001']);
    expect(digest.papers.map(({ paper }) => paper)).toEqual(digest.posted);
    const [card] = digest.papers.map((each) => each.card);
    const [entry] = card?.blocks ?? [];
    if (card === undefined || entry?.kind !== 'entry') throw new Error('no card');
    expect(entry.actions.map(({ label }) => label)).toEqual(['Summary', 'Similar', 'Save', 'PDF', 'Code']);
    expect(toPlainText(card)).toContain('learns which experts a token needs. (extracted)');
  });

  it('a digest in a single message has no thread', async () => {
    const { ready } = await open(listedPapers(FRIDAY, 7));
    const digest = await ready(sampleFeed({ style: 'single' }));
    expect(digest.papers).toEqual([]);
    expect(digest.posted).toHaveLength(5);
    expect(toPlainText(digest.root)).toMatch(/react 1️⃣–5️⃣ to save/);
  });

  it('the title of a digest names its topic if that is short', async () => {
    const { ready } = await open(listedPapers(FRIDAY, 7));
    const title = async (include: string[]) => (await ready(sampleFeed({ include }))).title;
    expect(await title(['speech', 'cs.RO'])).toBe('Trending papers about “speech” or cs.RO · Friday 29 May');
    expect(await title(['speech', 'a subject that takes many words to say'])).toBe(
      'Trending papers · Friday 29 May',
    );
  });

  it('a digest with few matches says how many papers of the list match', async () => {
    const { ready } = await open(listedPapers(FRIDAY, 14));
    const digest = await ready(sampleFeed({ include: ['robots'] }));
    expect(digest.posted).toHaveLength(2);
    expect(toPlainText(digest.root)).toContain('2 of the 14 papers on the list today match · ');
  });

  it('a weekly or monthly digest is about the week or month that has ended', async () => {
    const { ready, asked } = await open(listedPapers('2026-05-28', 7), { now: '2026-06-01T07:00:00Z' });
    const of = async (period: 'week' | 'month') => {
      const each = sampleFeed({ period });
      return (await ready(each, slotOf(each, '2026-06-01', false))).title;
    };
    expect(await of('week')).toBe('Trending papers · week of 25 May 2026');
    expect(await of('month')).toBe('Trending papers · May 2026');
    expect(asked).toEqual(['2026-05-31', '2026-05-31']);
  });
});

describe('a paper', () => {
  it('a channel never gets a paper twice, even from different feeds', async () => {
    const { ready, posted } = await open(listedPapers(FRIDAY, 12));
    const first = await ready();
    await posted.record(feed, slotOf(feed, FRIDAY, false), first.posted);
    const other = sampleFeed({}, { id: 'b' });
    const second = await ready(other);
    await posted.record(other, slotOf(other, FRIDAY, false), second.posted);
    expect(second.posted).toHaveLength(5);
    expect(second.posted.filter((id) => first.posted.includes(id))).toEqual([]);
    const asked = await ready(feed, { ...extraSlot(feed, new Date(`${FRIDAY}T07:00:00Z`)) });
    expect(asked.posted).toEqual(['2605.10011', '2605.10012']);
  });

  it('a paper stays in a digest that is composed again after a crash', async () => {
    const { ready, posted } = await open(listedPapers(FRIDAY, 12));
    const first = await ready();
    await posted.record(feed, slotOf(feed, FRIDAY, false), first.posted);
    expect(await ready()).toEqual(first);
  });

  it('a paper from a list of a longer period is posted again, and marked as such', async () => {
    const { ready, posted } = await open(listedPapers('2026-05-28', 7), { now: '2026-06-01T07:00:00Z' });
    await posted.record(feed, slotOf(feed, '2026-05-28', false), ['2605.10001']);
    const weekly = sampleFeed({ period: 'week', count: 1 }, { id: 'b' });
    const { root, papers } = await ready(weekly, slotOf(weekly, '2026-06-01', false));
    expect(toPlainText(root)).toContain('▲ 70 · again, now on the week’s list');
    expect(toPlainText(papers[0]?.card ?? root)).toContain(
      'again, now on the week’s list; here before on 28 May 2026',
    );
  });

  it('a paper that other channels had names them, and how many people saved it', async () => {
    const { ready, posted, library, hidden } = await open(listedPapers(FRIDAY, 5));
    for (const person of ['ada', 'alan']) {
      const key = { platform: 'terminal', workspace: 'local', person, team: 'lab' };
      await library.save(key, '2605.10001', `${FRIDAY}T06:30:00Z`);
    }
    const elsewhere = sampleFeed({}, { channel: { ...LAB, channel: 'C7' } });
    await posted.record(elsewhere, slotOf(elsewhere, '2026-05-28', false), ['2605.10001', '2605.10002']);
    const { papers } = await ready();
    const remarks = papers.flatMap(({ card }) =>
      card.blocks.flatMap((block) => (block.kind === 'entry' ? [block.meta.at(-1)] : [])),
    );
    const channel = { kind: 'channel', channel: 'C7', text: 'another channel' };
    expect(remarks[0]).toEqual(['in ', channel, ', 2 saves']);
    expect(remarks[1]).toEqual(['in ', channel, '']);
    expect(toPlainText(papers[0]?.card ?? { tone: 'plain', blocks: [] })).toContain(
      'in another channel, 2 saves',
    );
    hidden.add('C7');
    expect(JSON.stringify((await ready()).papers)).not.toContain('C7');
  });
});

describe('a list', () => {
  it('a short list is waited for, and posted as it is at the last chance', async () => {
    const { digestSource, ready, clock } = await open(listedPapers(FRIDAY, 2));
    const slot = slotOf(feed, FRIDAY, false);
    expect(await digestSource.compose(feed, slot, clock.now(), false)).toEqual({
      kind: 'wait',
      reason: 'the list has only 2 papers, and this feed posts 5',
    });
    expect((await ready(feed, slot, true)).posted).toHaveLength(2);
  });

  it('a growing list is posted as soon as it is long enough', async () => {
    const { digestSource, ready, papers, clock } = await open(listedPapers(FRIDAY, 2));
    await digestSource.compose(feed, slotOf(feed, FRIDAY, false), clock.now(), false);
    await papers.importBatch(listedPapers(FRIDAY, 9), { source: 'hugging-face', at: `${FRIDAY}T08:00:00Z` });
    await clock.advance(3 * 60_000);
    expect((await ready()).posted).toHaveLength(5);
  });

  it('without a list on a weekend, a feed neither waits nor posts', async () => {
    const { digestSource, clock } = await open(listedPapers(FRIDAY, 9), { now: '2026-05-30T07:00:00Z' });
    const daily = sampleFeed({ days: [1, 2, 3, 4, 5, 6, 7] });
    expect(await digestSource.compose(daily, slotOf(daily, '2026-05-30', false), clock.now(), false)).toEqual(
      {
        kind: 'skip',
        reason: 'there is no list for that day',
      },
    );
  });

  it('without a list on a holiday, a feed waits and then skips the day', async () => {
    const { digestSource, clock } = await open(listedPapers('2026-05-28', 9));
    const slot = slotOf(feed, FRIDAY, false);
    expect(await digestSource.compose(feed, slot, clock.now(), false)).toMatchObject({ kind: 'wait' });
    expect(await digestSource.compose(feed, slot, clock.now(), true)).toMatchObject({ kind: 'skip' });
  });

  it('a channel whose slot is still yesterday in UTC gets the list for the day before, also on a Monday', async () => {
    const { ready } = await open(listedPapers(FRIDAY, 9), { now: '2026-05-31T21:00:00Z' });
    const auckland = sampleFeed({ zone: 'Pacific/Auckland' });
    const { root, title } = await ready(auckland, slotOf(auckland, '2026-06-01', false));
    expect(title).toBe('Trending papers · Monday 1 June');
    expect(toPlainText(root)).toContain('9 papers on the list for Friday 29 May · ');
  });
});

describe('when the source does not respond', () => {
  const refresh = async () => ({ fresh: false, answeredAt: `${FRIDAY}T07:12:00.000Z` });

  it('a digest during an outage has stored papers, and says how old they are', async () => {
    const now = `${FRIDAY}T08:00:00Z`;
    const { ready } = await open(listedPapers('2026-05-28', 9), { now, refresh });
    expect(toPlainText((await ready()).root)).toMatch(
      /\nHugging Face has not responded since 09:12; this list is from yesterday · 9 papers on the list for Thursday 28 May · /,
    );
    const today = await open(listedPapers(FRIDAY, 9), { now, refresh });
    expect(toPlainText((await today.ready()).root)).toMatch(
      /\nHugging Face has not responded since 09:12 · 9 papers on the list today · /,
    );
  });

  it('a feed that waits during an outage skips the day in the end', async () => {
    const { digestSource, clock } = await open(listedPapers(FRIDAY, 9), { refresh });
    const patient = sampleFeed({ outage: 'wait' });
    const slot = slotOf(patient, FRIDAY, false);
    const reason = 'Hugging Face does not respond';
    expect(await digestSource.compose(patient, slot, clock.now(), false)).toEqual({
      kind: 'wait',
      reason,
      outage: true,
    });
    expect(await digestSource.compose(patient, slot, clock.now(), true)).toEqual({ kind: 'skip', reason });
  });

  it('a stored list that is older than a week is not posted', async () => {
    const { digestSource, clock } = await open(listedPapers('2026-05-20', 9), { refresh });
    const slot = slotOf(feed, FRIDAY, false);
    expect(await digestSource.compose(feed, slot, clock.now(), true)).toMatchObject({ kind: 'skip' });
  });
});

describe('a posted digest', () => {
  it('a posted digest can be composed again with current votes and late additions, without a request to the source', async () => {
    const { digestSource, ready, papers, posted, clock, asked } = await open(listedPapers(FRIDAY, 7));
    const slot = slotOf(feed, FRIDAY, false);
    const first = await ready();
    await posted.record(feed, slot, first.posted);
    const late = samplePaper({
      appearances: [{ day: FRIDAY, rank: 8, votes: 300, comments: 7 }],
      votes: 300,
    });
    const grown = listedPapers(FRIDAY, 7).map((record) => ({ ...record, votes: (record.votes ?? 0) + 5 }));
    await papers.importBatch([...grown, late], { source: 'hugging-face', at: `${FRIDAY}T12:00:00Z` });
    await clock.advance(5 * 3_600_000);
    const again = await digestSource.recompose(feed, slot, first.posted, clock.now());
    expect(toPlainText(again?.root ?? first.root)).toContain('▲ 75');
    expect(again?.late.map(({ paper }) => paper)).toEqual(['2605.00001']);
    await posted.record(feed, slot, ['2605.00001']);
    expect((await digestSource.recompose(feed, slot, first.posted, clock.now()))?.late).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('a posted digest does not change when its papers are gone from the list', async () => {
    const { digestSource, clock } = await open(listedPapers(FRIDAY, 7));
    const slot = slotOf(feed, FRIDAY, false);
    expect(await digestSource.recompose(feed, slot, ['2605.10001', 'gone'], clock.now())).toBeUndefined();
  });
});
