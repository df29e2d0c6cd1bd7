/** The contract of a source that is asked over the network. `sources.ts` lists them. */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { PaperRecord } from '../papers/paper.ts';
import type { PaperStore } from '../papers/paper-store.ts';
import type { PolledSource } from '../papers/source-names.ts';
import type { Random } from '../resilience/backoff.ts';
import type { Day } from '../time/clock.ts';
import type { PollJob } from './polling/job.ts';
import type { SourceStore } from './source-store.ts';

/** Stores for a source's papers and its progress. */
export interface SourceStores {
  readonly papers: PaperStore;
  readonly state: SourceStore;
}

export interface PollContext extends SourceStores {
  readonly random: Random;
}

export interface Source {
  readonly name: PolledSource;
  /** Jobs for the poller. */
  jobs(context: PollContext): readonly PollJob[];
  /**
   * One paper by its arXiv id, `undefined` when the source does not have it. Absent where single papers
   * cannot be asked for.
   * @throws SourceError
   */
  findPaper?(id: string, signal: AbortSignal): Promise<PaperRecord | undefined>;
  /**
   * Reads the list of a day into the store. Absent where there are no lists.
   * @throws SourceError; UserError for a day that has not come
   */
  readDay?(day: Day, stores: SourceStores, signal: AbortSignal): Promise<void>;
  /** A small request that shows whether the source answers. @throws SourceError */
  probe(signal: AbortSignal): Promise<void>;
  /** Checks settings that only the source itself can judge. Never throws. */
  examineSettings?(signal: AbortSignal): Promise<Diagnostic>;
  close?(): Promise<void>;
}
