/** Subcommand `import`: imports files of papers and shows the progress. */
import { setFlagsFromString } from 'node:v8';
import type { Stores } from '../../app/stores.ts';
import { type Config, parseConfig } from '../../config/config.ts';
import { readEnvironment } from '../../config/environment.ts';
import { isServed, lockIfFree } from '../../db/lock.ts';
import { type FIELD_NAMES, quoteKey } from '../../import/fields/field-names.ts';
import { importFile } from '../../import/import-papers.ts';
import type { ImportReport, SkipReason, UnreadKey, Wanted } from '../../import/import-report.ts';
import { updateWordIndex } from '../../search/word-index/keep-index.ts';
import { systemClock } from '../../time/clock.ts';
import { openProgress } from '../output/progress.ts';
import { count, duration } from '../output/words.ts';
import { interruption, say, withStores } from '../session.ts';

export interface ImportOptions {
  readonly form?: string;
  readonly day?: string;
}

/**
 * Lets each thread's space for new objects grow again, which `main.ts` keeps small: two threads pass on whole
 * papers and forget them, so they cleaned up seven times as often, in a quarter of the import's time. They
 * also clean up alone, because both cores are busy.
 */
const HEAP_FLAGS = ['--semi-space-growth-factor=2', '--no-parallel-scavenge'] as const;

/** Milliseconds after which a person wants to know what takes so long. */
const SLOW_MS = 1_000;

/**
 * Imports one file after the other. The first Ctrl-C stops after the current batch; the next run continues
 * there.
 */
export async function runImport(
  paths: readonly string[],
  { form: format, day }: ImportOptions,
): Promise<void> {
  for (const flag of HEAP_FLAGS) setFlagsFromString(flag);
  const environment = readEnvironment();
  const config = parseConfig(environment);
  const signal = interruption(environment);
  const importAll = async ({ papers, imports }: Pick<Stores, 'papers' | 'imports'>) => {
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
    await indexWords(config, signal);
  };
  // A bot would have to wait while a long journal is moved to the file.
  await withStores(config, importAll, { isForImport: !isServed(config.database.path) });
}

/** A running bot does this itself. */
async function indexWords({ database }: Config, signal: AbortSignal): Promise<void> {
  const lock = lockIfFree(database.path);
  if (!lock) return;
  const slow = setTimeout(() => say('Indexing words …'), SLOW_MS);
  try {
    await updateWordIndex(database, signal);
  } finally {
    clearTimeout(slow);
    lock.release();
  }
}

/**
 * Summary of an import: papers, skipped records and values and the reasons, each with its first line number,
 * and what the import did not find or not understand.
 */
export function importReportOf(path: string, report: ImportReport): string {
  const { taken, added, updated, unchanged, skipped, reasons, leftOut, seconds, resumedFrom, interruptedAt } =
    report;
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
    ...reasons.map(reasonLine),
    ...(leftOut.length > 0 ? ['  Imported without these values:'] : []),
    ...leftOut.map(reasonLine),
    ...missingLines(report),
    ...unreadLine(report.unread),
    ...(interruptedAt === undefined
      ? []
      : ['  Stopped before the end. Run the same command again to continue.']),
  ].join('\n');
}

function reasonLine({ reason, count: times, firstLine }: SkipReason): string {
  return `    line ${firstLine}${times > 1 ? ` and ${(times - 1).toLocaleString('en-GB')} more` : ''}: ${reason}`;
}

type FieldNameText = (typeof FIELD_NAMES)[keyof typeof FIELD_NAMES][number];

/** Some names of each; the guide has all. */
const FIELDS_OF = {
  date: { noun: 'a date', names: ['published', 'date', 'year', 'created_at', 'update_date'] },
  abstract: { noun: 'an abstract', names: ['abstract', 'summary', 'description'] },
  authors: { noun: 'authors', names: ['authors', 'author', 'creators'] },
  categories: { noun: 'categories', names: ['categories', 'primary_category', 'subjects', 'tags'] },
} as const satisfies Record<Wanted, { readonly noun: string; readonly names: readonly FieldNameText[] }>;

/** “No row had a date. The import reads …” */
function missingLines({ missing, resumedFrom, interruptedAt }: ImportReport): string[] {
  const rows =
    interruptedAt !== undefined
      ? 'No row so far'
      : resumedFrom !== undefined
        ? `No row after line ${resumedFrom.toLocaleString('en-GB')}`
        : 'No row';
  const lines = missing.map((wanted) => {
    const { noun, names } = FIELDS_OF[wanted];
    return `  ${rows} had ${noun}. The import reads ${names.map((name) => `\`${name}\``).join(', ')} and similar names.`;
  });
  if (lines.length === 0) return [];
  return [
    ...lines,
    '  If the file has this under another name, rename that key and import the file again. docs/guide/import.md lists all names.',
  ];
}

const SHOWN_KEYS = 10;

/** “Not read: `colour` (12 rows), `shelf` (3 rows) and 2 more keys.” */
function unreadLine(unread: readonly UnreadKey[]): string[] {
  if (unread.length === 0) return [];
  const shown = unread
    .slice(0, SHOWN_KEYS)
    .map(({ key, rows }) => `${quoteKey(key)} (${count(rows, 'row')})`);
  const more = unread.length - shown.length;
  return [`  Not read: ${shown.join(', ')}${more > 0 ? ` and ${count(more, 'more key')}` : ''}.`];
}
