/** Papers of recorded daily lists, from the sample for a first start. */
import { join } from 'node:path';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { importFile } from '../../src/import/import-papers.ts';
import { openImportProgressStore } from '../../src/import/import-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { Clock } from '../../src/time/clock.ts';

const SAMPLE = join(import.meta.dirname, '../../data/sample/daily-papers.jsonl.gz');

export async function importRecorded(connection: DatabaseConnection, clock: Clock): Promise<void> {
  const papers = openPaperStore(connection);
  const progress = openImportProgressStore(connection);
  await importFile({ path: SAMPLE, papers, progress, clock });
}
