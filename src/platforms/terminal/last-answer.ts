/** Remembers the last cards, so that users can type `3`, `next` or the label of a button. */
import type { Action, Card, Entry } from '../../chat/card.ts';

export interface LastAnswer {
  remember(card: Card): void;
  /** Returns the numbered papers of the last list. */
  listed(): ReadonlyMap<number, Entry>;
  /** Returns the paper that was opened last; `undefined` once a list follows. */
  opened(): Entry | undefined;
  /** Returns the paging button of the last card that had any. */
  turn(way: 'next' | 'prev'): Action | undefined;
  /** Finds a button by label on the last card that had buttons. Ignores case and arrows. */
  labelled(label: string): Action | undefined;
}

export function openLastAnswer(): LastAnswer {
  let entries: ReadonlyMap<number, Entry> = new Map();
  let turns: readonly Action[] = [];
  let actions: readonly Action[] = [];
  let opened: Entry | undefined;

  return {
    remember(card) {
      const list = numberedEntries(card);
      const [only, ...others] = card.blocks.filter(
        (block) => block.kind === 'entry' && block.number === undefined,
      );
      if (only?.kind === 'entry' && others.length === 0) opened = only;
      else if (list.length > 0) opened = undefined;
      const paging = (card.actions ?? []).filter((action) => pagingOf(action) !== undefined);
      // A list without buttons ends the paging of the list before it; a paper opened from a list does not.
      if (list.length > 0 || paging.length > 0) turns = paging;
      if (list.length > 0) entries = new Map(list);
      const offered = offeredActions(card);
      // A card without buttons, such as "Saved.", keeps the actions of the paper before it.
      if (offered.length > 0 || list.length > 0) actions = offered;
    },
    listed: () => entries,
    opened: () => opened,
    turn: (way) => turns.find((action) => pagingOf(action) === way),
    labelled(label) {
      const wanted = TAKEN_BACK.test(label) ? 'undo' : typed(label);
      return actions.find((action) => typedLabel(action) === wanted);
    },
  };
}

/** Other words for the button that undoes a change. */
const TAKEN_BACK =
  /^\s*(?:undo (?:that|it|this)|take (?:that|it|this) back|i take (?:that|it) back)[\s.!]*$/iu;

/** Returns a hint of possible inputs: `3 opens it · save 3 · next`; `undefined` when there are none. */
export function hintFor(card: Card, paperCommands: readonly string[]): string | undefined {
  const numbers = numberedEntries(card).map(([number]) => number);
  const example = numbers[Math.min(2, numbers.length - 1)];
  const parts = [
    ...(example === undefined
      ? []
      : [`${example} opens it`, ...paperCommands.map((name) => `${name} ${example}`)]),
    ...offeredActions(card).map((action) => {
      const way = pagingOf(action);
      const label = typedLabel(action);
      return way === undefined || label.startsWith(way) ? label : `${way} for ${shownLabel(action)}`;
    }),
  ];
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** Returns the buttons that need no number: those of the card and of a single paper. */
function offeredActions(card: Card): Action[] {
  const alone = card.blocks.flatMap((block) =>
    block.kind === 'entry' && block.number === undefined ? block.actions : [],
  );
  return [...alone, ...(card.actions ?? [])];
}

function numberedEntries(card: Card): [number, Entry][] {
  return card.blocks.flatMap((block): [number, Entry][] =>
    block.kind === 'entry' && block.number !== undefined ? [[block.number, block]] : [],
  );
}

function isPaging(action: Action): boolean {
  return action.kind === 'run' && action.effect === 'replace';
}

function pagingOf(action: Action): 'next' | 'prev' | undefined {
  if (!isPaging(action)) return undefined;
  if (/›\s*$|\b(?:next|more)\b/i.test(action.label)) return 'next';
  return /^\s*‹|\b(?:prev|previous)\b/i.test(action.label) ? 'prev' : undefined;
}

function shownLabel(action: Action): string {
  return action.label.replace(/^[‹«←\s]+|[›»→\s]+$/gu, '');
}

export function typedLabel(action: Action): string {
  return typed(shownLabel(action));
}

function typed(label: string): string {
  return label.toLowerCase().replace(/\s+/g, ' ').trim();
}
