/** The menu under a numbered list, which shows one of its papers to the person who chooses it. */
import type { Action, Entry } from './card.ts';

export const OPEN_PAPER = 'Open a paper…';

/**
 * The choices, each like a button that answers. The platform shortens the labels.
 * @param entries the entries that are shown on the card
 */
export function menuChoices(entries: readonly Entry[]): Extract<Action, { kind: 'run' }>[] {
  return entries.flatMap(({ number, title, opens }) =>
    number === undefined || opens === undefined
      ? []
      : [{ kind: 'run', label: `${number}. ${title}`, line: opens, effect: 'answer' } as const],
  );
}
