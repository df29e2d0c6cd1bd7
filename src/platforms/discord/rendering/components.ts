/** Renders actions as rows of buttons. An id holds its command line, so that old buttons keep working. */
import { createHash } from 'node:crypto';
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Action, Card, Entry } from '../../../chat/card.ts';
import { webUrl } from '../../../chat/invisible.ts';
import { ACTION_ROWS, BUTTON_LABEL, BUTTON_URL, BUTTONS_IN_ROW, CUSTOM_ID } from './limits.ts';
import { toPlain } from './markup.ts';

type ActionRow = APIActionRowComponent<APIComponentInMessageActionRow>;
type Run = Extract<Action, { kind: 'run' }>;

/** A pressed button: the line that it runs, or the key of its stored line. */
export type Press = { readonly effect: Run['effect'] } & (
  | { readonly line: string }
  | { readonly key: string }
);

interface Buttons {
  readonly components: readonly ActionRow[];
  /** Lines that are too long for an id, by the keys in the ids. */
  readonly lines: ReadonlyMap<string, string>;
}

/**
 * The first letter of the effect; an ordinal that makes the id unique, as two buttons may run the same line;
 * then `:` and the line, or `#` and its key.
 */
const WITH_LINE = /^([ra])\d{1,2}:(.+)$/s;
const WITH_KEY = /^([ra])\d{1,2}#([\w-]{22})$/;
/** Characters that Discord may change: spaces at either end, control characters, lone surrogates. */
const UNSAFE = /^\s|\s$|[\p{Cc}\p{Cs}]/u;
/** Characters of the digest: 132 bits make collisions practically impossible. */
const KEY_LENGTH = 22;

/** @returns `undefined` for an id that does not belong to a card */
export function readCustomId(customId: string): Press | undefined {
  const [, byLine, line] = WITH_LINE.exec(customId) ?? [];
  if (line !== undefined) return { effect: byLine === 'r' ? 'replace' : 'answer', line };
  const [, byKey, key] = WITH_KEY.exec(customId) ?? [];
  return key === undefined ? undefined : { effect: byKey === 'r' ? 'replace' : 'answer', key };
}

/** @param entries the entries that are visible on the card; others get no buttons */
export function buttonsOf(card: Card, entries: readonly Entry[]): Buttons {
  const lines = new Map<string, string>();
  let ordinal = 0;
  const components = rowsOf(card, entries).map(
    (row): ActionRow => ({
      type: ComponentType.ActionRow,
      components: row.map((action) => buttonOf(action, ordinal++, card, lines)),
    }),
  );
  return { components, lines };
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
  // Only the next step after a problem stands out, as a channel has many cards.
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

/** Buttons of entries first, then the card's own in separate rows. At least one of its own rows is kept. */
function rowsOf(card: Card, entries: readonly Entry[]): Action[][] {
  const single = entries.filter(({ number }) => number === undefined);
  const listed = entries.flatMap(({ number, actions }) =>
    number === undefined ? [] : actions.map((action) => ({ ...action, label: `${action.label} ${number}` })),
  );
  const upper = [...single.flatMap(({ actions }) => groupRows(actions)), ...groupRows(listed)];
  const own = groupRows(card.actions ?? []);
  const ownKept = own.slice(0, Math.max(1, ACTION_ROWS - upper.length));
  return [...upper.slice(0, ACTION_ROWS - ownKept.length), ...ownKept];
}

/** Puts commands and links in separate rows if they do not fit in one. */
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

/** Discord rejects the whole message if a button has no label or its URL is too long. */
function isUsable(action: Action): boolean {
  if (toPlain([action.label], BUTTON_LABEL) === '') return false;
  if (action.kind === 'run') return true;
  const url = webUrl(action.url);
  return url !== undefined && url.length <= BUTTON_URL;
}
