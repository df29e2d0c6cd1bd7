/** Renders a card for a terminal: numbered, aligned, wrapped to the width, with dim small print. Pure. */
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Block, Card, Entry, Field } from '../../chat/card.ts';
import { webUrl } from '../../chat/invisible.ts';
import { openPen, type Pen, type PenOptions } from './markup.ts';

interface RenderOptions extends PenOptions {
  /** Columns. */
  readonly width: number;
  /** Line above the card that explains the answer. */
  readonly note?: string;
  /** Line below the card with possible inputs. */
  readonly hint?: string;
}

/** Longer lines are hard to read, even in a wide window. */
const MEASURE = 100;
const NARROWEST = 10;
/** For a pseudo-terminal without a size, which reports 0. */
const UNKNOWN = 80;
/** Width from which a list has a right column, and the largest share of the line that it can take. */
const COLUMN_FROM = 60;
const COLUMN_SHARE = 0.35;
const GUTTER = 2;
/** Width from which field names have their own column. */
const FIELDS_FROM = 44;
const NAMES_SHARE = 0.4;
/** A fact of at most this many columns is not wrapped. */
const GLUED = 24;
const NO_BREAK = '\u00A0';

interface Page extends RenderOptions {
  readonly pen: Pen;
  readonly tone: Card['tone'];
  /** Columns of the entry numbers, including the space after them. */
  readonly numbers: number;
  /** Columns of the facts on the right of a list; 0 when they are below the titles. */
  readonly facts: number;
}

/** Returns lines no wider than `width`. Never throws; all escape sequences in the result are ours. */
export function renderCard(card: Card, options: RenderOptions): string {
  const columns = options.width > 0 ? options.width : UNKNOWN;
  const width = Math.max(NARROWEST, Math.min(columns, MEASURE));
  const pen = openPen(options);
  const entries = card.blocks.filter((block) => block.kind === 'entry');
  const listed = entries.filter((entry) => entry.number !== undefined);
  const numbers =
    listed.length === 0 ? 0 : Math.max(...listed.map(({ number }) => String(number).length)) + GUTTER;
  const page: Page = {
    ...options,
    width,
    pen,
    tone: card.tone,
    numbers,
    facts: factsColumn(listed, width, pen),
  };

  const sections = [
    options.note === undefined ? [] : wrap(pen.small(pen.plain(options.note)), width),
    heading(card, page),
    ...blockSections(card.blocks, page),
    [
      ...(card.footer === undefined ? [] : factLines(pen.small(pen.rich(card.footer)), width)),
      ...(options.hint === undefined ? [] : factLines(pen.small(pen.plain(options.hint)), width)),
    ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function heading({ title, url }: Card, page: Page): string[] {
  if (title === undefined) return [];
  return wrap(page.pen.link(toned(page, page.pen.bold(title)), url), page.width);
}

/**
 * Groups blocks with blank lines between groups. Short entries stay together; those with a body are separate.
 */
function blockSections(blocks: readonly Block[], page: Page): string[][] {
  const sections: string[][] = [];
  let previous: Block | undefined;
  for (const block of blocks) {
    const lines = blockLines(block, page);
    const close = previous?.kind === block.kind && !(block.kind === 'entry' && isTall(block));
    const last = sections.at(-1);
    if (close && last) last.push(...lines);
    else sections.push(lines);
    previous = block;
  }
  return sections;
}

function isTall(entry: Entry): boolean {
  return entry.body.length > 0 || entry.number === undefined;
}

function blockLines(block: Block, page: Page): string[] {
  const { pen, width } = page;
  switch (block.kind) {
    case 'text':
      return factLines(toned(page, pen.rich(block.text, true)), width);
    case 'entry':
      return block.number === undefined ? paperLines(block, page) : listLines(block, block.number, page);
    case 'fields':
      return block.fields.length === 0 ? [] : fieldLines(block.fields, page);
    case 'image':
      return wrap(pen.link(pen.small(pen.plain(`[${block.alt}]`)), block.url), width);
    case 'divider':
      return [pen.small('─'.repeat(Math.min(width, 24)))];
  }
}

/** Renders one paper at full width, without its thumbnail. */
function paperLines(entry: Entry, { pen, width, links }: Page): string[] {
  const address = links || entry.url === undefined ? undefined : webUrl(entry.url);
  return [
    ...wrap(pen.link(pen.bold(entry.title), entry.url), width),
    ...entry.meta.flatMap((line) => factLines(pen.small(pen.rich(line)), width)),
    ...(address === undefined ? [] : wrap(pen.small(address), width)),
    ...entry.body.flatMap((paragraph) => ['', ...wrap(pen.rich(paragraph), width)]),
  ];
}

function listLines(entry: Entry, number: number, { pen, width, numbers, facts }: Page): string[] {
  const room = width - numbers;
  const [first, ...others] = entry.meta;
  const titleRoom = facts === 0 ? room : room - facts - GUTTER;
  const title = wrap(pen.link(pen.bold(entry.title), entry.url), titleRoom);
  const aside = first === undefined || facts === 0 ? '' : pen.small(pen.rich(first));
  if (aside !== '')
    title[0] = `${title[0] ?? ''}${' '.repeat(room - stringWidth(title[0] ?? '') - stringWidth(aside))}${aside}`;
  const meta = facts === 0 ? entry.meta : others;
  const lines = [
    ...title,
    ...meta.flatMap((line) => factLines(pen.small(pen.rich(line)), room)),
    ...entry.body.flatMap((paragraph) => wrap(pen.rich(paragraph), room)),
  ];
  const label = `${String(number).padStart(numbers - GUTTER)}${' '.repeat(GUTTER)}`;
  return hang(lines, label);
}

/** Returns the width of the facts column, or 0 when the titles would not have enough room. */
function factsColumn(listed: readonly Entry[], width: number, pen: Pen): number {
  if (width < COLUMN_FROM) return 0;
  const widest = Math.max(0, ...listed.map(({ meta }) => stringWidth(pen.rich(meta[0] ?? []))));
  return widest <= width * COLUMN_SHARE ? widest : 0;
}

function fieldLines(fields: readonly Field[], { pen, width }: Page): string[] {
  const names = fields.map(({ name }) => pen.plain(name));
  const longest = Math.max(...names.map((name) => stringWidth(name)));
  const aside = width >= FIELDS_FROM && longest + GUTTER <= width * NAMES_SHARE;
  return fields.flatMap(({ value }, at) => {
    const name = names[at] ?? '';
    const written = pen.rich(value, true);
    if (!aside)
      return [...wrap(pen.small(name), width), ...hang(wrap(written, width - GUTTER), ' '.repeat(GUTTER))];
    const label = `${pen.small(name)}${' '.repeat(longest - stringWidth(name) + GUTTER)}`;
    return hang(wrap(written, width - longest - GUTTER), label);
  });
}

/** Puts the label before the first line and indents the others. */
function hang(lines: readonly string[], label: string): string[] {
  const indent = ' '.repeat(stringWidth(label));
  return lines.map((line, at) => ((at === 0 ? label : indent) + line).trimEnd());
}

function wrap(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(1, width), { hard: true })
    .split('\n')
    .map((line) => line.trimEnd());
}

/** Wraps `12 Jun 2017 · cs.CL · ▲ 128` between facts, not inside short ones. */
function factLines(written: string, width: number): string[] {
  const facts = written.split(' · ');
  if (facts.length === 1) return wrap(written, width);
  const glued = facts
    .map((fact) => (stringWidth(fact) <= Math.min(GLUED, width - 2) ? fact.replaceAll(' ', NO_BREAK) : fact))
    .join(`${NO_BREAK}· `);
  return wrap(glued, width).map((line) => line.replaceAll(NO_BREAK, ' '));
}

function toned({ pen, tone }: Page, written: string): string {
  if (tone === 'plain') return written;
  return tone === 'done' ? pen.done(written) : pen.problem(written);
}
