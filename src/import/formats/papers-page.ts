/** A Hugging Face Papers page, pasted or scraped as text: a banner, then titles and abstracts in turn. */

import { isUtf8 } from 'node:buffer';
import type { PaperRecord } from '../../papers/paper.ts';
import { MAX_LINE } from '../reading/text-lines.ts';
import type { ParsedRow, Reading } from './format.ts';
import { unknownFormat } from './known-formats.ts';
import { type ParsedRecord, titled } from './record-schema.ts';

interface PapersPage {
  /** In the page's order; `line` counts from 1 and is the title's. */
  readonly records: ReadonlyArray<{ readonly line: number; readonly record: PaperRecord }>;
  readonly skipped: ReadonlyArray<{ readonly line: number; readonly reason: string }>;
  /** True when the page's own words say what it is. */
  readonly hasBanner: boolean;
}

/** Characters. Of 80,000 arXiv titles the longest has 226. */
const LONGEST_TITLE = 250;
/** Characters. Fewer than one arXiv abstract in 10,000 is shorter. */
const SHORTEST_ABSTRACT = 150;

const BANNER = [
  /^new$/i,
  /^get trending papers in your email inbox!?$/i,
  /^subscribe$/i,
  /^by\s*AK and the research community$/i,
  /^(daily|trending) papers$/i,
];
/** What stands between papers on the page: dates, counts, buttons. */
const FURNITURE = [
  /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(, \d{4})?$/i,
  /^(submitted by|published on|upvote|view all)\b.{0,40}$/i,
  /^[·•]?\s*[\d.,]+k?\s*(authors?|comments?|votes?|upvotes?)?$/i,
  /^(previous|next)$/i,
  /^[^\p{L}]*$/u,
];

interface Block {
  readonly line: number;
  readonly text: string;
}

export function readPapersPage(text: string): PapersPage {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replace(/\s+/g, ' ').trim());
  const blocks = splitBlocks(lines.map((line) => (isBanner(line) ? '' : line)));
  const told = pairBlocks(blocks.filter((block) => !FURNITURE.some((words) => words.test(block.text))));
  return {
    records: told.flatMap((paper) => ('record' in paper ? [paper] : [])),
    skipped: told.flatMap((paper) =>
      'skipped' in paper ? [{ line: paper.line, reason: paper.skipped }] : [],
    ),
    hasBanner: lines.some(isBanner),
  };
}

function isBanner(line: string): boolean {
  return BANNER.some((words) => words.test(line));
}

function pairBlocks(blocks: readonly Block[]): Array<ParsedRecord & { readonly line: number }> {
  const told: Array<ParsedRecord & { readonly line: number }> = [];
  let title: Block | undefined;
  const letGo = () => {
    if (title) told.push({ line: title.line, skipped: 'a title has no abstract' });
    title = undefined;
  };
  for (const block of blocks) {
    // Between the two lengths only the turn tells an abstract from a title.
    const isAbstract = block.text.length > (title ? SHORTEST_ABSTRACT : LONGEST_TITLE);
    if (!isAbstract) {
      letGo();
      title = block;
    } else if (title) {
      told.push({ line: title.line, ...titled({ title: title.text, abstract: block.text }) });
      title = undefined;
    } else {
      told.push({ line: block.line, skipped: 'an abstract has no title' });
    }
  }
  letGo();
  return told;
}

/** Paragraphs; a line that could be an abstract is a paragraph of its own, for pages that lost their blank lines. */
function splitBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let paragraph: Block[] = [];
  const close = () => {
    const [first] = paragraph;
    const holdsAbstract = paragraph.some((line) => line.text.length > SHORTEST_ABSTRACT);
    if (holdsAbstract) blocks.push(...paragraph);
    else if (first) blocks.push({ line: first.line, text: paragraph.map((line) => line.text).join(' ') });
    paragraph = [];
  };
  for (const [index, text] of lines.entries()) {
    if (text === '') close();
    else paragraph.push({ line: index + 1, text });
  }
  close();
  return blocks;
}

// A pasted papers page to papers.

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
