/** Composes the digests of a feed: reads the list, selects papers, checks readiness, and renders cards. */

import { compact } from '../../base/compact.ts';
import { counted } from '../../cards/counts.ts';
import type { ChannelRef } from '../../chat/refs.ts';
import type { VisibleChannels } from '../../chat/visible-channels.ts';
import type { Feed, FeedSettings, Slot } from '../../feeds/feed.ts';
import type { SummaryService } from '../../summary/summary.ts';
import type { ComposeOutcome, Digest, DigestSource, RefreshedDigest } from '../ledger/digest.ts';
import type { PostedElsewhere, PostedPaper, PostedStore } from '../ledger/posted-store.ts';
import { rootCard, type ThreadPaper, threadCard, threadTitle } from './digest-card.ts';
import type { ListRanking } from './list-ranking.ts';
import type { ListReader, ReadList } from './list-reader.ts';
import { chosenOf, type EarlierPost, type Evaluated, evaluate } from './selection.ts';

/** A list with a verdict for each paper. */
export interface EvaluatedList {
  readonly read: ReadList;
  readonly evaluated: readonly Evaluated[];
  /** Earlier posts in the channel by paper, except for this digest. */
  readonly earlier: ReadonlyMap<string, readonly EarlierPost[]>;
}

export interface Draft {
  readonly composed: ComposeOutcome;
  /** The list that it was made from. */
  readonly list: EvaluatedList;
}

export interface DigestComposer extends DigestSource, Pick<ListRanking, 'reasons'> {
  /** Like `compose`, but also returns the list. */
  draft(feed: Feed, slot: Slot, now: Date, lastChance: boolean): Promise<Draft>;
  /** Evaluates the list of a slot. Papers of this digest do not count as posted before. */
  evaluate(feed: Feed, slot: Slot, options?: EvaluateOptions): Promise<EvaluatedList>;
  /** Makes the digest of the chosen papers. */
  digest(feed: Feed, slot: Slot, list: EvaluatedList, now: Date): Promise<Digest>;
  /**
   * Makes a posted digest again, from stored data only.
   * @param papers of the posted digest, in its order
   * @returns `undefined` when the list lacks some of them; the message then stays unchanged
   */
  recompose(
    feed: Feed,
    slot: Slot,
    papers: readonly string[],
    now: Date,
  ): Promise<RefreshedDigest | undefined>;
}

export interface EvaluateOptions {
  /** True when waiting for more papers is no longer useful. */
  readonly lastChance?: boolean;
  /** True to use the newest list, regardless of the slot. */
  readonly latest?: boolean;
  /** True to use stored data only. */
  readonly stored?: boolean;
}

interface DigestComposerOptions {
  readonly lists: ListReader;
  /** Orders the list of a feed, and gives reasons. */
  readonly ranking: ListRanking;
  readonly posted: Pick<PostedStore, 'before' | 'elsewhere'>;
  /** Decides which other channels can be named. */
  readonly channels: VisibleChannels;
  readonly summary: SummaryService;
  /** Returns `SAVE_EMOJI` for a platform with reactions. */
  readonly saveEmojiOf: (platform: string) => string | undefined;
}

export function openDigestComposer({
  lists,
  ranking,
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
    const { entries, banned } =
      feed.settings.rank === 'votes'
        ? { entries: read.list.entries }
        : await ranking.order(feed, slot, read.list.entries);
    const posts = await posted.before(
      feed.channel,
      entries.map(({ paper }) => paper.id),
    );
    const earlier = new Map<string, EarlierPost[]>();
    for (const post of posts) {
      if (isOf(post, feed, slot)) continue;
      earlier.set(post.paper, [...(earlier.get(post.paper) ?? []), post]);
    }
    return { read, evaluated: evaluate(entries, feed.settings, earlier, banned), earlier };
  }

  async function threadPapers(feed: Feed, slot: Slot, chosen: readonly Evaluated[]): Promise<ThreadPaper[]> {
    const ids = chosen.map(({ entry }) => entry.paper.id);
    const reasons = feed.settings.rank === 'votes' ? undefined : await ranking.reasons(feed, slot, ids);
    const elsewhere = await knownElsewhere(feed.channel, await posted.elsewhere(feed.channel, ids));
    return Promise.all(
      chosen.map(async ({ entry, verdict }) => ({
        entry,
        summary: await summary.summarise(entry.paper),
        ...(verdict.kind === 'chosen' && verdict.again && { again: verdict.again }),
        ...compact({ learned: reasons?.get(entry.paper.id) }),
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
    const papers = await threadPapers(feed, slot, chosenOf(evaluated));
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
    reasons: (feed, slot, papers) => ranking.reasons(feed, slot, papers),

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
        late: cardsOf(feed, await threadPapers(feed, slot, risen)),
      };
    },
  };
}

/** True for posts of this digest, which may be made again after a crash or for an explanation. */
function isOf(post: PostedPaper, feed: Feed, { day, extra }: Slot): boolean {
  return post.feed === feed.id && post.day === day && post.extra === (extra === true);
}

function cardsOf(feed: Feed, papers: readonly ThreadPaper[]): Digest['papers'] {
  return papers.map((paper) => ({ paper: paper.entry.paper.id, card: threadCard({ feed }, paper) }));
}

// Whether to post a list, wait, or skip it.

interface Facts {
  /** Papers on the list, and papers chosen for the feed. */
  readonly total: number;
  readonly chosen: number;
  /** True when more papers may be added. */
  readonly growing: boolean;
  readonly outage: boolean;
  /** True when waiting longer is no longer useful. */
  readonly lastChance: boolean;
}

export type Readiness =
  | { readonly kind: 'ready' }
  /** Reasons are phrases without a full stop, for the log and `/paperfeed list`. */
  | { readonly kind: 'wait'; readonly reason: string; readonly outage?: boolean }
  | { readonly kind: 'skip'; readonly reason: string };

type Rules = Pick<FeedSettings, 'count' | 'thin' | 'outage'>;

export function readinessOf(facts: Facts, { count, thin, outage }: Rules): Readiness {
  const { total, chosen, growing, lastChance } = facts;
  if (facts.outage && (outage === 'wait' || chosen === 0)) {
    const others = outage === 'wait' ? '' : ', and no new papers are stored';
    const reason = `Hugging Face does not respond${others}`;
    return lastChance ? { kind: 'skip', reason } : { kind: 'wait', reason, outage: true };
  }
  if (chosen >= count) return { kind: 'ready' };
  const reason = shortage(total, chosen, count);
  // Waiting helps when the list itself is short, but rarely when a full list has few matches.
  const patient = total < count || chosen === 0 || thin !== 'fewer';
  if (growing && !lastChance && patient) return { kind: 'wait', reason };
  if (chosen === 0 || thin === 'skip') return { kind: 'skip', reason };
  return { kind: 'ready' };
}

function shortage(total: number, chosen: number, count: number): string {
  if (total === 0) return 'there is no list for that day';
  if (chosen === total) return `the list has only ${counted(total, 'paper')}, and this feed posts ${count}`;
  if (total === 1) return 'the one paper on the list does not match, or was posted before';
  const papers = `of the ${total} papers on the list`;
  return chosen === 0
    ? `none ${papers} is new and matches`
    : `only ${chosen} ${papers} ${chosen === 1 ? 'matches' : 'match'}, and this feed posts ${count}`;
}
