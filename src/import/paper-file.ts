/** Opens a file of papers, detects its format, and reads it item by item in bounded memory. */

import { UserError } from '../base/errors.ts';
import type { Day } from '../time/clock.ts';
import { looksLikeBibtex, readBibtex } from './formats/bibtex/read-bibtex.ts';
import type { ParsedRow, Reading } from './formats/format.ts';
import { BIBTEX, PAPERS_PAGE, RIS } from './formats/format-names.ts';
import { checkFormat, namedFields, recogniseRow, unknownFormat } from './formats/known-formats.ts';
import { readPage } from './formats/papers-page.ts';
import { readRows } from './formats/read-rows.ts';
import { looksLikeRis, readRis } from './formats/ris.ts';
import { type ByteSource, openBytes } from './reading/byte-source.ts';
import { findRows } from './reading/find-list.ts';
import { readJsonArray } from './reading/json-rows.ts';
import type { Headed } from './reading/sniff-format.ts';
import { readHead, whyNotText } from './reading/sniff-format.ts';
import { fromUtf16, utf16In } from './reading/text-encoding.ts';
import { MAX_LINE, splitLines } from './reading/text-lines.ts';

/** `bytesRead` counts bytes on disk. The reason of a skipped line reads well after "line 12: ". */
export type FileItem = ParsedRow & { readonly bytesRead: number };

export interface PaperFile {
  readonly name: string;
  /** Absent for standard input. */
  readonly file?: { readonly bytes: number; readonly modified: Date };
  /**
   * Can be called once. `line` counts from 1; lines up to `from` are skipped.
   * @throws UserError when the format is unknown
   */
  items(from?: number): AsyncGenerator<FileItem, void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** One of `FORMAT_NAMES`; detected from the content when absent. */
  readonly format?: string;
  /** The list day of a saved response that does not contain one. */
  readonly day?: Day;
  /** Time of the vote counts when the file has no modification time. */
  readonly now: Date;
}

/** Bytes needed to distinguish a web page, JSON and text. */
const HEAD = 4096;
const CHUNK = 64 * 1024;

/** @throws UserError for a file that cannot be opened, is empty or is not text, and for an unknown format */
export async function openPaperFile(path: string, options: OpenOptions): Promise<PaperFile> {
  if (options.format !== undefined) checkFormat(options.format);
  return openPapers(await openBytes(path), options);
}

/**
 * Opens papers that are in memory, which are never unpacked.
 * @param name for messages
 * @throws UserError as `openPaperFile`
 */
export function openPaperBytes(name: string, content: Buffer, options: OpenOptions): Promise<PaperFile> {
  async function* chunks(): AsyncGenerator<Buffer> {
    // In parts, as a file is read, so that parsers let other tasks run in between.
    for (let at = 0; at < content.length; at += CHUNK) yield content.subarray(at, at + CHUNK);
  }
  const source: ByteSource = {
    name,
    chunks: chunks(),
    bytesRead: () => content.length,
    fault: () => undefined,
    close: async () => {},
  };
  return openPapers(source, options);
}

async function openPapers(bytes: ByteSource, { format, day, now }: OpenOptions): Promise<PaperFile> {
  try {
    const headed = await readTextHead(bytes.chunks);
    if (headed.head.length === 0) throw new UserError(whyEmpty(bytes));
    const problem = whyNotText(headed.head);
    if (problem !== undefined) throw unknownFormat(bytes.name, problem);
    const context = {
      savedAt: (bytes.file?.modified ?? now).toISOString(),
      ...(day !== undefined && { day }),
    };
    return {
      name: bytes.name,
      ...(bytes.file && { file: bytes.file }),
      items: (from = 0) =>
        withBytes(
          bytes,
          readFile(headed, { name: bytes.name, ...(format !== undefined && { format }), context, from }),
        ),
      close: bytes.close,
    };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function readTextHead(chunks: AsyncIterable<Buffer>): Promise<Headed> {
  const headed = await readHead(chunks, HEAD);
  const utf16 = utf16In(headed.head);
  return utf16 === undefined ? headed : readHead(fromUtf16(headed.whole, utf16), HEAD);
}

function readFile({ head, whole }: Headed, reading: Reading): AsyncGenerator<ParsedRow> {
  const start = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (reading.format === BIBTEX) return readBibtex(whole, reading);
  if (reading.format === RIS) return readRis(whole, reading);
  if (reading.format !== PAPERS_PAGE) {
    if (start.startsWith('[')) return readRows(readJsonArray(whole), reading);
    if (start.startsWith('{')) return readObjects(whole, reading);
    if (reading.format !== undefined) return readRows(splitLines(whole), reading);
  }
  if (reading.format === undefined) {
    const ending = /\.(bib|ris)(?:\.gz)?$/i.exec(reading.name)?.[1]?.toLowerCase();
    if (looksLikeRis(start) || ending === 'ris') return readRis(whole, reading);
    if (looksLikeBibtex(start) || ending === 'bib') return readBibtex(whole, reading);
  }
  return readPage(whole, reading);
}

/** JSON lines, or one object with a list of rows in it. */
async function* readObjects(chunks: AsyncIterable<Buffer>, reading: Reading): AsyncGenerator<ParsedRow> {
  const line = await readHead(chunks, MAX_LINE, (part) => part.includes('\n'));
  if (isJson(firstLineOf(line.head))) return yield* readRows(splitLines(line.whole), reading);
  const { head, whole } = await readHead(line.whole, MAX_LINE);
  const isNamed = (value: unknown) => recogniseRow(value) !== undefined;
  const path = await findRows(head, head.length < MAX_LINE, isNamed, (value) => {
    const format = recogniseRow(value);
    return format !== undefined && format !== namedFields;
  });
  yield* readRows(path === undefined ? splitLines(whole) : readJsonArray(whole, path), reading);
}

function firstLineOf(head: Buffer): string {
  const end = head.indexOf('\n');
  return head
    .subarray(0, end === -1 ? head.length : end)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Adds the number of bytes read and the reason why the file ends early, and closes the file. */
async function* withBytes(
  bytes: ByteSource,
  parsedRecords: AsyncIterable<ParsedRow>,
): AsyncGenerator<FileItem> {
  let last: FileItem | undefined;
  try {
    for await (const one of parsedRecords) {
      last = { ...one, bytesRead: bytes.bytesRead() };
      yield last;
    }
    const fault = bytes.fault();
    if (fault !== undefined && last) {
      yield { line: last.line + 1, skipped: fault, source: last.source, bytesRead: bytes.bytesRead() };
    }
  } finally {
    await bytes.close();
  }
}

function whyEmpty(bytes: ByteSource): string {
  const fault = bytes.fault();
  return `${bytes.name} is empty${fault === undefined ? '' : `: ${fault}`}. There is nothing to import.`;
}
