/** Says why a paper is recommended, with buttons for more and fewer like it. */
import type { Action } from '../chat/card.ts';
import { clipWords } from '../chat/clip.ts';
import { formatLine } from '../command/line.ts';
import type { RecommendReason } from '../recommend/recommend.ts';
import { readable } from '../text/readable.ts';

/** Characters of a title. */
const TITLE = 80;

/** `Because you saved “…”`. */
export function reasonInWords(reason: RecommendReason, isTeam: boolean): string {
  switch (reason.kind) {
    case 'like-saved':
      return `Because ${isTeam ? 'your team' : 'you'} saved ${quotedTitle(reason.paper.title)}`;
    case 'like-liked':
      return `Because you want more like ${quotedTitle(reason.paper.title)}`;
    case 'readers':
      return `People who saved ${quotedTitle(reason.paper.title)} saved this too`;
    case 'subject':
      return `Because you like ${reason.name}`;
    case 'author':
      return `By ${reason.name}, whom you watch`;
    case 'asked':
      return 'New to your subjects';
    case 'different':
      return 'Something different, from the papers that are popular now';
  }
}

export function quotedTitle(title: string): string {
  return `“${clipWords(readable(title), TITLE)}”`;
}

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
