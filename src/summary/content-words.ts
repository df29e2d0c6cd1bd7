/** Reduces sentences to sets of word stems, and compares these sets. */
import { stemmer } from 'stemmer';

/** Words common to all abstracts, including phrases such as "we propose a novel method". */
const COMMON = new Set(
  `a about above across after all also among an and any are as at be because been being between both but by can
  could did do does each for from further had has have having here how however i if in into is it its itself may
  might more most much no nor not of on one only or other our out over own same should show shown so some such than
  that the their them then there these they this those through to too two under until up upon use used using very
  via was we were what when where whether which while who whose why will with within without would
  abstract approach approaches article based introduce introduces method methods new novel paper present presents
  propose proposed proposes study work`.split(/\s+/),
);

/** Returns the distinct stems of all words that carry meaning, in any script. */
export function contentWords(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => !COMMON.has(word)).map((word) => stemmer(word)));
}

/** Counts the words of `a` that are also in `b`. */
export function countShared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared;
}

/** Cosine similarity of two sets, from 0 to 1. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return a.size === 0 || b.size === 0 ? 0 : countShared(a, b) / Math.sqrt(a.size * b.size);
}
