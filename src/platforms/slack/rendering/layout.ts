/** Lays out pieces as blocks within the available space. */
import type { types } from '@slack/bolt';
import type { Entry, Field } from '../../../chat/card.ts';
import { TEXT_OBJECT } from './limits.ts';
import { plainText } from './markup.ts';
import type { Detail, FittedText, Piece } from './pieces.ts';

export interface Space {
  readonly blocks: number;
  /** Characters of texts and URLs. */
  readonly characters: number;
}

export interface Layout {
  readonly blocks: readonly types.KnownBlock[];
  /** Entries and fields that did not fit. */
  readonly leftOut: ReadonlySet<Entry | Field>;
}

/**
 * Levels of detail; the first that fits is used. Paragraphs are shortened first, then titles. After that,
 * items are dropped from the end.
 */
const DETAILS: readonly Detail[] = [
  ...[2900, 2000, 1400, 1000, 700, 500, 350, 240, 160, 100, 60, 0].map((paragraph) => ({
    paragraph,
    title: 1024,
  })),
  ...[512, 256, 160, 100].map((title) => ({ paragraph: 0, title })),
];
const LEAST: Detail = { paragraph: 0, title: 100 };

export function layOut(pieces: readonly Piece[], room: Space): Layout {
  for (const detail of DETAILS) {
    const { blocks, fitting } = join(pieces, detail, room);
    if (fitting === pieces.length) return { blocks, leftOut: new Set() };
  }
  const { blocks, fitting } = join(pieces, LEAST, room);
  return { blocks, leftOut: new Set(pieces.slice(fitting).flatMap(({ item }) => item ?? [])) };
}

/** Counts a block's characters towards the total of a message: its text and, to be safe, its URLs. */
export function charactersIn(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, each) => sum + charactersIn(each), 0);
  if (typeof node !== 'object' || node === null) return 0;
  return Object.entries(node).reduce(
    (sum, [key, value]) =>
      sum + (typeof value === 'string' && COUNTED.has(key) ? value.length : charactersIn(value)),
    0,
  );
}

const COUNTED: ReadonlySet<string> = new Set(['text', 'url', 'image_url', 'alt_text', 'value', 'channel_id']);

/** Writes pieces up to the first that does not fit. */
function join(pieces: readonly Piece[], detail: Detail, room: Space) {
  const blocks: types.KnownBlock[] = [];
  let characters = 0;
  for (const [fitting, piece] of pieces.entries()) {
    const written = piece.write(detail);
    if (written === undefined) continue;
    // Including the line break before it.
    characters += charactersIn(written) + 1;
    if (characters > room.characters) return { blocks: framed(blocks), fitting };
    const longer = piece.close ? joined(blocks.at(-1), written) : undefined;
    if (longer) blocks[blocks.length - 1] = longer;
    else if (blocks.length < room.blocks) blocks.push(toBlock(written));
    else return { blocks: framed(blocks), fitting };
  }
  return { blocks: framed(blocks), fitting: pieces.length };
}

function toBlock(written: FittedText): types.KnownBlock {
  switch (written.kind) {
    case 'rich':
      return {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [...written.elements] }],
      };
    case 'small':
      return { type: 'context', elements: [plainText(written.text)] };
    case 'block':
      return written.block;
  }
}

/** Appends a line to a block; `undefined` when their kinds differ or the result would be too long. */
function joined(block: types.KnownBlock | undefined, written: FittedText): types.KnownBlock | undefined {
  if (block === undefined || charactersIn(block) + charactersIn(written) >= TEXT_OBJECT) return undefined;
  if (block.type === 'rich_text' && written.kind === 'rich') {
    const [section] = block.elements;
    if (section?.type !== 'rich_text_section') return undefined;
    const elements = [...section.elements, { type: 'text' as const, text: '\n' }, ...written.elements];
    return { ...block, elements: [{ ...section, elements }] };
  }
  if (block.type === 'context' && written.kind === 'small') {
    const [line] = block.elements;
    return line?.type === 'plain_text'
      ? { ...block, elements: [plainText(`${line.text}\n${written.text}`)] }
      : undefined;
  }
  return undefined;
}

/** Removes dividers that are not between other blocks. */
function framed(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  return blocks.filter(
    ({ type }, at) =>
      type !== 'divider' || (at > 0 && at < blocks.length - 1 && blocks[at + 1]?.type !== 'divider'),
  );
}
