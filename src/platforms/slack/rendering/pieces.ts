/** Splits the body of a card into pieces, each written at a given level of detail. */
import type { types } from '@slack/bolt';
import type { Block, Entry, Field, Inline, RichText } from '../../../chat/card.ts';
import { webUrl } from '../../../chat/invisible.ts';
import { HEADER_TEXT, IMAGE_ALT, IMAGE_URL } from './limits.ts';
import { plainText, shown, toElements, toPlain } from './markup.ts';

/** Limits for long texts, in characters. */
export interface Detail {
  readonly paragraph: number;
  readonly title: number;
}

/** A written piece: a line of text, a line of small print, or a whole block. */
export type FittedText =
  | { readonly kind: 'rich'; readonly elements: readonly types.RichTextElement[] }
  | { readonly kind: 'small'; readonly text: string }
  | { readonly kind: 'block'; readonly block: types.KnownBlock };

export interface Piece {
  /** True to join it to the previous piece. */
  readonly close: boolean;
  /** The item to count as dropped when this does not fit. */
  readonly item?: Entry | Field;
  /** Returns `undefined` when there is no visible text. */
  readonly write: (detail: Detail) => FittedText | undefined;
}

/** Minimum characters of a card's own text. */
const OWN_WORDS = 300;
/** Characters of a line of facts. */
const FACTS = 500;
/** Characters of a field name up to which the value is on the same line. */
const SHORT_NAME = 12;

/** Writes a title as a header, or in bold if it has a link, because headers cannot contain links. */
export function titlePiece(title: string, url: string | undefined): Piece {
  return {
    close: false,
    write: ({ title: length }) => {
      if (url === undefined && shown(title).trim().length <= HEADER_TEXT) {
        const text = toPlain([title], HEADER_TEXT);
        return text === '' ? undefined : block({ type: 'header', text: plainText(text) });
      }
      return rich(bold(toElements([linked(title, url)], length)));
    },
  };
}

/** Writes small print, such as "Saved to your list" above a paper. */
export function smallPiece(text: RichText, close = false): Piece {
  return { close, write: () => small(text) };
}

/** Writes the main paper of a card. */
export function leadPieces({ title, url, meta, body, image }: Entry): Piece[] {
  return [
    titlePiece(title, url),
    ...meta.map((line) => smallPiece(line, true)),
    ...body.map(
      (text): Piece => ({ close: false, write: ({ paragraph: length }) => paragraph(text, length) }),
    ),
    ...(image ? [imagePiece(image)] : []),
  ];
}

export function blockPieces(each: Block, at: number, blocks: readonly Block[]): Piece[] {
  const previous = blocks[at - 1];
  switch (each.kind) {
    case 'text': {
      const write = (detail: Detail) => paragraph(each.text, Math.max(detail.paragraph, OWN_WORDS));
      return [{ close: previous?.kind === 'text' && !isHeading(each), write }];
    }
    case 'entry':
      return entryPieces(each, previous?.kind === 'entry' && isBrief(each) && isBrief(previous));
    case 'fields':
      return each.fields.map((field, index) => fieldPiece(field, index > 0 || isHeading(previous)));
    case 'image':
      return [imagePiece(each)];
    case 'divider':
      return [{ close: false, write: () => block({ type: 'divider' }) }];
  }
}

function imagePiece({ url: address, alt }: { readonly url: string; readonly alt: string }): Piece {
  const url = webUrl(address);
  const write = () =>
    url === undefined || url.length > IMAGE_URL
      ? undefined
      : block({ type: 'image', image_url: url, alt_text: toPlain([alt], IMAGE_ALT) || 'Image' });
  return { close: false, write };
}

/** Writes **1** Title, linked · ▲ 128 (+41), with the sentences below. */
function entryPieces(entry: Entry, close: boolean): Piece[] {
  const [facts, ...moreFacts] = entry.meta;
  const first = ({ title: length }: Detail) => {
    const name = toElements([linked(entry.title, entry.url)], length);
    if (name.length === 0) return undefined;
    return rich([
      ...(entry.number === undefined ? [] : bold([{ type: 'text', text: `${entry.number}  ` }])),
      ...name,
      ...(facts === undefined ? [] : after('  ·  ', toElements(facts, FACTS))),
    ]);
  };
  return [
    { close, item: entry, write: first },
    ...moreFacts.map((line) => smallPiece(line, true)),
    ...entry.body.map(
      (text): Piece => ({ close: true, write: ({ paragraph: length }) => paragraph(text, length) }),
    ),
  ];
}

function fieldPiece(field: Field, close: boolean): Piece {
  const aside = shown(field.name).trim().length <= SHORT_NAME;
  return {
    close,
    item: field,
    write: (detail) =>
      rich([
        ...toElements([{ kind: 'bold', text: field.name }], OWN_WORDS),
        ...after(aside ? '  ·  ' : '\n', toElements(field.value, Math.max(detail.paragraph, OWN_WORDS))),
      ]),
  };
}

/** Entries without sentences are joined. */
function isBrief({ body }: Entry): boolean {
  return body.length === 0;
}

/** True for a text that is entirely bold. */
function isHeading(each: Block | undefined): boolean {
  if (each?.kind !== 'text') return false;
  const [first, ...others] = each.text;
  return others.length === 0 && typeof first === 'object' && first.kind === 'bold';
}

/** Writes a text that is entirely dim as small print. */
function paragraph(text: RichText, length: number): FittedText | undefined {
  const isSmall = text.length > 0 && text.every((part) => typeof part !== 'string' && part.kind === 'dim');
  return isSmall ? small(text) : rich(toElements(text, length));
}

/** Writes small print, or normal text if it contains other formatting, which small print cannot show. */
function small(text: RichText): FittedText | undefined {
  const isPlain = text.every(
    (part) => typeof part === 'string' || part.kind === 'dim' || part.kind === 'code',
  );
  if (!isPlain) return rich(toElements(text, FACTS));
  const words = toPlain(text, FACTS);
  return words === '' ? undefined : { kind: 'small', text: words };
}

function linked(text: string, url: string | undefined): Inline {
  return url === undefined ? text : { kind: 'link', text, url };
}

function rich(elements: readonly types.RichTextElement[]): FittedText | undefined {
  return elements.length === 0 ? undefined : { kind: 'rich', elements };
}

function block(made: types.KnownBlock): FittedText {
  return { kind: 'block', block: made };
}

function bold(elements: readonly types.RichTextElement[]): types.RichTextElement[] {
  return elements.map((element) => ({ ...element, style: { ...element.style, bold: true } }));
}

function after(mark: string, elements: readonly types.RichTextElement[]): types.RichTextElement[] {
  return elements.length === 0 ? [] : [{ type: 'text', text: mark }, ...elements];
}
