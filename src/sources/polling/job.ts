/** Something that the poller does again and again. */
import type { BatchOutcome } from '../../papers/paper-store.ts';
import type { PolledSource } from '../../papers/source-names.ts';
import type { SourceState } from '../source-store.ts';

export type ImportCounts = Pick<BatchOutcome, 'added' | 'updated'>;

export interface JobContext {
  readonly now: Date;
  /** How it went before; `undefined` for the first time. */
  readonly last: SourceState | undefined;
  readonly signal: AbortSignal;
}

export interface JobResult extends ImportCounts {
  /** For the next conditional request. */
  readonly etag?: string;
  /** What today should bring has not come yet. */
  readonly isLate?: boolean;
}

export interface PollJob {
  readonly source: PolledSource;
  /** With the source the key of its row in `source_state`. */
  readonly key: string;
  /** Hours in which asking is no use, whatever the schedule says. */
  isQuiet?(now: Date): boolean;
  /** Brings papers into the store. What it throws is recorded, and the job is tried again later. */
  run(context: JobContext): Promise<JobResult>;
  /** When to run again after a success. */
  nextAfter(now: Date, result: JobResult): Date;
}

export const NO_COUNTS: ImportCounts = { added: 0, updated: 0 };

export function sumCounts(gains: readonly ImportCounts[]): ImportCounts {
  return gains.reduce(
    (sum, { added, updated }) => ({ added: sum.added + added, updated: sum.updated + updated }),
    NO_COUNTS,
  );
}
