/** Everything that the choice of the one sentence rests on, in one place, so that weights can be set by hand or learned. */
import { contentWords, countShared, similarity } from './content-words.ts';
import { ANNOUNCES, AVAILABILITY, BACKGROUND, FINDS, PROPOSES, RESULTS, TURNS } from './cues.ts';

export const FEATURE_NAMES = [
  // "We propose", "we introduce": the firmest announcements.
  'proposes',
  // "We study", "this paper describes".
  'announces',
  // The first sentence of the abstract that announces.
  'announcesFirst',
  // "In this paper".
  'turns',
  // "We show that".
  'finds',
  'results',
  'background',
  'availability',
  // How much of the title it says.
  'titleRecall',
  'titleCosine',
  // 0 for the first sentence, 1 for the last.
  'position',
  'last',
  // A fragment.
  'short',
  // Too much to read on a phone as one sentence.
  'long',
] as const;

/** Each from 0 to 1. */
export type Features = Readonly<Record<(typeof FEATURE_NAMES)[number], number>>;

/** One record a sentence, in the order of the abstract. */
export function describeSentences(title: string, sentences: readonly string[]): Features[] {
  const titleWords = contentWords(title);
  const firstAnnouncing = sentences.findIndex((sentence) => ANNOUNCES.test(sentence));
  return sentences.map((sentence, index) => {
    const words = contentWords(sentence);
    return {
      proposes: flag(PROPOSES.test(sentence)),
      announces: flag(ANNOUNCES.test(sentence)),
      announcesFirst: flag(index === firstAnnouncing),
      turns: flag(TURNS.test(sentence)),
      finds: flag(FINDS.test(sentence)),
      results: flag(RESULTS.test(sentence)),
      background: flag(BACKGROUND.test(sentence)),
      availability: flag(AVAILABILITY.test(sentence)),
      titleRecall: countShared(titleWords, words) / Math.max(1, titleWords.size),
      titleCosine: similarity(words, titleWords),
      position: index / Math.max(1, sentences.length - 1),
      last: flag(index === sentences.length - 1),
      short: flag(sentence.length < 30),
      long: flag(sentence.length > 400),
    };
  });
}

function flag(condition: boolean): number {
  return condition ? 1 : 0;
}
