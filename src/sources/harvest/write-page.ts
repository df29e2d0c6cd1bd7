/** Writes a page of a harvest to the store, in parts that do not hold up others who wait for the store. */
import type { PaperRecord } from '../../papers/paper.ts';
import type { PaperStore } from '../../papers/paper-store.ts';
import type { Clock } from '../../time/clock.ts';
import { type ImportCounts, sumCounts } from '../polling/job.ts';
import type { RecordPage } from './metadata-server.ts';

/** Papers per transaction, which takes 15 ms mostly (docs/decisions/harvest.md). */
const BATCH = 50;

interface WriteOptions {
  readonly papers: PaperStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export async function writePage(
  { records, deleted }: Pick<RecordPage, 'records' | 'deleted'>,
  { papers, clock, signal }: WriteOptions,
): Promise<ImportCounts> {
  const counts: ImportCounts[] = [];
  // The records are arXiv's own, whichever way they come.
  const context = { source: 'arxiv', at: clock.now().toISOString() } as const;
  const all = [...records, ...(await toWithdrawn(deleted, papers))];
  for (let from = 0; from < all.length; from += BATCH) {
    signal.throwIfAborted();
    counts.push(await papers.importBatch(all.slice(from, from + BATCH), context));
  }
  return sumCounts(counts);
}

/** A deleted paper stays with its saves and posts, and counts as withdrawn. */
async function toWithdrawn(deleted: RecordPage['deleted'], papers: PaperStore): Promise<PaperRecord[]> {
  if (deleted.length === 0) return [];
  const days = new Map(deleted.map(({ id, day }) => [id, day]));
  const stored = await papers.findMany([...days.keys()]);
  return stored.map(({ id, title, abstract, version, updated }) => ({
    ...{ id, title, abstract, withdrawn: true },
    ...(version !== undefined && { version }),
    ...(updated !== undefined && { updated }),
    withdrawnAt: `${days.get(id)}T00:00:00.000Z`,
  }));
}
