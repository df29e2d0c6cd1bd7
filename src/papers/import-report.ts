/** What an import did, counted while it runs, in bounded memory. */
import type { BatchOutcome } from './paper-store.ts';

export interface ImportReport {
  /** Records that the store took: added + updated + unchanged. */
  readonly taken: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  /** Why lines were skipped, the most frequent first. */
  readonly reasons: readonly SkipReason[];
  /** The last line that was read. */
  readonly lines: number;
  readonly seconds: number;
  /** The line that an earlier, interrupted run had come to. */
  readonly resumedFrom?: number;
  /** The last line that is stored, when this run was stopped before the end. */
  readonly interruptedAt?: number;
}

export interface SkipReason {
  /** Reads after "line 12: ". */
  readonly reason: string;
  readonly count: number;
  readonly firstLine: number;
}

export interface ImportProgress {
  readonly lines: number;
  readonly taken: number;
  readonly skipped: number;
  /** Of the file as it lies on disk, packed or not. */
  readonly bytesRead: number;
  /** Absent for standard input. */
  readonly bytesTotal?: number;
  readonly rowsPerSecond: number;
  /** Absent until there is something to judge by. */
  readonly secondsLeft?: number;
}

/** Reasons repeat; a broken file that invents them endlessly gets one for the rest. */
const MAX_REASONS = 50;

export interface Tally {
  stored(outcome: BatchOutcome): void;
  skip(line: number, reason: string): void;
  counts(): Pick<ImportReport, 'taken' | 'added' | 'updated' | 'unchanged' | 'skipped'>;
  reasons(): SkipReason[];
}

export function startTally(): Tally {
  const outcome = { added: 0, updated: 0, unchanged: 0 };
  let skipped = 0;
  const reasons = new Map<string, { count: number; firstLine: number }>();
  return {
    stored({ added, updated, unchanged }) {
      outcome.added += added;
      outcome.updated += updated;
      outcome.unchanged += unchanged;
    },
    skip(line, reason) {
      skipped += 1;
      const key = reasons.has(reason) || reasons.size < MAX_REASONS ? reason : 'something else is wrong';
      const known = reasons.get(key);
      if (known) known.count += 1;
      else reasons.set(key, { count: 1, firstLine: line });
    },
    counts: () => ({
      ...outcome,
      taken: outcome.added + outcome.updated + outcome.unchanged,
      skipped,
    }),
    reasons: () =>
      [...reasons].map(([reason, seen]) => ({ reason, ...seen })).sort((a, b) => b.count - a.count),
  };
}

/**
 * @param from bytes on disk that were passed over because an earlier run had stored them
 * @param seconds since those
 */
export function toProgress(
  at: { readonly lines: number; readonly bytesRead: number; readonly bytesTotal?: number },
  { taken, skipped }: { readonly taken: number; readonly skipped: number },
  { from, seconds }: { readonly from: number; readonly seconds: number },
): ImportProgress {
  const bytesPerSecond = seconds > 0 ? (at.bytesRead - from) / seconds : 0;
  return {
    ...at,
    taken,
    skipped,
    rowsPerSecond: seconds > 0 ? Math.round((taken + skipped) / seconds) : 0,
    ...(at.bytesTotal !== undefined &&
      bytesPerSecond > 0 && { secondsLeft: Math.ceil((at.bytesTotal - at.bytesRead) / bytesPerSecond) }),
  };
}
