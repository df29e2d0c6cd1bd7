/** Changes of a paper after it was stored: new versions, publication, withdrawal, code. */
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
