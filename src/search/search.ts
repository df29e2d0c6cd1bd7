/** The interface of search, independent of the engine behind it. */

import type { PersonRef, Team } from '../chat/caller.ts';
import type { Paper } from '../papers/paper.ts';
import type { Day } from '../time/clock.ts';
import type { EmbeddingProvider } from './embedders/embedding-provider.ts';

export interface SearchFilter {
  /** First and last day of publication, both included. */
  readonly since?: Day;
  readonly until?: Day;
  /** arXiv category (`cs.LG`), or an archive (`cs`) for all of its categories. */
  readonly category?: string;
  /** Words of one author's name, in any order. */
  readonly author?: string;
  readonly minVotes?: number;
  /** Only what a person has saved, or anybody of a team. */
  readonly savedBy?: PersonRef | Team;
}

export const SORTS = ['relevance', 'newest', 'votes'] as const;
export type Sort = (typeof SORTS)[number];

export interface SearchQuery {
  /** Whatever somebody typed: no text is an error. Empty text lists what passes the filter. */
  readonly text: string;
  readonly filter: SearchFilter;
  readonly sort: Sort;
  readonly limit: number;
  /** How many hits come before this page. */
  readonly offset: number;
}

export interface SearchHit {
  readonly paper: Paper;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
  /** The sentence of the abstract that fits the query best; absent when the query has no words to fit. */
  readonly snippet?: string;
  /** Why it was found; absent when the query names it or has no words. */
  readonly why?: Why;
}

export interface Why {
  /** Words of the query that it holds, as they were typed, the rarest first. */
  readonly words: readonly string[];
  /** Its meaning did more for its place than its words. */
  readonly semantic: boolean;
}

export interface SearchPage {
  /** `reference` and `title` are papers that the query names outright; `words` is a ranking. */
  readonly by: 'reference' | 'title' | 'words' | 'filter';
  readonly hits: readonly SearchHit[];
  /**
   * `used` if the ranking includes semantic similarity; `missing` if the query had no embedding in time;
   * `none` if results are not ranked by it, as in a small store.
   */
  readonly semantic: 'used' | 'missing' | 'none';
  /** The model that can embed the query, if `semantic` is `missing`. */
  readonly embedWith?: { readonly maker: EmbeddingProvider; readonly name: string };
  readonly total: number;
  /** True when there are more than `total`, which then is where counting stopped. */
  readonly totalIsFloor: boolean;
  /** The nearest spelling that finds papers, when this one found none. */
  readonly correction?: { readonly text: string; readonly total: number };
}

export interface PaperSuggestion {
  readonly id: string;
  /** As it is shown. */
  readonly title: string;
}

export interface SearchService {
  search(query: SearchQuery): Promise<SearchPage>;
  /** Papers like one paper, best first, itself left out. An unknown id gives none. */
  similar(id: string, limit: number, offset: number): Promise<SearchPage>;
  /** Papers with a title or id that begins with the typed text. Fast enough for autocomplete. */
  suggestPapers(typed: string, limit: number): Promise<PaperSuggestion[]>;
  suggestAuthors(typed: string, limit: number): Promise<string[]>;
  /** Categories that papers have, the frequent ones first. */
  suggestCategories(typed: string, limit: number): Promise<string[]>;
}
