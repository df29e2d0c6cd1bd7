/**
 * Renders a card's actions as buttons. The value of a button contains its line, so that it works for months.
 */
import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import type { Action, Card, Entry } from '../../../chat/card.ts';
import { webUrl } from '../../../chat/invisible.ts';
import { menuChoices, OPEN_PAPER } from '../../../chat/open-menu.ts';
import { BUTTON_TEXT, BUTTON_VALUE, OPTION_TEXT, OPTION_VALUE, SELECT_OPTIONS } from './limits.ts';
import { plainText, toPlain } from './markup.ts';

type Run = Extract<Action, { kind: 'run' }>;

/** A pressed button: its line, or the key of the stored line. */
export type Press = { readonly effect: Run['effect'] } & (
  | { readonly line: string }
  | { readonly key: string }
);

export interface Buttons {
  readonly blocks: readonly types.ActionsBlock[];
  /** Lines that do not fit into a value, by key. */
  readonly lines: ReadonlyMap<string, string>;
}

/** Ids of buttons that run a line, and of link buttons, which Slack also reports. */
export const RUN_ID = /^run\.(replace|answer)\.\d+$/;
export const LINK_ID = /^link\.\d+$/;

/** Slack allows 25, but a phone shows about five in two rows. */
const IN_BLOCK = 5;
export const BUTTON_BLOCKS = 5;
/** A longer URL would take space from the text. */
const LINKED_URL = 512;
/** Characters for all texts, values and URLs of a card's buttons. Lines beyond that are stored by key. */
export const BUTTONS_TOTAL = 4_000;
const WITH_KEY = /^#([\w-]{22})$/;
/**
 * Characters that Slack may change: outer spaces, control characters, lone surrogates, and those that it
 * escapes.
 */
const UNSAFE = /^\s|\s$|[\p{Cc}\p{Cs}&<>]/u;
/** Characters of the digest: 132 bits, enough to avoid collisions. */
const KEY_LENGTH = 22;

/**
 * @param used a button, or a menu with the option that was chosen
 * @returns `undefined` for any other component
 */
export function readPress(used: {
  readonly action_id: string;
  readonly value?: string;
  readonly selected_option?: { readonly value?: string | undefined } | null;
}): Press | undefined {
  const effect = RUN_ID.exec(used.action_id)?.[1];
  const { selected_option: option, value = option?.value ?? '' } = used;
  if (effect !== 'replace' && effect !== 'answer') return undefined;
  const key = WITH_KEY.exec(value)?.[1];
  if (key !== undefined) return { effect, key };
  return value.length > 1 && value.startsWith(':') ? { effect, line: value.slice(1) } : undefined;
}

/**
 * @param entries visible entries; others get no buttons
 * @param first first ordinal, because ids must be unique in a view with several cards
 */
export function buttonsOf(card: Card, entries: readonly Entry[], first = 0): Buttons {
  const lines = new Map<string, string>();
  let ordinal = first;
  let room = BUTTONS_TOTAL;
  const toButton = (action: Action): types.Button[] => {
    const text = plainText(toPlain([action.label], BUTTON_TEXT));
    const left = room - text.text.length;
    const carried =
      action.kind === 'link'
        ? (webUrl(action.url) ?? '')
        : valueFor(action, Math.min(left, BUTTON_VALUE), lines);
    if (carried.length > left) return [];
    room = left - carried.length;
    const at = ordinal++;
    if (action.kind === 'link') return [{ type: 'button', text, url: carried, action_id: `link.${at}` }];
    // Only the first action of a problem is highlighted, because a channel has many cards.
    const style =
      card.tone === 'problem' && action === card.actions?.[0] ? ({ style: 'primary' } as const) : {};
    return [{ type: 'button', text, ...style, value: carried, action_id: `run.${action.effect}.${at}` }];
  };
  const toMenu = (): types.ActionsBlock[] => {
    room -= OPEN_PAPER.length;
    const options = menuChoices(entries)
      .slice(0, SELECT_OPTIONS)
      .flatMap((choice) => {
        const text = plainText(toPlain([choice.label], OPTION_TEXT));
        const left = room - text.text.length;
        const value = valueFor(choice, Math.min(left, OPTION_VALUE), lines);
        if (value.length > left) return [];
        room = left - value.length;
        return [{ text, value }];
      });
    if (options.length === 0) return [];
    const placeholder = plainText(OPEN_PAPER);
    const menu = {
      type: 'static_select',
      placeholder,
      options,
      action_id: `run.answer.${ordinal++}`,
    } as const;
    return [{ type: 'actions', elements: [menu] }];
  };
  const toBlock = (row: readonly Action[]): types.ActionsBlock => ({
    type: 'actions',
    elements: row.flatMap(toButton),
  });
  const menu = toMenu();
  const { upper, own } = rowsOf(card, entries, BUTTON_BLOCKS - menu.length);
  const blocks = [...upper.map(toBlock), ...menu, ...own.map(toBlock)];
  return { blocks: blocks.filter(({ elements }) => elements.length > 0), lines };
}

function valueFor({ line }: Run, room: number, lines: Map<string, string>): string {
  if (line.length + 1 <= room && line !== '' && !UNSAFE.test(line)) return `:${line}`;
  const key = createHash('sha256').update(line).digest('base64url').slice(0, KEY_LENGTH);
  lines.set(key, line);
  return `#${key}`;
}

interface Rows {
  /** Those of entries. */
  readonly upper: readonly Action[][];
  /** The card's own, of which one row is kept whatever comes before it. */
  readonly own: readonly Action[][];
}

function rowsOf(card: Card, entries: readonly Entry[], most: number): Rows {
  const single = entries.filter(({ number }) => number === undefined);
  const listed = entries.flatMap(({ number, actions }) =>
    number === undefined ? [] : actions.map((action) => numbered(action, number)),
  );
  const upper = [...single.flatMap(({ actions }) => groupRows(actions)), ...groupRows(listed)];
  const own = groupRows(card.actions ?? []);
  const ownKept = own.slice(0, Math.max(1, most - upper.length));
  return { upper: upper.slice(0, most - ownKept.length), own: ownKept };
}

function numbered(action: Action, number: number): Action {
  const label = toPlain([action.label], BUTTON_TEXT - 12);
  return { ...action, label: label === '' ? '' : `${label} ${number}` };
}

/** Splits actions into rows. If one row is not enough, commands and links get separate rows. */
function groupRows(actions: readonly Action[]): Action[][] {
  const usable = actions.slice(0, 10 * IN_BLOCK * BUTTON_BLOCKS).filter(isUsable);
  if (usable.length <= IN_BLOCK) return usable.length === 0 ? [] : [usable];
  return (['run', 'link'] as const).flatMap((kind) => {
    const alike = usable.filter((action) => action.kind === kind);
    return Array.from({ length: Math.ceil(alike.length / IN_BLOCK) }, (_, row) =>
      alike.slice(row * IN_BLOCK, (row + 1) * IN_BLOCK),
    );
  });
}

/** False for a button without text or with a too long URL, for which Slack would reject the message. */
function isUsable(action: Action): boolean {
  if (toPlain([action.label], BUTTON_TEXT) === '') return false;
  if (action.kind === 'run') return true;
  const url = webUrl(action.url);
  return url !== undefined && url.length <= LINKED_URL;
}
