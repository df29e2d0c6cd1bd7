/** A card as a Slack message: its blocks, and the text that notifications and screen readers read. Pure, and total. */
import type { types } from '@slack/bolt';
import type { Card, Entry } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { toPlainText } from '../../../chat/plain.ts';
import { BUTTON_BLOCKS, BUTTONS_TOTAL, buttonsOf } from './buttons.ts';
import { layOut, type Space } from './layout.ts';
import { BLOCKS_TOTAL, MESSAGE_BLOCKS, MESSAGE_TEXT } from './limits.ts';
import { escapeText, isPersonId, plainText, toPlain } from './markup.ts';
import { blockPieces, leadPieces, type Piece, smallPiece, titlePiece } from './pieces.ts';

export interface RenderedBlocks {
  readonly blocks: readonly types.KnownBlock[];
  /** Lines that a button cannot hold, by the key that it holds instead: to be stored before the message is sent. */
  readonly lines: ReadonlyMap<string, string>;
}

export interface Rendered extends RenderedBlocks {
  /** Escaped, and never empty. To be sent with `mrkdwn: false` and `parse: 'none'`, as it is letters and nothing else. */
  readonly text: string;
}

/** What a card says that says nothing: Slack refuses an empty message. */
const NAME = 'Paperboy';
/** Room for ` · 10,000 more did not fit`. */
const LEFT_OUT = 40;
const FOOTER = 600;
const ASKED_BY = 'asked-by.';
/** The line that names who asked. Display names have at most 80 characters. */
const ASKED_BY_LENGTH = 90;
const NAME_LENGTH = 80;
/** Stands for a person without a known name. */
const UNNAMED = 'Somebody';

const MESSAGE: Space = { blocks: MESSAGE_BLOCKS - 1, characters: BLOCKS_TOTAL - ASKED_BY_LENGTH };

const whole = new Intl.NumberFormat('en-GB');

export function renderCard(card: Card): Rendered {
  return { ...cardBlocks(card, MESSAGE), text: fallbackText(card) };
}

/** @param firstButton the first ordinal of its buttons, where a view holds several cards */
export function cardBlocks(card: Card, room: Space, firstButton = 0): RenderedBlocks {
  const words = toPlain(card.footer ?? [], FOOTER);
  const { blocks, leftOut } = layOut(piecesOf(card), {
    blocks: room.blocks - BUTTON_BLOCKS - 1,
    characters: room.characters - BUTTONS_TOTAL - words.length - LEFT_OUT,
  });
  const missing = leftOut.size === 0 ? '' : `${whole.format(leftOut.size)} more did not fit`;
  const footer = [words, missing].filter(Boolean).join(' · ');
  const seen = card.blocks.filter((block) => block.kind === 'entry').filter((entry) => !leftOut.has(entry));
  const buttons = buttonsOf(card, seen, firstButton);
  return {
    blocks: [
      ...(blocks.length > 0 ? blocks : [nothing()]),
      ...(footer === '' ? [] : [context(plainText(footer))]),
      ...buttons.blocks,
    ],
    lines: buttons.lines,
  };
}

export interface Requester {
  /** Their id. */
  readonly person: string;
  readonly name: string | undefined;
}

/**
 * The answer with the one who asked above it: a channel sees the answer of a command, never the command. The name is plain
 * text, because a mention would notify them of every answer.
 */
export function publicly(rendered: Rendered, { person, name = '' }: Requester): Rendered {
  if (!isPersonId(person)) return rendered;
  const words = `${toPlain([name], NAME_LENGTH) || UNNAMED} asked`;
  const line = { ...context(plainText(words)), block_id: `${ASKED_BY}${person}` };
  return { ...rendered, blocks: [line, ...rendered.blocks] };
}

/** Who asked for a message: whose page it is. `undefined` for what nobody asked for. */
export function requesterOf(blocks: readonly { readonly block_id?: string }[]): string | undefined {
  const id = blocks.find(({ block_id }) => block_id?.startsWith(ASKED_BY))?.block_id;
  return id?.slice(ASKED_BY.length);
}

/** What stands in a card, as letters. Slack's three signs are escaped, so that the text begins no form of its own. */
export function fallbackText(card: Card): string {
  const text = toPlainText(beginningOf(card));
  let length = MESSAGE_TEXT;
  for (;;) {
    const escaped = escapeText(clip(text, length));
    if (escaped.length <= MESSAGE_TEXT) return escaped;
    // A character takes at most five, so that a fifth of what is too much is never more than that.
    length -= Math.ceil((escaped.length - MESSAGE_TEXT) / 5);
  }
}

/** As much of a card as its text can hold, so that no card is slow. */
function beginningOf({ actions: _, ...card }: Card): Card {
  const blocks = card.blocks.slice(0, MESSAGE_TEXT / 10);
  const words = { ...card, blocks: blocks.map((block) => ({ ...block, actions: [] })) };
  const shortened = JSON.stringify(words, (_key, value: unknown) =>
    typeof value === 'string' ? value.slice(0, MESSAGE_TEXT) : value,
  );
  return JSON.parse(shortened) as Card;
}

function piecesOf(card: Card): Piece[] {
  const [first, ...others] = card.blocks;
  if (first?.kind !== 'entry' || first.number !== undefined) {
    return [
      ...(card.title === undefined ? [] : [titlePiece(card.title, card.url)]),
      ...card.blocks.flatMap(blockPieces),
    ];
  }
  return [
    ...(card.title === undefined ? [] : [smallPiece([card.title])]),
    ...leadPieces(first),
    ...others.flatMap(blockPieces),
  ];
}

function nothing(): types.KnownBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: NAME }] }],
  };
}

function context(element: types.ContextBlockElement): types.ContextBlock {
  return { type: 'context', elements: [element] };
}

// What stands under a pasted link to a paper: its card in small.

/** The message is somebody else's: title, facts and one sentence, and what can be done with the paper. */
const SPACE: Space = { blocks: BUTTON_BLOCKS + 8, characters: BUTTONS_TOTAL + 1_500 };

/**
 * For `chat.unfurl`, under the address that was pasted.
 * @param card of one paper, such as `/papers show` gives; `undefined` for a card of none
 */
export function toUnfurl(card: Card): RenderedBlocks | undefined {
  const [entry] = card.blocks.filter((block): block is Entry => block.kind === 'entry');
  if (entry === undefined || entry.number !== undefined) return undefined;
  const small: Entry = { ...entry, body: entry.body.slice(0, 1) };
  return cardBlocks({ tone: 'plain', blocks: [small] }, SPACE);
}
