/** Renders the body of a card as the description of an embed, and shortens it to fit. */
import type { Block, Entry, Field, RichText } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { shown, toMarkdown } from './markup.ts';

/** Maximum lengths of long texts, in characters. */
interface Detail {
  readonly paragraph: number;
  readonly title: number;
}

/**
 * From longest to shortest. The first that fits is used. Paragraphs shorten before titles, which matter most
 * in a list. If even the shortest does not fit, the last blocks are left out.
 */
const DETAILS: readonly Detail[] = [
  ...[4096, 2800, 2000, 1400, 1000, 700, 500, 350, 240, 160, 100, 60, 0].map((paragraph) => ({
    paragraph,
    title: 1024,
  })),
  ...[512, 256, 160, 100].map((title) => ({ paragraph: 0, title })),
];
/** Minimum length for the card's own text, as opposed to text from papers. */
const OWN_WORDS = 300;
/** Maximum length of a line of facts. */
const FACTS = 500;
/** Names up to this length have their value on the same line. */
const SHORT_NAME = 12;

type Gap = '\n' | '\n\n';

/** A line or paragraph. */
interface Piece {
  /** Separates it from the piece before. */
  readonly gap: Gap;
  /** Counted as left out if this does not fit. */
  readonly item?: Entry | Field;
  /** Empty if there is nothing to show. */
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

/** Joins the pieces up to the first that does not fit. */
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
      // A further image: the embed shows the first one itself, see `render.ts`.
      return [{ gap: '\n\n', write: () => toMarkdown([{ kind: 'link', ...imageLink(block) }], FACTS) }];
    case 'divider':
      // Sections already have space between them.
      return [];
  }
}

function imageLink({ url, alt }: { readonly url: string; readonly alt: string }) {
  return { url, text: shown(alt).trim() === '' ? 'Image' : alt };
}

/** An entirely bold text becomes a heading, which Discord shows larger and with space above. */
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

/** Renders `**1** [Title](url) · ▲ 128 (+41)`, with the text below. */
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

/** True for entries without text, which have no blank line between them. */
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

/** An entirely dim text becomes small print. */
function paragraph(text: RichText, length: number): string {
  const isSmall = text.length > 0 && text.every((part) => typeof part !== 'string' && part.kind === 'dim');
  if (!isSmall) return toMarkdown(text, length);
  return small(
    text.map((part) => (typeof part === 'string' ? part : part.text)),
    length,
  );
}

/** Renders facts in small print, unless something among them is bold and must stand out. */
function small(text: RichText, length: number): string {
  const line = toMarkdown(text, length);
  const loud = text.some((part) => typeof part !== 'string' && part.kind === 'bold');
  return line === '' || loud ? line : `-# ${line}`;
}
