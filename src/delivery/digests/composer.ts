/** Makes the editions of a feed: which list, which papers of it, whether now, and how it looks. */

import type { Feed, Slot } from '../../feeds/feed.ts';
import type { SummaryService } from '../../summary/summary.ts';
import type { Composed, Composer, Edition, Recomposed } from '../ledger/digest.ts';
import type { PostedPaper, PostedStore } from '../ledger/posted-store.ts';
import { rootCard, type ThreadPaper, threadCard, threadTitle } from './digest-card.ts';
import type { ListReader, ReadList } from './list-reader.ts';
import { readinessOf } from './readiness.ts';
import { chosenOf, type EarlierPost, type Judged, judge } from './selection.ts';

/** A list with a verdict on each of its papers. */
export interface JudgedList {
  readonly read: ReadList;
  readonly judged: readonly Judged[];
  /** By paper: when the channel had it, in other editions than the one that is being made. */
  readonly earlier: ReadonlyMap<string, readonly EarlierPost[]>;
}

export interface Draft {
  readonly composed: Composed;
  /** What it was made from. */
  readonly list: JudgedList;
}

export interface Editions extends Composer {
  /** What `compose` does, with the list that it looked at. */
  draft(feed: Feed, slot: Slot, now: Date, lastChance: boolean): Promise<Draft>;
  /** What a feed makes of its list in a slot; nothing of that very edition counts as posted before. */
  judge(feed: Feed, slot: Slot, options?: JudgeOptions): Promise<JudgedList>;
  /** The edition of the papers that were chosen. */
  edition(feed: Feed, slot: Slot, list: JudgedList, now: Date): Promise<Edition>;
  /**
   * The source is not asked.
   * @param papers of the edition that was posted in this slot, in its order
   * @returns `undefined` when the list does not hold them all: the message then stays as it is
   */
  recompose(feed: Feed, slot: Slot, papers: readonly string[], now: Date): Promise<Recomposed | undefined>;
}

export interface JudgeOptions {
  /** Nothing is gained by waiting for papers. */
  readonly settle?: boolean;
  /** Look at the newest list that there is, whatever the slot. */
  readonly latest?: boolean;
  /** The source is not asked. */
  readonly stored?: boolean;
}

interface ComposerOptions {
  readonly lists: ListReader;
  readonly posted: Pick<PostedStore, 'before' | 'elsewhere'>;
  readonly summary: SummaryService;
  /** `SAVE_EMOJI`, for a platform whose messages take reactions. */
  readonly saveEmojiOf: (platform: string) => string | undefined;
}

export function openComposer({ lists, posted, summary, saveEmojiOf }: ComposerOptions): Editions {
  async function judgeList(feed: Feed, slot: Slot, options: JudgeOptions = {}): Promise<JudgedList> {
    const { settle = false, latest = false, stored = false } = options;
    const read = latest
      ? { list: await lists.latest(feed), growing: false }
      : await lists.read(feed, slot, { settle, stored });
    const { entries } = read.list;
    const posts = await posted.before(
      feed.place,
      entries.map(({ paper }) => paper.id),
    );
    const earlier = new Map<string, EarlierPost[]>();
    for (const post of posts) {
      if (isOf(post, feed, slot)) continue;
      earlier.set(post.paper, [...(earlier.get(post.paper) ?? []), post]);
    }
    return { read, judged: judge(entries, feed.settings, earlier), earlier };
  }

  async function threadPapers(feed: Feed, chosen: readonly Judged[]): Promise<ThreadPaper[]> {
    const ids = chosen.map(({ entry }) => entry.paper.id);
    const elsewhere = await posted.elsewhere(feed.place, ids);
    return Promise.all(
      chosen.map(async ({ entry, verdict }) => ({
        entry,
        summary: await summary.summarise(entry.paper),
        ...(verdict.kind === 'chosen' && verdict.again && { again: verdict.again }),
        elsewhere: elsewhere.filter(({ paper }) => paper === entry.paper.id).map(({ channel }) => channel),
      })),
    );
  }

  async function editionOf(
    feed: Feed,
    slot: Slot,
    { read, judged }: JudgedList,
    now: Date,
  ): Promise<Edition> {
    const papers = await threadPapers(feed, chosenOf(judged));
    const saveEmoji = saveEmojiOf(feed.place.platform);
    const facts = { feed, slot, read, papers, now, ...(saveEmoji !== undefined && { saveEmoji }) };
    return {
      title: threadTitle(facts),
      root: rootCard(facts),
      papers: feed.settings.style === 'single' ? [] : cardsOf(feed, papers),
      posted: papers.map(({ entry }) => entry.paper.id),
    };
  }

  async function draft(feed: Feed, slot: Slot, now: Date, lastChance: boolean): Promise<Draft> {
    const list = await judgeList(feed, slot, { settle: lastChance });
    const { read, judged } = list;
    const readiness = readinessOf(
      {
        total: read.list.total,
        chosen: chosenOf(judged).length,
        growing: read.growing,
        outage: read.outage !== undefined,
        lastChance,
      },
      feed.settings,
    );
    if (readiness.kind !== 'ready') return { composed: readiness, list };
    return { composed: { kind: 'ready', edition: await editionOf(feed, slot, list, now) }, list };
  }

  return {
    judge: judgeList,
    edition: editionOf,

    compose: async (feed, slot, now, lastChance) => (await draft(feed, slot, now, lastChance)).composed,
    draft,
    async recompose(feed, slot, papers, now) {
      const { judged, ...list } = await judgeList(feed, slot, { settle: true, stored: true });
      const kept = papers.flatMap((id) => judged.find(({ entry }) => entry.paper.id === id) ?? []);
      if (kept.length < papers.length) return undefined;
      const asPosted = kept.map(({ entry }) => {
        const again = list.earlier.get(entry.paper.id)?.at(-1);
        return { entry, verdict: { kind: 'chosen' as const, ...(again && { again }) } };
      });
      const fitting = chosenOf(judged);
      const ids = fitting.map(({ entry }) => entry.paper.id);
      const had = (await posted.before(feed.place, ids)).filter((post) => isOf(post, feed, slot));
      const risen = fitting.filter(
        ({ entry }) => !papers.includes(entry.paper.id) && !had.some(({ paper }) => paper === entry.paper.id),
      );
      const { root } = await editionOf(feed, slot, { ...list, judged: asPosted }, now);
      return {
        root,
        late: cardsOf(feed, await threadPapers(feed, risen)),
      };
    },
  };
}

/** An edition that is made again, after a crash or to be explained, is made of the same papers. */
function isOf(post: PostedPaper, feed: Feed, { day, extra }: Slot): boolean {
  return post.feed === feed.id && post.day === day && post.extra === (extra === true);
}

function cardsOf(feed: Feed, papers: readonly ThreadPaper[]): Edition['papers'] {
  return papers.map((paper) => ({ paper: paper.entry.paper.id, card: threadCard({ feed }, paper) }));
}
