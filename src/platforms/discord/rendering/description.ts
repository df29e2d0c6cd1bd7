/** Renders the body of a card as the description of an embed, within the available space. */
import type { Block, Entry, Field, RichText } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { shown, toMarkdown } from './markup.ts';

/** Limits for long texts, in characters. */
interface Detail {
  readonly paragraph: number;
  readonly title: number;
}

/**
 * Levels of detail; the first that fits is used. Paragraphs are shortened first, then titles. After that,
 * items are dropped from the end.
 */
const DETAILS: readonly Detail[] = [
  ...[4096, 2800, 2000, 1400, 1000, 700, 500, 350, 240, 160, 100, 60, 0].map((paragraph) => ({
    paragraph,
    title: 1024,
  })),
  ...[512, 256, 160, 100].map((title) => ({ paragraph: 0, title })),
];
/** Minimum characters of a card's own text. */
const OWN_WORDS = 300;
/** Characters of a line of facts. */
const FACTS = 500;
/** Characters of a field name up to which the value is on the same line. */
const SHORT_NAME = 12;

type Gap = '\n' | '\n\n';

/** A line or paragraph. */
interface Piece {
  /** Separator from the previous piece. */
  readonly gap: Gap;
  /** The item to count as dropped when this does not fit. */
  readonly item?: Entry | Field;
  /** Returns `''` when there is no visible text. */
  readonly write: (detail: Detail) => string;
}

export interface Description {
  readonly text: string;
  /** Entries and fields that did not fit. */
  readonly leftOut: ReadonlySet<Entry | Field>;
}

/**
 * @param lead the paper whose title is the title of the embed
 * @param room maximum of characters
 */
export function describe(lead: Entry | undefined, blocks: readonly Block[], room: number): Description {
  const pieces = [...(lead ? leadPieces(lead) : []), ...blocks.flatMap(blockPieces)];
  for (const detail of DETAILS) {
    const { text, fitting } = join(pieces, detail, room);
    if (fitting === pieces.length) return { text, leftOut: new Set() };
  }
  const { text, fitting } = join(pieces, { paragraph: 0, title: 100 }, room);
  return { text, leftOut: new Set(pieces.slice(fitting).flatMap(({ item }) => item ?? [])) };
}

/** Writes pieces up to the first that does not fit. */
function join(
  pieces: readonly Piece[],
  detail: Detail,
  room: number,
): { readonly text: string; readonly fitting: number } {
  let text = '';
  for (const [fitting, piece] of pieces.entries()) {
    const written = piece.write(detail);
    if (written === '') continue;
    const next = text === '' ? written : text + piece.gap + written;
    if (next.length > room) return { text, fitting };
    text = next;
  }
  return { text, fitting: pieces.length };
}

function leadPieces({ meta, body }: Entry): Piece[] {
  return [
    ...meta.map((line): Piece => ({ gap: '\n', write: () => small(line, FACTS) })),
    ...body.map(
      (text): Piece => ({ gap: '\n\n', write: ({ paragraph: length }) => paragraph(text, length) }),
    ),
  ];
}

function blockPieces(block: Block, at: number, blocks: readonly Block[]): Piece[] {
  const previous = blocks[at - 1];
  switch (block.kind) {
    case 'text':
      return [textPiece(block.text, previous?.kind === 'text' ? '\n' : '\n\n')];
    case 'entry':
      return entryPieces(block, previous !== undefined && isBrief(block) && isBriefEntry(previous));
    case 'fields':
      return block.fields.map((field, index) => fieldPiece(field, index > 0 || isHeading(previous)));
    case 'image':
      // The first image is part of the embed, see `render.ts`.
      return [{ gap: '\n\n', write: () => toMarkdown([{ kind: 'link', ...imageLink(block) }], FACTS) }];
    case 'divider':
      // Sections are separated already.
      return [];
  }
}

function imageLink({ url, alt }: { readonly url: string; readonly alt: string }) {
  return { url, text: shown(alt).trim() === '' ? 'Image' : alt };
}

/** Writes a text that is entirely bold as a heading. */
function textPiece(text: RichText, gap: Gap): Piece {
  const heading = headingOf(text);
  if (heading !== undefined) return { gap: '\n', write: () => `### ${toMarkdown([heading], OWN_WORDS)}` };
  return { gap, write: (detail) => paragraph(text, Math.max(detail.paragraph, OWN_WORDS)) };
}

function isHeading(block: Block | undefined): boolean {
  return block?.kind === 'text' && headingOf(block.text) !== undefined;
}

function headingOf([first, ...others]: RichText): string | undefined {
  if (first === undefined || typeof first === 'string' || others.length > 0) return undefined;
  return first.kind === 'bold' && shown(first.text).trim() !== '' ? first.text : undefined;
}

/** Writes `**1** [Title](url) · ▲ 128 (+41)`, with the sentences below. */
function entryPieces(entry: Entry, close: boolean): Piece[] {
  const { number, title, url, body } = entry;
  const [facts, ...moreFacts] = entry.meta;
  const line = ({ title: length }: Detail): RichText => {
    const name = clip(shown(title).trim(), length);
    return [
      ...(number === undefined ? [] : [{ kind: 'bold' as const, text: String(number) }, ' ']),
      url === undefined ? name : { kind: 'link', text: name, url },
      ...(facts === undefined ? [] : [' · ', ...facts]),
    ];
  };
  return [
    { gap: close ? '\n' : '\n\n', item: entry, write: (detail) => toMarkdown(line(detail), Infinity) },
    ...moreFacts.map((more): Piece => ({ gap: '\n', write: () => small(more, FACTS) })),
    ...body.map((text): Piece => ({ gap: '\n', write: ({ paragraph: length }) => paragraph(text, length) })),
  ];
}

/** Entries without sentences are joined. */
function isBrief({ body }: Entry): boolean {
  return body.length === 0;
}

function isBriefEntry(block: Block): boolean {
  return block.kind === 'entry' && isBrief(block);
}

function fieldPiece(field: Field, close: boolean): Piece {
  const aside = shown(field.name).trim().length <= SHORT_NAME;
  return {
    gap: close ? '\n' : '\n\n',
    item: field,
    write: (detail) =>
      [
        toMarkdown([{ kind: 'bold', text: field.name }], OWN_WORDS),
        toMarkdown(field.value, Math.max(detail.paragraph, OWN_WORDS)),
      ]
        .filter((part) => part !== '')
        .join(aside ? ' · ' : '\n'),
  };
}

/** Writes a text that is entirely dim as small print. */
function paragraph(text: RichText, length: number): string {
  const isSmall = text.length > 0 && text.every((part) => typeof part !== 'string' && part.kind === 'dim');
  if (!isSmall) return toMarkdown(text, length);
  return small(
    text.map((part) => (typeof part === 'string' ? part : part.text)),
    length,
  );
}

/** Writes facts as small print, unless they contain bold text. */
function small(text: RichText, length: number): string {
  const line = toMarkdown(text, length);
  const loud = text.some((part) => typeof part !== 'string' && part.kind === 'bold');
  return line === '' || loud ? line : `-# ${line}`;
}
