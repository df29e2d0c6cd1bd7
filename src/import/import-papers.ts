/** Takes a file of papers into the store: read, checked, stored in batches, and able to go on after an interruption. */
import { realpath } from 'node:fs/promises';
import type { PaperRecord } from '../papers/paper.ts';
import type { PaperStore } from '../papers/paper-store.ts';
import type { SourceName } from '../papers/source-names.ts';
import type { Clock, Day } from '../time/clock.ts';
import { type ImportProgress, startPace } from './import-progress.ts';
import { type ImportReport, startTally } from './import-report.ts';
import { fileKey, type ImportProgressStore } from './import-store.ts';
import { openPaperFile, type PaperFile } from './paper-file.ts';

export interface ImportRequest {
  /** `-` is standard input, which cannot be resumed. */
  readonly path: string;
  /** One of `FORM_NAMES`; recognised from the content when absent. */
  readonly format?: string;
  /** The list day of a saved answer that does not say. */
  readonly day?: Day;
  readonly papers: PaperStore;
  readonly progress: ImportProgressStore;
  readonly clock: Clock;
  /** Stops after the line that is being read; what was read until then is stored. */
  readonly signal?: AbortSignal;
  /** At most four times a second. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Records in one transaction. */
  readonly batchSize?: number;
}

/**
 * Holds the database for about 50 ms. Twice as many is no faster on 160,000 arXiv papers, half as many is a sixth slower, and
 * what is on its way between the threads counts in memory.
 */
const BATCH_SIZE = 500;

interface Batch {
  readonly records: readonly PaperRecord[];
  readonly source: SourceName;
  readonly lastLine: number;
}

/**
 * Running it again is harmless: a record that the store knows changes nothing.
 * @throws UserError when the file cannot be read as papers, or the database cannot be written; what was stored stays
 */
export async function importFile(request: ImportRequest): Promise<ImportReport> {
  const { path, format, day, progress, clock } = request;
  const file = await openPaperFile(path, {
    now: clock.now(),
    ...(format !== undefined && { format }),
    ...(day !== undefined && { day }),
  });
  try {
    const key =
      file.file &&
      fileKey({ path: await realpath(path), ...file.file, ...(format !== undefined && { format }) });
    const from = (key !== undefined && (await progress.find(key))) || 0;
    const report = await takeItems(request, file, key, from);
    if (key !== undefined && report.interruptedAt === undefined) await progress.forget(key);
    return report;
  } finally {
    await file.close();
  }
}

async function takeItems(
  { papers, progress, clock, signal, onProgress, batchSize = BATCH_SIZE }: ImportRequest,
  file: PaperFile,
  key: string | undefined,
  from: number,
): Promise<ImportReport> {
  const started = clock.now().getTime();
  const at = new Date(started).toISOString();
  const tally = startTally();
  const report = onProgress && startPace(clock, onProgress);
  const bytesTotal = file.file && { bytesTotal: file.file.bytes };

  async function store({ records, source, lastLine }: Batch): Promise<void> {
    tally.stored(await papers.importBatch(records, { source, at }));
    if (key !== undefined) await progress.remember(key, lastLine, clock.now().toISOString());
  }

  let lines = from;
  let interrupted = false;
  let records: PaperRecord[] = [];
  let source: SourceName = 'export';
  // One batch is stored while the next is read, never more: memory stays bounded when the store is the slower.
  let underWay: Promise<void> = Promise.resolve();
  async function send(): Promise<void> {
    await underWay;
    if (records.length > 0) underWay = store({ records, source, lastLine: lines });
    // Whoever awaits it next hears of a failure; until then Node must not take it for one that nobody handles.
    underWay.catch(() => {});
    records = [];
  }

  try {
    for await (const item of file.items(from)) {
      if (item.line > lines) {
        // Only between lines: progress is remembered in lines, and one of them can hold many papers.
        interrupted = signal?.aborted ?? false;
        if (interrupted) break;
        if (records.length >= batchSize) await send();
        lines = item.line;
      }
      if ('record' in item) records.push(item.record);
      else tally.skip(item.line, item.skipped);
      source = item.source;
      report?.({ lines, bytesRead: item.bytesRead, ...bytesTotal }, tally.counts);
    }
    await send();
    await underWay;
  } finally {
    // The store may be closed as soon as this is over.
    await Promise.allSettled([underWay]);
  }
  return {
    ...tally.counts(),
    reasons: tally.reasons(),
    lines,
    seconds: (clock.now().getTime() - started) / 1000,
    ...(from > 0 && { resumedFrom: from }),
    ...(interrupted && { interruptedAt: lines }),
  };
}
