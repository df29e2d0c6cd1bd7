/** Subcommand `import`: imports files of papers and shows the progress. */

import { parseConfig, readEnvironment } from '../../config/config.ts';
import { importFile } from '../../import/import-papers.ts';
import type { ImportReport } from '../../import/import-report.ts';
import { systemClock } from '../../time/clock.ts';
import { openProgress } from '../output/progress.ts';
import { count, duration } from '../output/words.ts';
import { interruption, say, withStores } from '../session.ts';

export interface ImportOptions {
  readonly form?: string;
  readonly day?: string;
}

/**
 * Imports one file after the other. The first Ctrl-C stops after the current batch; the next run continues
 * there.
 */
export async function runImport(
  paths: readonly string[],
  { form: format, day }: ImportOptions,
): Promise<void> {
  const environment = readEnvironment();
  const config = parseConfig(environment);
  const signal = interruption(environment);
  await withStores(config, async ({ papers, imports }) => {
    for (const path of paths) {
      if (signal.aborted) break;
      const display = openProgress(path, process.stderr.isTTY);
      try {
        const report = await importFile({
          path,
          papers,
          progress: imports,
          clock: systemClock,
          signal,
          onProgress: display.update,
          ...(format !== undefined && { format }),
          ...(day !== undefined && { day }),
        });
        display.stop();
        say(importReportOf(path, report));
      } finally {
        display.stop();
      }
    }
  });
}

/** Summary of an import: papers, skipped records and the reasons, each with its first line number. */
export function importReportOf(path: string, report: ImportReport): string {
  const { taken, added, updated, unchanged, skipped, reasons, seconds, resumedFrom, interruptedAt } = report;
  const made = [
    ...(added > 0 ? [`${added.toLocaleString('en-GB')} new`] : []),
    ...(updated > 0 ? [`${updated.toLocaleString('en-GB')} updated`] : []),
    ...(unchanged > 0 ? [`${unchanged.toLocaleString('en-GB')} unchanged`] : []),
  ].join(', ');
  return [
    `${path}: ${count(taken, 'paper')}${made && ` (${made})`} in ${duration(seconds)}.`,
    ...(resumedFrom === undefined
      ? []
      : [`  Continued after line ${resumedFrom.toLocaleString('en-GB')}, where the last run stopped.`]),
    ...(skipped > 0 ? [`  Skipped ${count(skipped, 'record')}:`] : []),
    ...reasons.map(
      ({ reason, count: times, firstLine }) =>
        `    line ${firstLine}${times > 1 ? ` and ${times - 1} more` : ''}: ${reason}`,
    ),
    ...(interruptedAt === undefined
      ? []
      : ['  Stopped before the end. Run the same command again to continue.']),
  ].join('\n');
}
