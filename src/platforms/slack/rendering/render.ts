/**
 * Renders a card as a Slack message: blocks, and fallback text for notifications and screen readers. Pure;
 * never throws.
 */
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
  /** Lines that do not fit into a button, by key. Must be stored before the message is sent. */
  readonly lines: ReadonlyMap<string, string>;
}

export interface Rendered extends RenderedBlocks {
  /**
   * Escaped and never empty. Must be sent with `mrkdwn: false` and `parse: 'none'`, because it has no markup.
   */
  readonly text: string;
}

/** Text of an empty card, because Slack rejects empty messages. */
const NAME = 'Paperboy';
/** Characters for ` · 10,000 more did not fit`. */
const LEFT_OUT = 40;
const FOOTER = 600;
const ASKED_BY = 'asked-by.';
/** The line that names who asked. Display names have at most 80 characters. */
const ASKED_BY_LENGTH = 90;
const NAME_LENGTH = 80;
/** Stands for a person without a known name. */
const UNNAMED = 'Someone';

const MESSAGE: Space = { blocks: MESSAGE_BLOCKS - 1, characters: BLOCKS_TOTAL - ASKED_BY_LENGTH };

const whole = new Intl.NumberFormat('en-GB');

export function renderCard(card: Card): Rendered {
  return { ...cardBlocks(card, MESSAGE), text: fallbackText(card) };
}

/** @param firstButton first ordinal of its buttons, for a view with several cards */
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
 * Adds a line with the requester's name, because a channel sees the answer of a command but not the command.
 * The name is plain text, because a mention would notify them of every answer.
 */
export function publicly(rendered: Rendered, { person, name = '' }: Requester): Rendered {
  if (!isPersonId(person)) return rendered;
  const words = `${toPlain([name], NAME_LENGTH) || UNNAMED} asked`;
  const line = { ...context(plainText(words)), block_id: `${ASKED_BY}${person}` };
  return { ...rendered, blocks: [line, ...rendered.blocks] };
}

/** Reads the requester of a message; `undefined` for a scheduled one. */
export function requesterOf(blocks: readonly { readonly block_id?: string }[]): string | undefined {
  const id = blocks.find(({ block_id }) => block_id?.startsWith(ASKED_BY))?.block_id;
  return id?.slice(ASKED_BY.length);
}

/** Returns the card as plain text. Special characters are escaped, so that it contains no markup. */
export function fallbackText(card: Card): string {
  const text = toPlainText(beginningOf(card));
  let length = MESSAGE_TEXT;
  for (;;) {
    const escaped = escapeText(clip(text, length));
    if (escaped.length <= MESSAGE_TEXT) return escaped;
    // An escaped character has at most five, so removing a fifth of the excess never removes too much.
    length -= Math.ceil((escaped.length - MESSAGE_TEXT) / 5);
  }
}

/** Limits a card to what the fallback text can hold, so that large cards are not slow. */
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

/** Space below a pasted link: title, facts, one sentence and buttons. */
const SPACE: Space = { blocks: BUTTON_BLOCKS + 8, characters: BUTTONS_TOTAL + 1_500 };

/**
 * Renders a small card for `chat.unfurl`, below a pasted link.
 * @param card about one paper, such as that of `/papers show`; the result is `undefined` for other cards
 */
export function toUnfurl(card: Card): RenderedBlocks | undefined {
  const [entry] = card.blocks.filter((block): block is Entry => block.kind === 'entry');
  if (entry === undefined || entry.number !== undefined) return undefined;
  const small: Entry = { ...entry, body: entry.body.slice(0, 1) };
  return cardBlocks({ tone: 'plain', blocks: [small] }, SPACE);
}
