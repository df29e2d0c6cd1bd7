/** The types of a research paper in the store and of a source's record. */
import type { Day } from '../time/clock.ts';

/** Optional facts. An absent key means unknown; `null` does not occur. */
interface PaperFacts {
  /** arXiv version, from 1. */
  readonly version?: number;
  /** First publication: an ISO 8601 instant, or only a day, a month (`2022-11`) or a year. */
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
  /** Withdrawn by its authors or by arXiv. False in a record means that the source denies it. */
  readonly withdrawn?: boolean;
  /** Time of the withdrawal, if known. */
  readonly withdrawnAt?: string;
  /**
   * Family names that cannot be derived from the full name: `{ 'Gabriel Garcia Marquez': 'Garcia Marquez' }`.
   */
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

/** A paper's position on the list for a day. Rank counts from 1. */
export interface Appearance {
  readonly day: Day;
  readonly rank: number;
  readonly votes: number;
  readonly comments: number;
}

/** Counts at one moment. */
export interface VoteSnapshot {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly votes: number;
  readonly comments: number;
  readonly stars?: number;
}

/** A paper as described by one source. Without an id it is identified by its title. */
export interface PaperRecord extends PaperFacts {
  readonly id?: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors?: readonly string[];
  readonly categories?: readonly string[];
  readonly keywords?: readonly string[];
  readonly appearances?: readonly Appearance[];
  readonly snapshots?: readonly VoteSnapshot[];
  /**
   * The day on which arXiv announced this version in place of an earlier one. An announcement leaves out the
   * comment, so it does not say whether the paper was withdrawn.
   */
  readonly replacedOn?: Day;
}
