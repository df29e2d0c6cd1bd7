/** Counts the results of an import while it runs, in bounded memory. */
import type { PaperRecord } from '../papers/paper.ts';
import type { BatchOutcome } from '../papers/paper-writer-store.ts';
import { LONGEST_KEY } from './fields/field-names.ts';
import type { RowReading } from './fields/record-schema.ts';

export interface ImportReport {
  /** Records accepted by the store: added + updated + unchanged. */
  readonly taken: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  /** Reasons for skipped lines, the most frequent first. */
  readonly reasons: readonly SkipReason[];
  /** Values that could not be read, of rows that were imported without them; the most frequent first. */
  readonly leftOut: readonly SkipReason[];
  /** Keys that no field has as its name, the most frequent first. */
  readonly unread: readonly UnreadKey[];
  /** What no row had; empty for formats that are not read by the names of fields. */
  readonly missing: readonly Wanted[];
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

export interface UnreadKey {
  readonly key: string;
  /** Rows in which it has a value. */
  readonly rows: number;
}

/** What a file of papers is expected to have in at least one row. */
export type Wanted = 'date' | 'abstract' | 'authors' | 'categories';

/** Limit for a broken file that yields ever new reasons; the rest are counted under one. */
const MAX_REASONS = 50;
/** Limit for a broken file that yields ever new keys; the rest are not counted. */
const MAX_KEYS = 500;

interface Tally {
  stored(outcome: BatchOutcome): void;
  skip(line: number, reason: string): void;
  /** @param read absent for formats that are not read by the names of fields */
  took(line: number, record: PaperRecord, read: RowReading | undefined): void;
  counts(): Pick<ImportReport, 'taken' | 'added' | 'updated' | 'unchanged' | 'skipped'>;
  findings(): Pick<ImportReport, 'reasons' | 'leftOut' | 'unread' | 'missing'>;
}

export function startTally(): Tally {
  const outcome = { added: 0, updated: 0, unchanged: 0 };
  let skipped = 0;
  const reasons = countReasons();
  const leftOut = countReasons();
  const unread = new Map<string, number>();
  let missing: readonly Wanted[] | undefined;
  return {
    stored({ added, updated, unchanged }) {
      outcome.added += added;
      outcome.updated += updated;
      outcome.unchanged += unchanged;
    },
    skip(line, reason) {
      skipped += 1;
      reasons.add(line, reason);
    },
    took(line, record, read) {
      if (!read) return;
      for (const key of read.unread) {
        const counted = key.length <= LONGEST_KEY ? key : `a key of more than ${LONGEST_KEY} characters`;
        const rows = unread.get(counted) ?? 0;
        if (rows > 0 || unread.size < MAX_KEYS) unread.set(counted, rows + 1);
      }
      for (const reason of read.leftOut) leftOut.add(line, reason);
      if (read.hasFixedNames) return;
      missing ??= Object.keys(HAS) as Wanted[];
      if (missing.length > 0) missing = missing.filter((wanted) => !HAS[wanted](record));
    },
    counts: () => ({
      ...outcome,
      taken: outcome.added + outcome.updated + outcome.unchanged,
      skipped,
    }),
    findings: () => ({
      reasons: reasons.list(),
      leftOut: leftOut.list(),
      unread: [...unread].map(([key, rows]) => ({ key, rows })).sort((a, b) => b.rows - a.rows),
      missing: missing ?? [],
    }),
  };
}

const HAS: Readonly<Record<Wanted, (record: PaperRecord) => boolean>> = {
  date: ({ published, updated }) => published !== undefined || updated !== undefined,
  abstract: ({ abstract }) => abstract !== '',
  authors: ({ authors = [] }) => authors.length > 0,
  categories: ({ categories = [] }) => categories.length > 0,
};

function countReasons() {
  const reasons = new Map<string, { count: number; firstLine: number }>();
  return {
    add(line: number, reason: string): void {
      const key = reasons.has(reason) || reasons.size < MAX_REASONS ? reason : 'other problems';
      const known = reasons.get(key);
      if (known) known.count += 1;
      else reasons.set(key, { count: 1, firstLine: line });
    },
    list: (): SkipReason[] =>
      [...reasons].map(([reason, seen]) => ({ reason, ...seen })).sort((a, b) => b.count - a.count),
  };
}
