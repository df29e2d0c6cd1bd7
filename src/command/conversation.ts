/**
 * Remembers what each person was shown last in each channel: the list that “more” or “only cs.CV” is about,
 * the papers that `compare 1 3` means, and the paper that `save` means.
 */
import type { Caller } from '../chat/caller.ts';
import type { Card } from '../chat/card.ts';
import type { Catalogue, CommandShape } from './catalogue.ts';
import type { RawValues } from './define.ts';
import { refineList, type ShownList } from './reading/refine.ts';

export interface Conversation {
  remember(caller: Caller, command: CommandShape, values: RawValues, card: Card): void;
  /** @returns the line that is meant; `undefined` if there is no list, or the words are not about it */
  refine(catalogue: Catalogue, caller: Caller, said: string, now: Date): string | undefined;
  /** Papers of the person's last answer with numbers. */
  numbered(caller: Caller): ReadonlyMap<number, string>;
  /** The paper that was opened last; `undefined` once an answer with numbers follows. */
  opened(caller: Caller): string | undefined;
  /** Forgets what the person was shown in all channels. */
  forget(caller: Caller): void;
}

/** People in places. The oldest is forgotten first; its owner searches again. */
const MAX_REMEMBERED = 5_000;
/** Lists that “back” returns to. */
const DEPTH = 5;

interface Remembered {
  /** The last list with pages, or else the last answer with numbers. Its papers are those shown last. */
  readonly list?: ShownList;
  readonly opened?: string;
}

export function openConversation(): Conversation {
  const places = new Map<string, Remembered>();

  function after({ list }: Remembered, command: CommandShape, values: RawValues, card: Card): Remembered {
    const papers = numberedPapers(card);
    if (papers.size === 0) return { ...(list && { list }), ...openedBy(card) };
    const isList = Object.hasOwn(command.options, 'page');
    if (list && !isList) return { list: { ...list, papers } };
    return { list: { command, values, papers, ...(list && { before: shortened(list, DEPTH) }) } };
  }

  return {
    remember(caller, command, values, card) {
      if (!card.blocks.some(({ kind }) => kind === 'entry')) return;
      const key = keyOf(caller);
      const shown = after(places.get(key) ?? {}, command, values, card);
      places.delete(key);
      places.set(key, shown);
      if (places.size > MAX_REMEMBERED) for (const [oldest] of places) return void places.delete(oldest);
    },
    refine(catalogue, caller, said, now) {
      const list = places.get(keyOf(caller))?.list;
      return list && refineList(catalogue, list, said, now);
    },
    numbered: (caller) => places.get(keyOf(caller))?.list?.papers ?? new Map(),
    opened: (caller) => places.get(keyOf(caller))?.opened,
    forget(caller) {
      const own = personKey(caller);
      for (const key of places.keys()) if (key.startsWith(own)) places.delete(key);
    },
  };
}

function numberedPapers({ blocks }: Card): Map<number, string> {
  return new Map(
    blocks.flatMap((block) =>
      block.kind === 'entry' && block.number !== undefined ? [[block.number, block.paper] as const] : [],
    ),
  );
}

/** A card about one paper. */
function openedBy({ blocks }: Card): Pick<Remembered, 'opened'> {
  const [only, ...others] = blocks.filter((block) => block.kind === 'entry');
  return only && others.length === 0 ? { opened: only.paper } : {};
}

function shortened({ before, ...list }: ShownList, depth: number): ShownList {
  return before === undefined || depth <= 1 ? list : { ...list, before: shortened(before, depth - 1) };
}

function personKey({ platform, workspace, person }: Caller): string {
  return `${platform} ${workspace} ${person} `;
}

function keyOf(caller: Caller): string {
  const { channel } = caller;
  return `${personKey(caller)}${channel?.workspace ?? ''} ${channel?.channel ?? ''}`;
}
