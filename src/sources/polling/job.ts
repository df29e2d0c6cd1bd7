/** Contract of the recurring jobs that the poller runs. */
import type { BatchOutcome } from '../../papers/paper-writer-store.ts';
import type { PolledSource } from '../../papers/source-names.ts';
import type { SourceState } from '../source-store.ts';

export type ImportCounts = Pick<BatchOutcome, 'added' | 'updated'>;

export interface JobContext {
  readonly now: Date;
  /** State after the previous run; `undefined` for the first run. */
  readonly last: SourceState | undefined;
  readonly signal: AbortSignal;
}

export interface JobResult extends ImportCounts {
  /** For the next conditional request. Return it again if nothing has changed, or it is forgotten. */
  readonly etag?: string;
  /** True when today's data is not available yet. */
  readonly isLate?: boolean;
  /** True when the job stopped before it was done, to let others run. */
  readonly isUnfinished?: boolean;
}

export interface PollJob {
  readonly source: PolledSource;
  /** Together with the source, the key of its row in `source_state`. */
  readonly key: string;
  /** True in hours when requests are useless; overrides the schedule. */
  isQuiet?(now: Date): boolean;
  /** Fetches papers into the store. An error is recorded, and the job is retried later. */
  run(context: JobContext): Promise<JobResult>;
  /** Returns the time of the next run after a success. */
  nextAfter(now: Date, result: JobResult): Date;
}

export const NO_COUNTS: ImportCounts = { added: 0, updated: 0 };

export function sumCounts(gains: readonly ImportCounts[]): ImportCounts {
  return gains.reduce(
    (sum, { added, updated }) => ({ added: sum.added + added, updated: sum.updated + updated }),
    NO_COUNTS,
  );
}
