/** The contract of recommendations: papers for a person or a team, from what they saved and said. */
import type { PersonRef, Team } from '../chat/caller.ts';
import type { Paper } from '../papers/paper.ts';
import type { SearchFilter } from '../search/search.ts';
import type { TasteView } from './taste/taste.ts';

/** The person or the team whose saves decide. */
export type RecommendFor =
  | { readonly kind: 'person'; readonly person: PersonRef }
  | { readonly kind: 'team'; readonly team: Team };

export interface RecommendQuery {
  readonly audience: RecommendFor;
  /** Words that the papers should have; empty for any subject. */
  readonly text?: string;
  readonly filter: Pick<SearchFilter, 'since' | 'until' | 'category' | 'author' | 'minVotes'>;
  readonly limit: number;
  /** Number of papers before this page. */
  readonly offset: number;
  /** ISO 8601 instant. Newer papers and later saves count more. */
  readonly now: string;
}

/** Why a paper is recommended. `paper` is one of the saved or liked ones. */
export type RecommendReason =
  | { readonly kind: 'like-saved' | 'like-liked' | 'readers'; readonly paper: NamedPaper }
  | { readonly kind: 'subject' | 'author'; readonly name: string }
  /** Only what was asked for: it is like none of the papers and subjects to go by. */
  | { readonly kind: 'asked' }
  /** Outside of the known subjects, so that these do not narrow for good. */
  | { readonly kind: 'different' };

export interface NamedPaper {
  readonly id: string;
  readonly title: string;
}

export interface Recommendation {
  readonly paper: Paper;
  readonly reason: RecommendReason;
}

/**
 * - `off`: the person turned recommendations off
 * - `too-few`: fewer than `FEWEST_SIGNALS` papers and subjects to go by
 */
export type RecommendState = 'ready' | 'off' | 'too-few';

export interface Recommendations<Entry = Recommendation> {
  readonly state: RecommendState;
  /** Papers and subjects to go by. */
  readonly signals: number;
  readonly total: number;
  readonly entries: readonly Entry[];
}

export interface RecommendedId {
  readonly id: string;
  readonly reason: RecommendReason;
}

export const FEWEST_SIGNALS = 3;
/** The end of the last page. */
export const MOST_RECOMMENDED = 50;

export interface Recommender {
  recommend(query: RecommendQuery): Promise<Recommendations>;
  /** The same without the papers, for a caller that shows few of many. */
  recommendIds(query: RecommendQuery): Promise<Recommendations<RecommendedId>>;
  /** What is known of a person or a team, in words. */
  tasteOf(audience: RecommendFor): Promise<TasteView>;
  /** `reinforcement learning` for `RL`, if papers spell it out so; `undefined` for other words. */
  spelledOut(abbreviation: string): Promise<string | undefined>;
}
