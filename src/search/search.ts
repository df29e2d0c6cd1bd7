/** The contract of search, independent of its engine. */

import type { PersonRef, Team } from '../chat/caller.ts';
import type { Paper } from '../papers/paper.ts';
import type { Day } from '../time/clock.ts';
import type { EmbeddingProvider } from './embedders/embedding-provider.ts';

export interface SearchFilter {
  /** First and last day of publication, inclusive. */
  readonly since?: Day;
  readonly until?: Day;
  /** arXiv category (`cs.LG`), or an archive (`cs`) for all of its categories. */
  readonly category?: string;
  /** Words of one author's name, in any order. */
  readonly author?: string;
  readonly minVotes?: number;
  /** Only papers saved by this person or by anyone in this team. */
  readonly savedBy?: PersonRef | Team;
  /** Narrows `savedBy`, and searches the notes and tags of a person as well. */
  readonly saved?: SavedFilter;
}

export const READING_STATES = ['unread', 'reading', 'read'] as const;
export type ReadingState = (typeof READING_STATES)[number];

export interface SavedFilter {
  /** The person who asks. `state` is theirs, and nobody else's notes are searched. */
  readonly of: PersonRef;
  readonly tag?: string;
  readonly state?: ReadingState;
  /** Only papers with a note of theirs. */
  readonly noted?: boolean;
  /** First and last day on which it was saved, inclusive. */
  readonly since?: Day;
  readonly until?: Day;
}

export const SORTS = ['relevance', 'newest', 'votes'] as const;
export type Sort = (typeof SORTS)[number];

export interface SearchQuery {
  /** Any text is valid. Empty text lists the papers that pass the filter. */
  readonly text: string;
  readonly filter: SearchFilter;
  readonly sort: Sort;
  readonly limit: number;
  /** Number of hits before this page. */
  readonly offset: number;
}

export interface SimilarQuery extends Pick<SearchQuery, 'filter' | 'limit' | 'offset'> {
  /** Papers that the results should be like; unknown ones are ignored. */
  readonly ids: readonly string[];
}

export interface SearchHit {
  readonly paper: Paper;
  /** Higher is better; only comparable within one page. */
  readonly score: number;
  /** The sentence of the abstract that matches best; absent when the query has no words. */
  readonly snippet?: string;
  /** Reason for the match; absent when the query names the paper or has no words. */
  readonly why?: Why;
}

export interface Why {
  /** Matching words as typed, the rarest first. */
  readonly words: readonly string[];
  /** True when similarity contributed more to the score than words. */
  readonly semantic: boolean;
}

export interface SearchPage {
  /** `reference` and `title`: the query names the papers. `words`: a ranking. */
  readonly by: 'reference' | 'title' | 'words' | 'filter';
  readonly hits: readonly SearchHit[];
  /**
   * Use of similarity: `used`; `missing` when the query was not embedded in time; `none` when it does not
   * apply, for example in a small store.
   */
  readonly semantic: 'used' | 'missing' | 'none';
  /** The model to embed the query with, when `semantic` is `missing`. */
  readonly embedWith?: { readonly maker: EmbeddingProvider; readonly name: string };
  readonly total: number;
  /** True when counting stopped at `total`. */
  readonly totalIsFloor: boolean;
  /** A corrected spelling that finds papers, when this one found none. */
  readonly correction?: { readonly text: string; readonly total: number };
}

export interface PaperSuggestion {
  readonly id: string;
  /** Readable title. */
  readonly title: string;
}

export interface SearchService {
  search(query: SearchQuery): Promise<SearchPage>;
  /**
   * Counts papers that pass the filter and have everything that was typed in title and abstract, as a watch
   * needs it. Empty text counts all papers that pass.
   * @param limit where counting stops
   */
  count(query: Pick<SearchQuery, 'text' | 'filter'>, limit: number): Promise<number>;
  /** Returns papers similar to all of the given ones, the best first; none for unknown ids. */
  similar(query: SimilarQuery): Promise<SearchPage>;
  /** Autocompletes titles and ids, within a few milliseconds. */
  suggestPapers(typed: string, limit: number): Promise<PaperSuggestion[]>;
  suggestAuthors(typed: string, limit: number): Promise<string[]>;
  /** Returns categories of stored papers, sorted by frequency. */
  suggestCategories(typed: string, limit: number): Promise<string[]>;
}
