/** Counts the results of an import while it runs, in bounded memory. */
import type { BatchOutcome } from '../papers/paper-store.ts';

export interface ImportReport {
  /** Records accepted by the store: added + updated + unchanged. */
  readonly taken: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  /** Reasons for skipped lines, the most frequent first. */
  readonly reasons: readonly SkipReason[];
  /** The last line read. */
  readonly lines: number;
  readonly seconds: number;
  /** The last line of an earlier, interrupted run. */
  readonly resumedFrom?: number;
  /** The last stored line, when this run was interrupted. */
  readonly interruptedAt?: number;
}

export interface SkipReason {
  /** Reads after "line 12: ". */
  readonly reason: string;
  readonly count: number;
  readonly firstLine: number;
}

/** Limit for a broken file that yields ever new reasons; the rest are counted under one. */
const MAX_REASONS = 50;

interface Tally {
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
      const key = reasons.has(reason) || reasons.size < MAX_REASONS ? reason : 'other problems';
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
