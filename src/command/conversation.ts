/** Remembers each person's last list in each channel, so that “more” or “only cs.CV” can be about it. */
import type { Caller } from '../chat/caller.ts';
import type { Card } from '../chat/card.ts';
import type { Catalogue, CommandShape } from './catalogue.ts';
import type { RawValues } from './define.ts';
import { refineList, type ShownList } from './reading/refine.ts';

export interface Conversation {
  remember(caller: Caller, command: CommandShape, values: RawValues, card: Card): void;
  /** @returns the line that is meant; `undefined` if there is no list, or the words are not about it */
  refine(catalogue: Catalogue, caller: Caller, said: string, now: Date): string | undefined;
  /** Forgets the person's lists in all channels. */
  forget(caller: Caller): void;
}

/** People in places. The oldest is forgotten first; its owner searches again. */
const MAX_REMEMBERED = 5_000;
/** Lists that “back” returns to. */
const DEPTH = 5;

export function openConversation(): Conversation {
  const lists = new Map<string, ShownList>();
  return {
    remember(caller, command, values, card) {
      const papers = numberedPapers(card);
      if (papers.size === 0 || !Object.hasOwn(command.options, 'page')) return;
      const key = keyOf(caller);
      const before = lists.get(key);
      lists.delete(key);
      lists.set(key, { command, values, papers, ...(before && { before: shortened(before, DEPTH) }) });
      if (lists.size > MAX_REMEMBERED) for (const [oldest] of lists) return void lists.delete(oldest);
    },
    refine(catalogue, caller, said, now) {
      const shown = lists.get(keyOf(caller));
      return shown && refineList(catalogue, shown, said, now);
    },
    forget(caller) {
      const own = personKey(caller);
      for (const key of lists.keys()) if (key.startsWith(own)) lists.delete(key);
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
