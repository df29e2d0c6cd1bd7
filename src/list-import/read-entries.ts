/** Reads what people paste: bibliographies, or lines with ids, links, DOIs and titles. */
import { messageOf, parsedOrNothing, UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import { findDoi } from '../import/fields/identifiers.ts';
import type { ParsedRecord } from '../import/fields/record-schema.ts';
import { looksLikeBibtex } from '../import/formats/bibtex/read-bibtex.ts';
import { looksLikeRis } from '../import/formats/ris.ts';
import { openPaperBytes } from '../import/paper-file.ts';
import { startYielding } from '../import/reading/yield-to-event-loop.ts';
import type { PaperRecord } from '../papers/paper.ts';
import type { SourceName } from '../papers/source-names.ts';
import { findPaperReferences, parsePaperReference } from '../text/ids.ts';
import { type ImportedFile, LONGEST_TEXT, MOST_ENTRIES } from './list-import.ts';

interface Placed {
  readonly line: number;
  /** As it was written, shortened. */
  readonly text: string;
}

export type TextEntry = Placed &
  (
    | { readonly kind: 'reference'; readonly id: string }
    | { readonly kind: 'doi'; readonly doi: string }
    | { readonly kind: 'title'; readonly title: string }
    | {
        readonly kind: 'record';
        readonly record: PaperRecord;
        readonly source: SourceName;
        /** What could not be read of it. */
        readonly leftOut: readonly string[];
      }
    | { readonly kind: 'fault'; readonly reason: string }
  );

/** Characters of an entry that a message repeats. */
const SHOWN = 80;
/** Characters of a citation. */
const LONGEST_CITATION = 1_000;
/** Characters that are searched for ids at once. */
const LONGEST_PART = 10_000;
const BIBLIOGRAPHY = /\.(?:bib|bibtex|ris|json|jsonl)$/i;
const NO_TEXT =
  'is no text. Send a .bib, .ris or .json file, or a text file with one ID, link or title in each line.';
const FENCE = /^[^\S\r\n]*```[\w-]*[^\S\r\n]*$/gm;
const BULLET = /^\s*(?:[-*+•·>▪‣–—]+\s+|\(?\d{1,3}[.):]\s+|\[\d{1,3}\]\s+)+/u;
const ADDRESS = /https?:\/\/[^\s<>"]+/giu;
/** `2406.01574v2`, with the signs that stand around it in a list. */
const BARE_ID = /(?<![\p{L}\p{N}./-])\d{4}\.\d{3,8}(?:v\d{1,3})?(?![\p{L}\p{N}]|\.\d)/giu;
/** A tag of RIS within a line, where a chat has replaced line breaks by spaces. */
const RIS_TAG = /\s+(?=[A-Z][A-Z0-9] {1,2}- ?)/g;

/** @throws UserError for a text that is too long, has too many entries, or is not text */
export async function readEntries(text: string | ImportedFile, now: Date): Promise<TextEntry[]> {
  const length = typeof text === 'string' ? Buffer.byteLength(text) : text.content.length;
  if (length > LONGEST_TEXT) throw new UserError(whyTooLong(length));
  const entries: TextEntry[] = [];
  for await (const entry of typeof text === 'string' ? readText(text, now) : readFile(text, now)) {
    entries.push(entry);
    if (entries.length > MOST_ENTRIES) throw new UserError(TOO_MANY);
  }
  return entries;
}

function readText(text: string, now: Date): AsyncIterable<TextEntry> {
  const bibliography = toBibliography(text);
  if (bibliography === undefined) return readLines(text);
  return readRecords({ name: 'This text', content: Buffer.from(bibliography) }, now);
}

/** The ending tells bibliographies, which can be in any encoding, from lists in plain text. */
function readFile(file: ImportedFile, now: Date): AsyncIterable<TextEntry> {
  if (BIBLIOGRAPHY.test(file.name)) return readRecords(file, now);
  if (file.content.includes(0)) throw new UserError(`${clip(file.name, SHOWN)} ${NO_TEXT}`);
  return readText(file.content.toString('utf8').replace(/^\uFEFF/, ''), now);
}

/** The text in a form that the formats of files read; `undefined` for lines. */
function toBibliography(plain: string): string | undefined {
  const text = plain.replace(FENCE, '');
  if (looksLikeRis(text)) return text.trim().includes('\n') ? text : text.replace(RIS_TAG, '\n');
  // A slash command of Discord has one line, so entries follow each other in it.
  if (looksLikeBibtex(text)) return text.replace(/(?<=\})[^\S\r\n]+(?=@[A-Za-z]+\s*\{)/g, '\n');
  return /^\s*(?:\[\s*)?\{\s*"/.test(text) ? text : undefined;
}

async function* readRecords({ name, content }: ImportedFile, now: Date): AsyncGenerator<TextEntry> {
  const file = await openPaperBytes(name, content, { now });
  try {
    for await (const item of file.items()) yield toEntry(item);
  } finally {
    await file.close();
  }
}

function toEntry(item: ParsedRecord & { readonly line: number; readonly source: SourceName }): TextEntry {
  const { line, source } = item;
  if ('skipped' in item) return { kind: 'fault', line, text: '', reason: item.skipped };
  const { record, read } = item;
  return {
    kind: 'record',
    line,
    text: clip(record.title, SHOWN),
    record,
    source,
    leftOut: read?.leftOut ?? [],
  };
}

async function* readLines(plain: string): AsyncGenerator<TextEntry> {
  const seen = new Set<string>();
  const yielding = startYielding();
  const lines = plain.replace(FENCE, '').split(/\r\n|\r|\n/);
  for (const [at, written] of lines.entries()) {
    for (const part of partsOf(written)) {
      if (yielding.due()) await yielding.give();
      for (const entry of readLine(part, at + 1)) {
        const key = entry.kind === 'reference' ? entry.id : `${entry.kind} ${entry.text}`;
        if (!seen.has(key)) yield entry;
        seen.add(key);
      }
    }
  }
}

/** Parts of a very long line, which end between words. */
function* partsOf(line: string): Generator<string> {
  for (let from = 0; from < line.length; ) {
    const most = from + LONGEST_PART;
    const space = most < line.length ? line.lastIndexOf(' ', most) : line.length;
    const to = space > from ? space : most;
    yield line.slice(from, to);
    from = to;
  }
}

function readLine(written: string, line: number): TextEntry[] {
  const text = written.replace(BULLET, '').trim();
  const shown = clip(text, SHOWN);
  const references = new Map(findPaperReferences(text).map(({ id }) => [id, id]));
  const wrong: TextEntry[] = [];
  for (const [bare] of withoutAddresses(text).matchAll(BARE_ID)) {
    try {
      const id = parsePaperReference(bare)?.id;
      if (id !== undefined) references.set(id, id);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      wrong.push({ kind: 'fault', line, text: bare, reason: messageOf(error) });
    }
  }
  const named = [...references.keys()].map((id): TextEntry => ({ kind: 'reference', line, text: shown, id }));
  if (named.length + wrong.length > 0) return [...named, ...wrong];
  const alone = parsedOrNothing(() => parsePaperReference(text));
  if (alone) return [{ kind: 'reference', line, text: shown, id: alone.id }];
  const dois = text.split(/[\s,;]+/).flatMap((word) => findDoi(word) ?? []);
  if (dois.length > 0) return dois.map((doi) => ({ kind: 'doi', line, text: doi, doi }));
  const addresses = text.match(ADDRESS) ?? [];
  if (addresses.length > 0)
    return addresses.map((address) => ({
      kind: 'fault',
      line,
      text: clip(address, SHOWN),
      reason: NO_PAPER,
    }));
  // A heading: “Papers of this week:”.
  if (!/\p{L}{2}/u.test(text) || text.endsWith(':')) return [];
  if (text.length > LONGEST_CITATION) return [{ kind: 'fault', line, text: shown, reason: TOO_LONG }];
  return [{ kind: 'title', line, text: shown, title: text.replace(/^["“”„]|["“”]$/gu, '') }];
}

function withoutAddresses(text: string): string {
  return text.replace(ADDRESS, ' ');
}

const TOO_LONG = 'this is too long for a title. Put each paper in a line of its own';
const NO_PAPER = 'this link is to no paper that the bot knows. Paste its arXiv ID, DOI or title';

const TOO_MANY = `That has more than ${MOST_ENTRIES.toLocaleString('en')} entries. Import it in parts; nothing was saved yet.`;

export function whyTooLong(bytes: number): string {
  const megabytes = (length: number) => String(Math.ceil((10 * length) / 1024 / 1024) / 10);
  return `That has ${megabytes(bytes)} MB, and the limit is ${megabytes(LONGEST_TEXT)} MB. Import it in parts; nothing was saved yet.`;
}
