/** Says why a paper is recommended to people, or on the list of a channel that learns. */
import { clipWords } from '../chat/clip.ts';
import type { Beginning, LearnedReason } from '../learning/learned-lists.ts';
import type { RecommendReason } from '../recommend/recommend.ts';
import { readable } from '../text/readable.ts';

/** Characters of a title, and of one in a list with other words. */
const TITLE = 80;
const TITLE_IN_LIST = 60;

export const BEGINNINGS: Readonly<Record<Beginning, string>> = {
  name: 'the channel’s name',
  topic: 'the channel’s topic',
  include: 'what the feed includes',
};

/** `Because you saved “…”`. */
export function recommendReasonWords(reason: RecommendReason, isTeam: boolean): string {
  switch (reason.kind) {
    case 'like-saved':
      return sentenceCase(because(isTeam ? 'your team' : 'you', 'saved', quotedTitle(reason.paper.title)));
    case 'like-liked':
      return sentenceCase(because('you', 'want more like', quotedTitle(reason.paper.title)));
    case 'readers':
      return `People who saved ${quotedTitle(reason.paper.title)} saved this too`;
    case 'subject':
      return sentenceCase(because('you', 'like', reason.name));
    case 'author':
      return `By ${reason.name}, whom you watch`;
    case 'asked':
      return 'New to your subjects';
    case 'different':
      return `${sentenceCase(DIFFERENT)}, from the papers that are popular now`;
  }
}

/** `because this channel saved “Attention Is All You Need”`. */
export function learnedReasonWords(reason: LearnedReason): string {
  switch (reason.kind) {
    case 'saved':
    case 'discussed':
    case 'linked':
      return because('this channel', reason.kind, quotedTitle(reason.title, TITLE_IN_LIST));
    case 'pinned':
      return `pinned subject: ${reason.name}`;
    case 'subject':
      return `subject: ${reason.name}`;
    case 'start':
      return `from ${BEGINNINGS[reason.from]}: ${reason.name}`;
    case 'votes':
      return 'for its votes, as nothing is learned yet';
    case 'different':
      return DIFFERENT;
  }
}

const DIFFERENT = 'something different';

function because(who: string, did: string, what: string): string {
  return `because ${who} ${did} ${what}`;
}

export function quotedTitle(title: string, length = TITLE): string {
  return `“${clipWords(readable(title), length)}”`;
}

export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
