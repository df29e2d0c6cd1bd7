/** A research paper, as the store keeps it and as a source brings it. */
import type { Day } from '../time/clock.ts';

/** Facts that any source may or may not know. An absent key is not known; `null` does not occur. */
interface PaperFacts {
  /** arXiv version, from 1. */
  readonly version?: number;
  /** First publication: an ISO 8601 instant, or a day or month (`2022-11`) where no more is known. */
  readonly published?: string;
  readonly updated?: string;
  /** The authors' remark on arXiv: "23 pages, 8 figures". */
  readonly comment?: string;
  readonly journalRef?: string;
  readonly doi?: string;
  readonly venue?: string;
  readonly organization?: string;
  readonly projectUrl?: string;
  readonly codeUrl?: string;
  /** GitHub stars of `codeUrl`. */
  readonly codeStars?: number;
  readonly thumbnailUrl?: string;
  /** True when Hugging Face has a page for it. */
  readonly onHuggingFace?: boolean;
  /** By its authors or by arXiv. False, from a source, says that it is not. */
  readonly withdrawn?: boolean;
  /** When that was, where it is known. */
  readonly withdrawnAt?: string;
  /** Family names by author, of those whose name does not tell it: `{ 'Gabriel Garcia Marquez': 'Garcia Marquez' }`. */
  readonly families?: Readonly<Record<string, string>>;
  /** Hugging Face upvotes and comments, as last seen. */
  readonly votes?: number;
  readonly comments?: number;
  readonly citations?: number;
}

export interface Paper extends PaperFacts {
  /** arXiv id without version (`2406.01574`, `hep-th/9901001`), or a stable generated one (`pb-…`). */
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  /** In the paper's order. */
  readonly authors: readonly string[];
  /** arXiv categories, the primary one first. */
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
}

/** Where a list day showed a paper. Rank counts from 1. */
export interface Appearance {
  readonly day: Day;
  readonly rank: number;
  readonly votes: number;
  readonly comments: number;
}

/** What was counted at one moment. */
export interface VoteSnapshot {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly votes: number;
  readonly comments: number;
  readonly stars?: number;
}

/** A paper as one source tells it. Without an id it is keyed by its title. */
export interface PaperRecord extends PaperFacts {
  readonly id?: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors?: readonly string[];
  readonly categories?: readonly string[];
  readonly keywords?: readonly string[];
  readonly appearances?: readonly Appearance[];
  readonly snapshots?: readonly VoteSnapshot[];
}
