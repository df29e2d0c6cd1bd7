/** Changes of a paper after it was stored: new versions, publication, withdrawal, code. */
import type { PersonRef, Team } from '../chat/caller.ts';

/** The parts of a paper that are compared. An absent key means unknown. */
export interface PaperState {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly version?: number;
  readonly comment?: string;
  readonly doi?: string;
  readonly journalRef?: string;
  readonly venue?: string;
  /** Address of the licence. */
  readonly licence?: string;
  readonly withdrawn?: boolean;
  readonly codeUrl?: string;
}

/**
 * - `markup`: it looks the same (LaTeX, quotes, white space)
 * - `spelling`: typing errors, punctuation, grammar
 * - `wording`: other words, or other numbers
 * - `rewritten`: fewer than half of the words are the same
 */
export type Extent = 'markup' | 'spelling' | 'wording' | 'rewritten';

/** A short replaced part, in full words as people read them. An empty text means that nothing was there. */
export interface Replacement {
  readonly from: string;
  readonly to: string;
  /** True if only a number differs. */
  readonly isNumber?: true;
}

/** Sentences of an abstract. */
export interface SentenceCounts {
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  /** Sentences of the new text. */
  readonly of: number;
}

export interface TextChange {
  readonly extent: Extent;
  /** At most a few, those of numbers first. */
  readonly replacements: readonly Replacement[];
  /** True if the replacements are all that changed. */
  readonly isAll: boolean;
  readonly sentences: SentenceCounts;
}

export interface AuthorChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The same people under another spelling. */
  readonly respelled: readonly Replacement[];
  readonly isReordered: boolean;
  /** The first author, if it is another one who was an author before. */
  readonly first?: string;
}

export type PaperChange =
  | { readonly kind: 'version'; readonly from?: number; readonly to: number }
  | { readonly kind: 'withdrawn'; readonly by: 'authors' | 'arxiv'; readonly reason?: string }
  | { readonly kind: 'reinstated' }
  | ({ readonly kind: 'title'; readonly title: string } & Pick<TextChange, 'extent'>)
  | ({ readonly kind: 'abstract' } & TextChange)
  | ({ readonly kind: 'authors' } & AuthorChange)
  | { readonly kind: 'doi'; readonly doi: string; readonly before?: string }
  /** A venue or a journal reference. */
  | { readonly kind: 'venue'; readonly venue: string; readonly before?: string }
  | { readonly kind: 'code'; readonly url: string; readonly before?: string }
  | { readonly kind: 'comment'; readonly comment: string }
  | { readonly kind: 'categories'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly kind: 'licence'; readonly licence: string };

/** A stored change: everything that one record of a source changed in a paper. */
export interface SeenChange {
  /** Grows with each change, so it is also the position from which to read on. */
  readonly id: number;
  /** ID of the paper. */
  readonly paper: string;
  readonly title: string;
  /** When the bot saw it, as an ISO 8601 instant. */
  readonly seenAt: string;
  /** The paper's arXiv version after the change. */
  readonly version?: number;
  readonly what: readonly PaperChange[];
  /** The change in words, without markup. */
  readonly sentence: string;
}

export interface ChangesPage {
  readonly total: number;
  /** Newest first. */
  readonly changes: readonly SeenChange[];
}

export interface ChangesStore {
  /** Returns changes with a higher id, oldest first. A reader that stores the last id misses none. */
  since(id: number, limit: number): Promise<SeenChange[]>;
  /** The highest id; 0 when nothing has changed. A new reader starts here. */
  newest(): Promise<number>;
  /** Returns changes of the person's saved papers since they saved them. */
  forPerson(person: PersonRef, limit: number, offset: number): Promise<ChangesPage>;
  /** Returns changes of the team's saved papers since they were first saved. */
  forTeam(team: Team, limit: number, offset: number): Promise<ChangesPage>;
  /**
   * Returns the latest change of each of these papers that was seen at `since` or later, for marks in lists.
   * @param since ISO 8601 instant
   */
  latestOf(paperIds: readonly string[], since: string): Promise<SeenChange[]>;
}

/** Papers whose changes are recorded: somebody saved them, or they were posted or discussed. */
export interface FollowedPapers {
  /** The subset of these papers that is followed. */
  followedAmong(paperIds: readonly string[]): Promise<string[]>;
  /**
   * Returns saved papers with an arXiv ID that were not checked since `before`, those never checked first.
   * @param before ISO 8601 instant
   */
  dueForCheck(before: string, limit: number): Promise<string[]>;
  /** @param at ISO 8601 instant */
  checked(paperIds: readonly string[], at: string): Promise<void>;
}
