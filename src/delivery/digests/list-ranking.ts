/** Puts the list of a feed in the feed's own order: by votes, by date, or by what its channel learned. */
import { type Feed, isLearned, type Slot } from '../../feeds/feed.ts';
import { wordsOfTerms } from '../../feeds/options/terms.ts';
import type { LearnedLists, LearnedReason } from '../../learning/learned-lists.ts';
import type { TrendingEntry } from '../../trending/trending.ts';

export interface OrderedList {
  readonly entries: readonly TrendingEntry[];
  /** The banned subject of a paper, by id. */
  readonly banned?: ReadonlyMap<string, string>;
}

export interface ListRanking {
  /** @param entries in the order of the trending list */
  order(feed: Feed, slot: Slot, entries: readonly TrendingEntry[]): Promise<OrderedList>;
  /** Why these papers are on the list of a feed that learned, by id; empty for other feeds. */
  reasons(feed: Feed, slot: Slot, papers: readonly string[]): Promise<ReadonlyMap<string, LearnedReason>>;
}

export function openListRanking(learning: Pick<LearnedLists, 'order' | 'reasons'>): ListRanking {
  return {
    async order(feed, slot, entries) {
      const { rank } = feed.settings;
      if (rank === 'votes') return { entries };
      if (rank === 'new') return { entries: newestFirst(entries) };
      const voted = entries.filter(hasVotes);
      const candidates = [...voted, ...entries.filter((entry) => !hasVotes(entry))];
      const byId = new Map(candidates.map((entry) => [entry.paper.id, entry]));
      const papers = [...byId.keys()];
      const query = { ...learnedFrom(feed, slot), papers, rank, voted: voted.length };
      const ordered = await learning.order(query);
      return {
        entries: ordered.flatMap(({ paper }) => byId.get(paper) ?? []),
        banned: new Map(ordered.flatMap(({ paper, banned }) => (banned ? [[paper, banned]] : []))),
      };
    },
    async reasons(feed, slot, papers) {
      if (!isLearned(feed.settings) || papers.length === 0) return new Map();
      const found = await learning.reasons({ ...learnedFrom(feed, slot), papers });
      return new Map(found.map(({ paper, reason }) => [paper, reason]));
    },
  };
}

/** Acts after the slot do not count, so that a list is the same when it is made again. */
function learnedFrom(feed: Feed, { due }: Pick<Slot, 'due'>) {
  return { channel: feed.channel, start: wordsOfTerms(feed.settings.include), asOf: due.toISOString() };
}

function hasVotes({ paper }: TrendingEntry): boolean {
  return (paper.votes ?? 0) > 0;
}

function newestFirst(entries: readonly TrendingEntry[]): TrendingEntry[] {
  const dateOf = ({ paper }: TrendingEntry) => paper.published ?? '';
  return entries.toSorted((a, b) => (dateOf(a) < dateOf(b) ? 1 : Number(dateOf(a) > dateOf(b)) * -1));
}
