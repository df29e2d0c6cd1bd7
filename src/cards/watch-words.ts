/** Describes watches in words. Pure. */
import { clipWords } from '../chat/clip.ts';
import { readQuery } from '../search/query/query.ts';
import { STOP_WORDS } from '../search/text/stop-words.ts';
import { foldWord } from '../search/text/words.ts';
import { readable } from '../text/readable.ts';
import type { Watch, WatchTerms } from '../watches/watch.ts';

/** Characters of a title. */
const TITLE = 60;
const WORD_OR_PHRASE = /(-?)(?:["“”„«]([^"“”„«»]+)["“”»]|(\S+))/gu;
/** Punctuation around a word, but not the signs of `C++` or `C#`. */
const EDGES = /^[\s,.;:!?()[\]]+|[\s,.;:!?()[\]]+$/gu;
const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** `with “diffusion” and “protein design”, without “survey”, by Yann LeCun, in cs.LG, like “A Title”`. */
export function termsInWords({ text = '', author, category, like }: WatchTerms): string {
  const found = [...text.matchAll(WORD_OR_PHRASE)].map(([, minus = '', phrase, word = '']) => ({
    isLeftOut: minus === '-',
    shown: (phrase ?? word).replace(EDGES, ''),
    isStopWord: phrase === undefined && STOP_WORDS.has(foldWord(word)),
  }));
  const shown = (isLeftOut: boolean) =>
    found
      .filter((each) => each.isLeftOut === isLeftOut && !each.isStopWord && hasWords(each.shown))
      .map((each) => `“${each.shown}”`);
  const [wanted, unwanted] = [shown(false), shown(true)];
  return [
    wanted.length > 0 ? `with ${all.format(wanted)}` : undefined,
    unwanted.length > 0 ? `without ${either.format(unwanted)}` : undefined,
    author === undefined ? undefined : `by ${author}`,
    category === undefined ? undefined : `in ${category}`,
    like && `like “${clipWords(readable(like.title), TITLE)}”`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** `at once`, `every day at 09:00 (Europe/Berlin)`. */
export function paceInWords({ pace, zone }: Pick<Watch, 'pace' | 'zone'>): string {
  return pace === 'at-once' ? 'at once' : `every day at 09:00 (${zone})`;
}

function hasWords(text: string): boolean {
  return readQuery(text).units.length > 0;
}
