/** Papers in the database. */
import type { Day } from '../clock.ts';
import type { Appearance, Paper, PaperRecord, SourceName, VoteSnapshot } from './paper.ts';

export interface BatchContext {
  readonly source: SourceName;
  /** When the source said so: an ISO 8601 instant. */
  readonly at: string;
}

export interface BatchOutcome {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
}

export interface StoreCounts {
  readonly papers: number;
  /** Papers with an abstract. */
  readonly listDays: number;
  readonly saves: number;
  readonly newestList?: { readonly day: Day; readonly papers: number };
  /** First and last day of publication. */
  readonly published?: { readonly from: string; readonly to: string };
  readonly topCategories: ReadonlyArray<{ readonly category: string; readonly papers: number }>;
}

export interface RandomFilter {
  readonly category?: string;
  readonly minVotes?: number;
  readonly since?: Day;
}

export interface PaperHistory {
  readonly appearances: readonly Appearance[];
  readonly snapshots: readonly VoteSnapshot[];
}

/** A slice of the whole store in the order of arrival, for exports. */
export interface ExportSlice {
  readonly records: readonly PaperRecord[];
  /** Where the next slice begins; absent after the last. */
  readonly next?: number;
}

export interface PaperStore {
  /** Validated records in one transaction: merges each with what other sources said of the same paper. */
  importBatch(records: readonly PaperRecord[], context: BatchContext): Promise<BatchOutcome>;
  /** By id, or by an id that the paper had before. */
  find(id: string): Promise<Paper | undefined>;
  /** In the order asked; unknown ids are left out. */
  findMany(ids: readonly string[]): Promise<Paper[]>;
  findByTitle(title: string): Promise<Paper[]>;
  history(id: string): Promise<PaperHistory>;
  random(filter: RandomFilter): Promise<Paper | undefined>;
  counts(): Promise<StoreCounts>;
  exportSlice(from: number, limit: number): Promise<ExportSlice>;
}
