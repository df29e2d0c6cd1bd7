/** The contract of a network source. `sources.ts` lists all sources. */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { FollowedPapers } from '../changes/changes.ts';
import type { PaperRecord } from '../papers/paper.ts';
import type { PaperStore } from '../papers/paper-store.ts';
import type { PolledSource } from '../papers/source-names.ts';
import type { Random } from '../resilience/backoff.ts';
import type { Day } from '../time/clock.ts';
import type { AnnouncementStore } from './harvest/announcement-store.ts';
import type { HarvestStore } from './harvest/harvest-store.ts';
import type { PollJob } from './polling/job.ts';
import type { SourceStore } from './source-store.ts';

/** Stores for a source's papers and its progress. */
export interface SourceStores {
  readonly papers: PaperStore;
  readonly state: SourceStore;
}

export interface PollContext extends SourceStores {
  /** Papers whose changes people follow. */
  readonly changes: FollowedPapers;
  readonly harvests: HarvestStore;
  readonly announcements: AnnouncementStore;
  readonly random: Random;
}

export interface Source {
  readonly name: PolledSource;
  /** Jobs for the poller. */
  jobs(context: PollContext): readonly PollJob[];
  /** Jobs that can take minutes. A poller of their own runs them, so that the others need not wait. */
  longJobs?(context: PollContext): readonly PollJob[];
  /**
   * Fetches one paper by its arXiv id; `undefined` when the source does not have it. Absent when the source
   * has no lookup of single papers.
   * @throws SourceError
   */
  findPaper?(id: string, signal: AbortSignal): Promise<PaperRecord | undefined>;
  /**
   * Fetches up to fifty papers by their arXiv ids with one request. Absent when the source cannot.
   * @throws SourceError
   */
  findPapers?(ids: readonly string[], signal: AbortSignal): Promise<readonly PaperRecord[]>;
  /**
   * Reads the list of a day into the store. Absent when the source has no lists.
   * @throws SourceError; UserError for a future day
   */
  readDay?(day: Day, stores: SourceStores, signal: AbortSignal): Promise<void>;
  /** Sends a small request to check that the source answers. @throws SourceError */
  probe(signal: AbortSignal): Promise<void>;
  /** Checks settings that only the source itself can validate. Never throws. */
  examineSettings?(signal: AbortSignal): Promise<Diagnostic>;
  close?(): Promise<void>;
}
