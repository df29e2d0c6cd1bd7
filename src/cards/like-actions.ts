/** Buttons and lines that say what a person, or a channel that learns, wants more or less of. */
import type { Action } from '../chat/card.ts';
import { formatLine } from '../command/line.ts';
import type { Paper } from '../papers/paper.ts';

export type TasteChange = 'more' | 'less' | 'neither' | 'reset' | 'on' | 'off';

export function tasteLine(change: TasteChange, about?: string, args: Readonly<Record<string, string>> = {}) {
  return formatLine({ root: 'papers', name: 'taste', args: { do: change, about, ...args } });
}

/** `More like this` and `Less like this`. Platforms add the number of the paper. */
export function tasteActions(paper: string): Action[] {
  return [
    { kind: 'run', label: 'More like', line: tasteLine('more', paper), effect: 'answer' },
    { kind: 'run', label: 'Less like', line: tasteLine('less', paper), effect: 'answer' },
  ];
}

/** For the list of a channel. */
export function lessLikeThis({ id }: Pick<Paper, 'id'>): Action {
  return {
    kind: 'run',
    label: 'Less like this',
    line: formatLine({ root: 'paperfeed', name: 'dismiss', args: { paper: id } }),
    effect: 'answer',
  };
}
