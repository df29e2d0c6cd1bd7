/** Exports papers slice by slice, in constant memory. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { PaperStore } from '../papers/paper-store.ts';
import type { ExportFormat } from './export-formats.ts';
import type { ExportRecord } from './export-record.ts';
import { toBibtex } from './to-bibtex.ts';
import { toCsl } from './to-csl.ts';
import { csvHead, toCsv } from './to-csv.ts';
import { toMarkdown } from './to-markdown.ts';
import { toRis } from './to-ris.ts';

interface ExportRequest {
  /** `everyPaper(papers)`, or any other records. */
  readonly slices: AsyncIterable<readonly ExportRecord[]>;
  readonly format: ExportFormat;
  /** Called in order; each call waits for the one before. */
  write(text: string): Promise<void> | void;
}

/** Records formatted before yielding to the event loop: about 5 ms for BibTeX, the slowest format. */
const PIECE = 25;

interface Shape {
  readonly open: string;
  readonly between: string;
  readonly close: string;
  format(records: readonly ExportRecord[]): string;
}

const flat = { open: '', between: '', close: '' };
const SHAPES: Readonly<Record<ExportFormat, Shape>> = {
  // Our own format, which can be imported again; `record-schema.ts` defines it.
  jsonl: { ...flat, format: toExportRecord },
  bibtex: { ...flat, format: toBibtex },
  ris: { ...flat, format: toRis },
  'csl-json': {
    open: '[\n',
    between: ',\n',
    close: '\n]\n',
    format: (records) => records.map((record) => JSON.stringify(toCsl(record))).join(',\n'),
  },
  markdown: { ...flat, format: toMarkdown },
  csv: { ...flat, open: csvHead(), format: toCsv },
};

function toExportRecord(records: readonly ExportRecord[]): string {
  const withoutEmpty = (_: string, value: unknown) =>
    Array.isArray(value) && value.length === 0 ? undefined : value;
  return records.map((record) => `${JSON.stringify(record, withoutEmpty)}\n`).join('');
}

/** @returns the number of papers written */
export async function exportPapers({ slices, format, write }: ExportRequest): Promise<number> {
  const shape = SHAPES[format];
  let written = 0;
  await write(shape.open);
  for await (const slice of slices) {
    for (let start = 0; start < slice.length; start += PIECE) {
      const piece = slice.slice(start, start + PIECE);
      await write((written > 0 ? shape.between : '') + shape.format(piece));
      written += piece.length;
      await yieldToEventLoop();
    }
  }
  await write(shape.close);
  return written;
}

/** All papers, in the order in which they were added. */
export async function* everyPaper(
  papers: PaperStore,
  sliceSize = 200,
): AsyncGenerator<readonly ExportRecord[]> {
  let from: number | undefined = 0;
  while (from !== undefined) {
    const { records, next } = await papers.exportSlice(from, sliceSize);
    yield records;
    from = next;
  }
}
