/** Selects the papers of a list for a feed, with a reason for every paper that is not chosen. Pure. */

import type { FeedSettings } from '../../feeds/feed.ts';
import { matcherOf } from '../../feeds/term-matching.ts';
import type { Paper } from '../../papers/paper.ts';
import { isWithdrawn } from '../../papers/withdrawal.ts';
import type { Day } from '../../time/clock.ts';
import { PERIODS, type Period, type TrendingEntry } from '../../trending/trending.ts';

/** An earlier post of a paper in the channel. */
export interface EarlierPost {
  readonly day: Day;
  readonly period: Period;
}

export type Verdict =
  /** `again` is set when the channel had it from a shorter list. */
  | { readonly kind: 'chosen'; readonly again?: EarlierPost }
  | { readonly kind: 'withdrawn' }
  /** `by` is the term as typed. */
  | { readonly kind: 'excluded'; readonly by: string }
  | { readonly kind: 'not-included' }
  /** A manager banned the subject in this channel. */
  | { readonly kind: 'banned'; readonly subject: string }
  | { readonly kind: 'below-votes'; readonly votes: number; readonly needed: number }
  | { readonly kind: 'posted-before'; readonly day: Day; readonly period: Period }
  /** It fits, but enough papers rank higher. */
  | { readonly kind: 'beyond-count'; readonly count: number };

export interface Evaluated {
  readonly entry: TrendingEntry;
  readonly verdict: Verdict;
}

type Rules = Pick<FeedSettings, 'include' | 'exclude' | 'minVotes' | 'period' | 'count'>;

/**
 * @param entries best first
 * @param before earlier posts in this channel by paper, except for the current digest
 * @param banned the banned subject of a paper, by id
 * @returns a verdict for every entry, in the same order
 */
export function evaluate(
  entries: readonly TrendingEntry[],
  rules: Rules,
  before: ReadonlyMap<string, readonly EarlierPost[]>,
  banned?: ReadonlyMap<string, string>,
): Evaluated[] {
  const excluding = rules.exclude.map((by) => ({ by, fits: matcherOf(by) }));
  const including = rules.include.map(matcherOf);

  function refusal(paper: Paper): Verdict | undefined {
    if (isWithdrawn(paper)) return { kind: 'withdrawn' };
    const excluded = excluding.find(({ fits }) => fits(paper));
    if (excluded) return { kind: 'excluded', by: excluded.by };
    if (including.length > 0 && !including.some((fits) => fits(paper))) return { kind: 'not-included' };
    const subject = banned?.get(paper.id);
    if (subject !== undefined) return { kind: 'banned', subject };
    const votes = paper.votes ?? 0;
    if (votes < rules.minVotes) return { kind: 'below-votes', votes, needed: rules.minVotes };
    return undefined;
  }

  let taken = 0;
  return entries.map((entry) => {
    const posts = before.get(entry.paper.id) ?? [];
    const verdict = refusal(entry.paper) ?? repetition(posts, rules.period) ?? room(posts.at(-1));
    return { entry, verdict };
  });

  function room(again: EarlierPost | undefined): Verdict {
    if (taken >= rules.count) return { kind: 'beyond-count', count: rules.count };
    taken += 1;
    return { kind: 'chosen', ...(again && { again }) };
  }
}

export function chosenOf(evaluated: readonly Evaluated[]): Evaluated[] {
  return evaluated.filter(({ verdict }) => verdict.kind === 'chosen');
}

/** Rejects a paper that the channel had, unless this list has a longer period. */
function repetition(posts: readonly EarlierPost[], period: Period): Verdict | undefined {
  const length = PERIODS.indexOf(period);
  const before = posts.find((post) => PERIODS.indexOf(post.period) >= length);
  return before && { kind: 'posted-before', day: before.day, period: before.period };
}
