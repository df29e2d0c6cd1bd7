/** Fills an empty database with sample papers, so that a first start has something to search. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from '../../app/app.ts';
import type { ImportRequest } from '../../import/import-papers.ts';
import type { ImportReport } from '../../import/import-report.ts';
import { systemClock } from '../../time/clock.ts';
import { count, duration } from '../output/words.ts';
import { say } from '../session.ts';

/** Resolved by the package's `imports`, because the compiled program is one folder deeper than its source. */
const SAMPLE = fileURLToPath(new URL('.', import.meta.resolve('#sample/daily-papers.jsonl.gz')));

/** Longer than loading takes, on the database that several processes share. */
const LOADED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 250;

export async function fillWhenEmpty({ stores, sharedWork }: App): Promise<void> {
  const { papers, imports, paces } = stores;
  const isEmpty = async () => (await papers.counts()).papers === 0;
  if (!(await isEmpty())) return;
  if (sharedWork.team && (await paces.book('sample papers', LOADED_WITHIN_MS)) > 0) {
    say('First start: another process is loading the sample papers.');
    const until = systemClock.elapsed() + LOADED_WITHIN_MS;
    while ((await isEmpty()) && systemClock.elapsed() < until) await systemClock.sleep(LOOK_EVERY_MS);
    return;
  }
  say('First start: loading the sample papers.');
  const { openProgress } = await import('../output/progress.ts');
  const progress = openProgress('sample', process.stderr.isTTY);
  const { added, seconds } = await loadSample({
    folder: SAMPLE,
    papers,
    progress: imports,
    clock: systemClock,
    onProgress: progress.update,
  });
  progress.stop();
  say(`Loaded ${count(added, 'paper')} in ${duration(seconds)}.`);
}

// Loading the sample.

/** The seed page comes first; the daily lists then add votes, and the arXiv file adds categories. */
const FILES = ['seed-papers.jsonl', 'daily-papers.jsonl.gz', 'arxiv-categories.jsonl.gz'] as const;

type SampleRequest = Omit<ImportRequest, 'path' | 'format' | 'day'> & {
  /** `data/sample` of the project. */
  readonly folder: string;
};

type SampleReport = Pick<ImportReport, 'taken' | 'added' | 'updated' | 'unchanged' | 'skipped' | 'seconds'>;

/** Idempotent. */
export async function loadSample({ folder, ...request }: SampleRequest): Promise<SampleReport> {
  const sum = { taken: 0, added: 0, updated: 0, unchanged: 0, skipped: 0, seconds: 0 };
  // Only a first start loads it.
  const { importFile } = await import('../../import/import-papers.ts');
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
