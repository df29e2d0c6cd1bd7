/** A pasted papers page to papers. */
import { isUtf8 } from 'node:buffer';
import { MAX_LINE } from '../reading/text-lines.ts';
import type { ParsedRow, Reading } from './format.ts';
import { unknownFormat } from './known-formats.ts';
import { readPapersPage } from './papers-page.ts';

/** @throws UserError for text that no title and abstract in turn are in, unless it was called a papers page */
export async function* readPage(
  chunks: AsyncIterable<Buffer>,
  { name, format, from }: Reading,
): AsyncGenerator<ParsedRow> {
  const text = await readText(chunks, name);
  const { records, skipped, hasBanner } = readPapersPage(text);
  if (format === undefined && !hasBanner && records.length <= skipped.length) {
    throw unknownFormat(name, 'it is not JSON, and titles with abstracts in turn are not in it');
  }
  const source = 'papers-page' as const;
  const parsedRecords: ParsedRow[] = [
    ...records.map(({ line, record }) => ({ line, record, source })),
    ...skipped.map(({ line, reason }) => ({ line, skipped: reason, source })),
  ];
  yield* parsedRecords.filter(({ line }) => line > from).sort((a, b) => a.line - b.line);
}

async function readText(chunks: AsyncIterable<Buffer>, name: string): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_LINE) throw unknownFormat(name, 'it is not JSON, and too long for a papers page');
    parts.push(chunk);
  }
  const text = Buffer.concat(parts);
  if (!isUtf8(text)) throw unknownFormat(name, 'it is not UTF-8 text');
  return text.toString('utf8').replace(/^\uFEFF/, '');
}
