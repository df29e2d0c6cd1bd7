/** The papers that a first start loads, so that there is something to search before any source has answered. */
import { join } from 'node:path';
import { type ImportRequest, importFile } from './import-papers.ts';
import type { ImportReport } from './import-report.ts';

/** The seed page first: the daily lists then add votes to the papers that both hold, and arXiv their categories. */
const FILES = ['seed-papers.jsonl', 'daily-papers.jsonl.gz', 'arxiv-categories.jsonl.gz'] as const;

type SampleRequest = Omit<ImportRequest, 'path' | 'format' | 'day'> & {
  /** `data/sample` of the project. */
  readonly folder: string;
};

type SampleReport = Pick<ImportReport, 'taken' | 'added' | 'updated' | 'unchanged' | 'skipped' | 'seconds'>;

/** Harmless over a database that holds it already. */
export async function loadSample({ folder, ...request }: SampleRequest): Promise<SampleReport> {
  const sum = { taken: 0, added: 0, updated: 0, unchanged: 0, skipped: 0, seconds: 0 };
  for (const name of FILES) {
    const report = await importFile({ ...request, path: join(folder, name) });
    sum.taken += report.taken;
    sum.added += report.added;
    sum.updated += report.updated;
    sum.unchanged += report.unchanged;
    sum.skipped += report.skipped;
    sum.seconds += report.seconds;
  }
  return sum;
}
