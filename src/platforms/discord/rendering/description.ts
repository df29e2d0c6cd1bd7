/** The body of a card as the description of an embed: as much of everything as there is room for. */
import type { Block, Entry, Field, RichText } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { shown, toMarkdown } from './markup.ts';

/** How much of the long texts is shown, in characters. */
interface Detail {
  readonly paragraph: number;
  readonly title: number;
}

/**
 * From all to nothing: the first that fits is taken. Sentences shorten first, as a list says most by its titles; then
 * titles; what does not fit even so is left out from the end.
 */
const DETAILS: readonly Detail[] = [
  ...[4096, 2800, 2000, 1400, 1000, 700, 500, 350, 240, 160, 100, 60, 0].map((paragraph) => ({
    paragraph,
    title: 1024,
  })),
  ...[512, 256, 160, 100].map((title) => ({ paragraph: 0, title })),
];
/** What a card says in words of its own is shortened no further. */
const OWN_WORDS = 300;
/** A line of facts. */
const FACTS = 500;
/** A name of at most so many characters, as of an option, has its value beside it. */
const SHORT_NAME = 12;

type Gap = '\n' | '\n\n';

/** A line or paragraph. */
interface Piece {
  /** What parts it from the piece before it. */
  readonly gap: Gap;
  /** What is left out when this does not fit, for the count. */
  readonly item?: Entry | Field;
  /** `''` when there is nothing to say. */
  readonly write: (detail: Detail) => string;
}

export interface Description {
  readonly text: string;
  /** Entries and fields that had no room. */
  readonly leftOut: ReadonlySet<Entry | Field>;
}

/**
 * @param lead the paper whose title is the embed's
 * @param room characters
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

/** The pieces up to the first that does not fit. */
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
      // The first one is the embed's, with its words; see `render.ts`.
      return [{ gap: '\n\n', write: () => toMarkdown([{ kind: 'link', ...imageLink(block) }], FACTS) }];
    case 'divider':
      // Sections stand apart as it is.
      return [];
  }
}

function imageLink({ url, alt }: { readonly url: string; readonly alt: string }) {
  return { url, text: shown(alt).trim() === '' ? 'Image' : alt };
}

/** A text that is bold as a whole is a heading: larger, with a space of its own above. */
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

/** `**1** [Title](url) · ▲ 128 (+41)`, with the sentences below. */
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

/** Entries without a sentence stand close together. */
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

/** What is small as a whole is Discord's small print. */
function paragraph(text: RichText, length: number): string {
  const isSmall = text.length > 0 && text.every((part) => typeof part !== 'string' && part.kind === 'dim');
  if (!isSmall) return toMarkdown(text, length);
  return small(
    text.map((part) => (typeof part === 'string' ? part : part.text)),
    length,
  );
}

/** Facts, in small print: they step back behind what the paper did. What is bold among them must be seen. */
function small(text: RichText, length: number): string {
  const line = toMarkdown(text, length);
  const loud = text.some((part) => typeof part !== 'string' && part.kind === 'bold');
  return line === '' || loud ? line : `-# ${line}`;
}
