/** Makes the editions of a feed: which list, which papers of it, whether now, and how it looks. */

import type { ChannelRef } from '../../chat/refs.ts';
import type { VisibleChannels } from '../../chat/visible-channels.ts';
import type { Feed, Slot } from '../../feeds/feed.ts';
import type { SummaryService } from '../../summary/summary.ts';
import type { ComposeOutcome, Digest, DigestSource, RefreshedDigest } from '../ledger/digest.ts';
import type { PostedElsewhere, PostedPaper, PostedStore } from '../ledger/posted-store.ts';
import { rootCard, type ThreadPaper, threadCard, threadTitle } from './digest-card.ts';
import type { ListReader, ReadList } from './list-reader.ts';
import { readinessOf } from './readiness.ts';
import { chosenOf, type EarlierPost, type Evaluated, evaluate } from './selection.ts';

/** A list with a verdict on each of its papers. */
export interface EvaluatedList {
  readonly read: ReadList;
  readonly evaluated: readonly Evaluated[];
  /** By paper: when the channel had it, in other editions than the one that is being made. */
  readonly earlier: ReadonlyMap<string, readonly EarlierPost[]>;
}

export interface Draft {
  readonly composed: ComposeOutcome;
  /** What it was made from. */
  readonly list: EvaluatedList;
}

export interface DigestComposer extends DigestSource {
  /** What `compose` does, with the list that it looked at. */
  draft(feed: Feed, slot: Slot, now: Date, lastChance: boolean): Promise<Draft>;
  /** What a feed makes of its list in a slot; nothing of that very edition counts as posted before. */
  evaluate(feed: Feed, slot: Slot, options?: EvaluateOptions): Promise<EvaluatedList>;
  /** The edition of the papers that were chosen. */
  digest(feed: Feed, slot: Slot, list: EvaluatedList, now: Date): Promise<Digest>;
  /**
   * The source is not asked.
   * @param papers of the edition that was posted in this slot, in its order
   * @returns `undefined` when the list does not hold them all: the message then stays as it is
   */
  recompose(
    feed: Feed,
    slot: Slot,
    papers: readonly string[],
    now: Date,
  ): Promise<RefreshedDigest | undefined>;
}

export interface EvaluateOptions {
  /** Nothing is gained by waiting for papers. */
  readonly lastChance?: boolean;
  /** Look at the newest list that there is, whatever the slot. */
  readonly latest?: boolean;
  /** The source is not asked. */
  readonly stored?: boolean;
}

interface DigestComposerOptions {
  readonly lists: ListReader;
  readonly posted: Pick<PostedStore, 'before' | 'elsewhere'>;
  /** Other channels are named to those alone who can see them. */
  readonly channels: VisibleChannels;
  readonly summary: SummaryService;
  /** `SAVE_EMOJI`, for a platform whose messages take reactions. */
  readonly saveEmojiOf: (platform: string) => string | undefined;
}

export function openDigestComposer({
  lists,
  posted,
  channels,
  summary,
  saveEmojiOf,
}: DigestComposerOptions): DigestComposer {
  async function evaluateList(feed: Feed, slot: Slot, options: EvaluateOptions = {}): Promise<EvaluatedList> {
    const { lastChance = false, latest = false, stored = false } = options;
    const read = latest
      ? { list: await lists.latest(feed), growing: false }
      : await lists.read(feed, slot, { lastChance, stored });
    const { entries } = read.list;
    const posts = await posted.before(
      feed.channel,
      entries.map(({ paper }) => paper.id),
    );
    const earlier = new Map<string, EarlierPost[]>();
    for (const post of posts) {
      if (isOf(post, feed, slot)) continue;
      earlier.set(post.paper, [...(earlier.get(post.paper) ?? []), post]);
    }
    return { read, evaluated: evaluate(entries, feed.settings, earlier), earlier };
  }

  async function threadPapers(feed: Feed, chosen: readonly Evaluated[]): Promise<ThreadPaper[]> {
    const ids = chosen.map(({ entry }) => entry.paper.id);
    const elsewhere = await knownElsewhere(feed.channel, await posted.elsewhere(feed.channel, ids));
    return Promise.all(
      chosen.map(async ({ entry, verdict }) => ({
        entry,
        summary: await summary.summarise(entry.paper),
        ...(verdict.kind === 'chosen' && verdict.again && { again: verdict.again }),
        elsewhere: elsewhere.filter(({ paper }) => paper === entry.paper.id).map(({ channel }) => channel),
      })),
    );
  }

  async function knownElsewhere(
    channel: ChannelRef,
    posts: readonly PostedElsewhere[],
  ): Promise<PostedElsewhere[]> {
    const { platform, workspace } = channel;
    const others = [...new Set(posts.map(({ channel }) => channel))];
    const known = await channels.visibleTo(
      { channel },
      others.map((channel) => ({ platform, workspace, channel })),
    );
    return posts.filter((post) => known.some(({ channel }) => channel === post.channel));
  }

  async function digestOf(
    feed: Feed,
    slot: Slot,
    { read, evaluated }: EvaluatedList,
    now: Date,
  ): Promise<Digest> {
    const papers = await threadPapers(feed, chosenOf(evaluated));
    const saveEmoji = saveEmojiOf(feed.channel.platform);
    const facts = { feed, slot, read, papers, now, ...(saveEmoji !== undefined && { saveEmoji }) };
    return {
      title: threadTitle(facts),
      root: rootCard(facts),
      papers: feed.settings.style === 'single' ? [] : cardsOf(feed, papers),
      posted: papers.map(({ entry }) => entry.paper.id),
    };
  }

  async function draft(feed: Feed, slot: Slot, now: Date, lastChance: boolean): Promise<Draft> {
    const list = await evaluateList(feed, slot, { lastChance });
    const { read, evaluated } = list;
    const readiness = readinessOf(
      {
        total: read.list.total,
        chosen: chosenOf(evaluated).length,
        growing: read.growing,
        outage: read.outage !== undefined,
        lastChance,
      },
      feed.settings,
    );
    if (readiness.kind !== 'ready') return { composed: readiness, list };
    return { composed: { kind: 'ready', digest: await digestOf(feed, slot, list, now) }, list };
  }

  return {
    evaluate: evaluateList,
    digest: digestOf,

    compose: async (feed, slot, now, lastChance) => (await draft(feed, slot, now, lastChance)).composed,
    draft,
    async recompose(feed, slot, papers, now) {
      const { evaluated, ...list } = await evaluateList(feed, slot, { lastChance: true, stored: true });
      const kept = papers.flatMap((id) => evaluated.find(({ entry }) => entry.paper.id === id) ?? []);
      if (kept.length < papers.length) return undefined;
      const asPosted = kept.map(({ entry }) => {
        const again = list.earlier.get(entry.paper.id)?.at(-1);
        return { entry, verdict: { kind: 'chosen' as const, ...(again && { again }) } };
      });
      const fitting = chosenOf(evaluated);
      const ids = fitting.map(({ entry }) => entry.paper.id);
      const had = (await posted.before(feed.channel, ids)).filter((post) => isOf(post, feed, slot));
      const risen = fitting.filter(
        ({ entry }) => !papers.includes(entry.paper.id) && !had.some(({ paper }) => paper === entry.paper.id),
      );
      const { root } = await digestOf(feed, slot, { ...list, evaluated: asPosted }, now);
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

function cardsOf(feed: Feed, papers: readonly ThreadPaper[]): Digest['papers'] {
  return papers.map((paper) => ({ paper: paper.entry.paper.id, card: threadCard({ feed }, paper) }));
}
