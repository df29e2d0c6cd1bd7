/** Parses the text of a Hugging Face Papers page: a banner, then alternating titles and abstracts. */

import { isUtf8 } from 'node:buffer';
import type { PaperRecord } from '../../papers/paper.ts';
import { withoutMarks } from '../../text/author-marks.ts';
import { toCredits } from '../../text/authors.ts';
import { cleanList } from '../../text/clean.ts';
import { splitAtGroups } from '../../text/group-lists.ts';
import type { ArxivId } from '../../text/ids.ts';
import { type ParsedRecord, titled } from '../fields/record-schema.ts';
import { MAX_LINE } from '../reading/text-lines.ts';
import type { ParsedRow, Reading } from './format.ts';
import { unknownFormat } from './known-formats.ts';
import { isBanner, isFurniture, tidyLine, withoutSubmitters } from './page-furniture.ts';

interface PapersPage {
  /** In page order. `line` is the line of the title, counted from 1. */
  readonly records: ReadonlyArray<{ readonly line: number; readonly record: PaperRecord }>;
  readonly skipped: ReadonlyArray<{ readonly line: number; readonly reason: string }>;
  /** True when the text contains the site's own banner. */
  readonly hasBanner: boolean;
}

/** Characters. The longest of 80,000 arXiv titles has 226. */
const LONGEST_TITLE = 250;
/** Characters. Fewer than one arXiv abstract in 10,000 is shorter. */
const SHORTEST_ABSTRACT = 150;

/** One name of at least two words, as in `Ada Lovelace, Alan Turing and Grace M. Hopper`. */
const NAME =
  /^(?:\p{Lu}[\p{L}'’.-]*|d[aeiu]|de[lr]|la|le|van|von|bin|al)(?: (?:\p{Lu}[\p{L}'’.-]*|d[aeiu]|de[lr]|la|le|van|von|bin|al)){1,4}\*?$/u;
/** Other words for a group occur in titles. */
const COLLABORATION = /\b(?:collaboration|consortium)\b/i;
const AUTHORS = /^authors?\s?:\s*/i;

interface Block {
  readonly line: number;
  readonly text: string;
  readonly isHeading?: boolean;
  readonly reference?: ArxivId;
}

export function readPapersPage(text: string): PapersPage {
  const lines = withoutSubmitters(text.split(/\r\n|\r|\n/).map(tidyLine));
  const blocks = splitBlocks(lines.map((line) => (isBanner(line.text) ? { text: '' } : line)));
  const told = pairBlocks(blocks.filter((block) => !isFurniture(block.text)));
  return {
    records: told.flatMap((paper) => ('record' in paper ? [paper] : [])),
    skipped: told.flatMap((paper) =>
      'skipped' in paper ? [{ line: paper.line, reason: paper.skipped }] : [],
    ),
    hasBanner: lines.some((line) => isBanner(line.text)),
  };
}

function pairBlocks(blocks: readonly Block[]): Array<ParsedRecord & { readonly line: number }> {
  const told: Array<ParsedRecord & { readonly line: number }> = [];
  let title: Block | undefined;
  let authors: string[] = [];
  const letGo = () => {
    if (title && !title.isHeading) told.push({ line: title.line, skipped: 'a title has no abstract' });
    title = undefined;
    authors = [];
  };
  for (const block of blocks) {
    // A text between the two lengths is an abstract when a title precedes it, otherwise a title.
    const isAbstract = block.text.length > (title ? SHORTEST_ABSTRACT : LONGEST_TITLE);
    const names = title ? namesIn(block.text) : [];
    if (names.length > 0) {
      authors = names;
    } else if (!isAbstract) {
      letGo();
      title = block;
    } else if (title) {
      const { text, line, reference } = title;
      told.push({
        line,
        ...titled({ ...reference, title: text, abstract: block.text, ...toCredits(authors) }),
      });
      title = undefined;
      authors = [];
    } else {
      told.push({ line: block.line, skipped: 'an abstract has no title' });
    }
  }
  letGo();
  return told;
}

/** Returns an empty list when the text is not a list of names. */
function namesIn(text: string): string[] {
  const isLabelled = AUTHORS.test(text);
  const listed = withoutMarks(text.replace(AUTHORS, ''));
  const around = isLabelled || COLLABORATION.test(listed) ? splitAtGroups(listed) : undefined;
  if (around && (isLabelled || around.length > 2 || /\p{Lu}\./u.test(listed))) return cleanList(around);
  const names = listed
    .split(/,\s*(?:and\s)?|;\s*|\sand\s|\s[&·•|]\s/)
    .map((name) => name.trim())
    .filter((name) => name !== '' && !/^(?:et al\.?|…|\.\.\.)$/.test(name));
  if (isLabelled) return cleanList(names);
  return names.length > 1 && names.every((name) => name.length <= 60 && NAME.test(name))
    ? cleanList(names)
    : [];
}

/**
 * Splits the page into paragraphs. Headings, and lines long enough to be abstracts, are paragraphs of their
 * own, for pages that lost their blank lines.
 */
function splitBlocks(lines: readonly Omit<Block, 'line'>[]): Block[] {
  const blocks: Block[] = [];
  let paragraph: Block[] = [];
  const close = () => {
    if (paragraph.reduce((length, { text }) => length + text.length, 0) <= LONGEST_TITLE) {
      while (isFurniture(paragraph[0]?.text ?? 'a title')) paragraph.shift();
      while (isFurniture(paragraph.at(-1)?.text ?? 'a title')) paragraph.pop();
    }
    const holdsAbstract = paragraph.some((line) => line.text.length > SHORTEST_ABSTRACT);
    if (holdsAbstract) blocks.push(...paragraph);
    else {
      // Names below a title are a block of their own.
      const names = paragraph.findIndex(({ text }, at) => at > 0 && namesIn(text).length > 0);
      const parts = names < 0 ? [paragraph] : [paragraph.slice(0, names), paragraph.slice(names)];
      for (const [first, ...more] of parts) {
        if (first) blocks.push({ ...first, text: [first, ...more].map((line) => line.text).join(' ') });
      }
    }
    paragraph = [];
  };
  for (const [index, line] of lines.entries()) {
    if (line.text === '' || line.isHeading) close();
    if (line.text !== '') paragraph.push({ ...line, line: index + 1 });
    if (line.isHeading) close();
  }
  close();
  return blocks;
}

/** @throws UserError for text without titles and abstracts, unless the user named the papers page format */
export async function* readPage(
  chunks: AsyncIterable<Buffer>,
  { name, format, from }: Reading,
): AsyncGenerator<ParsedRow> {
  const text = await readText(chunks, name);
  const { records, skipped, hasBanner } = readPapersPage(text);
  if (format === undefined && !hasBanner && records.length <= skipped.length) {
    throw unknownFormat(name, 'it is neither JSON nor a list of titles with abstracts');
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
