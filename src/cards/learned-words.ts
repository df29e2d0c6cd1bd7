/** Reasons of papers on the list of a channel that learns, in words, and the button for less like one. */
import type { Action } from '../chat/card.ts';
import { clipWords } from '../chat/clip.ts';
import { formatLine } from '../command/line.ts';
import type { LearnedReason } from '../learning/learned-lists.ts';
import type { Paper } from '../papers/paper.ts';
import { readable } from '../text/readable.ts';

/** Characters of the title of a paper that is a reason. */
const TITLE = 60;

/** `because this channel saved “Attention Is All You Need”`. */
export function learnedReasonWords(reason: LearnedReason): string {
  switch (reason.kind) {
    case 'saved':
    case 'discussed':
      return `because this channel ${reason.kind} “${clipWords(readable(reason.title), TITLE)}”`;
    case 'pinned':
      return `pinned subject: ${reason.name}`;
    case 'subject':
      return `subject: ${reason.name}`;
    case 'votes':
      return 'for its votes, as nothing is learned yet';
    case 'different':
      return 'something different';
  }
}

export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function lessLikeThis({ id }: Pick<Paper, 'id'>): Action {
  return {
    kind: 'run',
    label: 'Less like this',
    line: formatLine({ root: 'paperfeed', name: 'dismiss', args: { paper: id } }),
    effect: 'answer',
  };
}
