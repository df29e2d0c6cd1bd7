/** Renders a card's actions as buttons. The id of a button contains its line, so that it works for months. */
import { createHash } from 'node:crypto';
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Action, Card, Entry } from '../../../chat/card.ts';
import { webUrl } from '../../../chat/invisible.ts';
import { menuChoices, OPEN_PAPER } from '../../../chat/open-menu.ts';
import {
  ACTION_ROWS,
  BUTTON_LABEL,
  BUTTON_URL,
  BUTTONS_IN_ROW,
  CUSTOM_ID,
  MENU_OPTIONS,
  OPTION_LABEL,
} from './limits.ts';
import { toPlain } from './markup.ts';

type ActionRow = APIActionRowComponent<APIComponentInMessageActionRow>;
type Run = Extract<Action, { kind: 'run' }>;

/** A pressed button: its line, or the key of the stored line. */
export type Press = { readonly effect: Run['effect'] } & (
  | { readonly line: string }
  | { readonly key: string }
);

interface Buttons {
  readonly components: readonly ActionRow[];
  /** Lines that do not fit into an id, by key. */
  readonly lines: ReadonlyMap<string, string>;
}

/**
 * Format of ids: the first letter of the effect, an ordinal (because ids must be unique in a message), and
 * `:` with the line or `#` with its key.
 */
const WITH_LINE = /^([ra])\d{1,2}:(.+)$/s;
const WITH_KEY = /^([ra])\d{1,2}#([\w-]{22})$/;
/** Characters that Discord may change: outer spaces, control characters, lone surrogates. */
const UNSAFE = /^\s|\s$|[\p{Cc}\p{Cs}]/u;
/** Characters of the digest: 132 bits, enough to avoid collisions. */
const KEY_LENGTH = 22;

/** Id of the menu under a list. The value of an option is the id that a button with its line would have. */
export const MENU_ID = 'open';

/** @returns `undefined` for any other component */
export function readCustomId(customId: string): Press | undefined {
  const [, byLine, line] = WITH_LINE.exec(customId) ?? [];
  if (line !== undefined) return { effect: byLine === 'r' ? 'replace' : 'answer', line };
  const [, byKey, key] = WITH_KEY.exec(customId) ?? [];
  return key === undefined ? undefined : { effect: byKey === 'r' ? 'replace' : 'answer', key };
}

/** @param entries visible entries; others get no buttons */
export function buttonsOf(card: Card, entries: readonly Entry[]): Buttons {
  const lines = new Map<string, string>();
  let ordinal = 0;
  const menu = menuOf(entries, lines);
  const { upper, own } = rowsOf(card, entries, menu === undefined ? ACTION_ROWS : ACTION_ROWS - 1);
  const toRow = (row: readonly Action[]): ActionRow => ({
    type: ComponentType.ActionRow,
    components: row.map((action) => buttonOf(action, ordinal++, card, lines)),
  });
  const menuRows: ActionRow[] = menu ? [{ type: ComponentType.ActionRow, components: [menu] }] : [];
  return { components: [...upper.map(toRow), ...menuRows, ...own.map(toRow)], lines };
}

function menuOf(entries: readonly Entry[], lines: Map<string, string>): APIStringSelectComponent | undefined {
  const options = menuChoices(entries)
    .slice(0, MENU_OPTIONS)
    .map((choice, at) => ({
      label: toPlain([choice.label], OPTION_LABEL),
      value: customIdOf(choice, at, lines),
    }));
  if (options.length === 0) return undefined;
  return { type: ComponentType.StringSelect, custom_id: MENU_ID, placeholder: OPEN_PAPER, options };
}

function buttonOf(
  action: Action,
  ordinal: number,
  card: Card,
  lines: Map<string, string>,
): APIButtonComponent {
  const label = toPlain([action.label], BUTTON_LABEL);
  if (action.kind === 'link')
    return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: webUrl(action.url) ?? '' };
  // Only the first action of a problem is highlighted, because a channel has many cards.
  const isWayOn = card.tone === 'problem' && action === card.actions?.[0];
  return {
    type: ComponentType.Button,
    style: isWayOn ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label,
    custom_id: customIdOf(action, ordinal, lines),
  };
}

function customIdOf({ effect, line }: Run, ordinal: number, lines: Map<string, string>): string {
  const start = `${effect === 'replace' ? 'r' : 'a'}${ordinal}`;
  const id = `${start}:${line}`;
  if (id.length <= CUSTOM_ID && line !== '' && !UNSAFE.test(line)) return id;
  const key = createHash('sha256').update(line).digest('base64url').slice(0, KEY_LENGTH);
  lines.set(key, line);
  return `${start}#${key}`;
}

interface Rows {
  /** Rows of entries. */
  readonly upper: readonly Action[][];
  /** Rows of the card, of which at least one is kept. */
  readonly own: readonly Action[][];
}

function rowsOf(card: Card, entries: readonly Entry[], most: number): Rows {
  const single = entries.filter(({ number }) => number === undefined);
  const listed = entries.flatMap(({ number, actions }) =>
    number === undefined ? [] : actions.map((action) => ({ ...action, label: `${action.label} ${number}` })),
  );
  const upper = [...single.flatMap(({ actions }) => groupRows(actions)), ...groupRows(listed)];
  const own = groupRows(card.actions ?? []);
  const ownKept = own.slice(0, Math.max(1, most - upper.length));
  return { upper: upper.slice(0, most - ownKept.length), own: ownKept };
}

/** Splits actions into rows. If one row is not enough, commands and links get separate rows. */
function groupRows(actions: readonly Action[]): Action[][] {
  const usable = actions.filter(isUsable);
  if (usable.length <= BUTTONS_IN_ROW) return usable.length === 0 ? [] : [usable];
  return (['run', 'link'] as const).flatMap((kind) => {
    const alike = usable.filter((action) => action.kind === kind);
    return Array.from({ length: Math.ceil(alike.length / BUTTONS_IN_ROW) }, (_, row) =>
      alike.slice(row * BUTTONS_IN_ROW, (row + 1) * BUTTONS_IN_ROW),
    );
  });
}

/** False for a button without a label or with a too long URL, for which Discord would reject the message. */
function isUsable(action: Action): boolean {
  if (toPlain([action.label], BUTTON_LABEL) === '') return false;
  if (action.kind === 'run') return true;
  const url = webUrl(action.url);
  return url !== undefined && url.length <= BUTTON_URL;
}
