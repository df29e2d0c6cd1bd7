/** Reads a question: the words that an answer must contain, and the form that it must have. */
import { stemmer } from 'stemmer';
import { contentWords } from '../summary/content-words.ts';
import { asksOfTheWhole, withoutIntent } from './intents.ts';

export interface Question {
  /** False for bare words and statements, which only name a subject. */
  readonly asks: boolean;
  /** Stems that an answer contains. Words that only name the kind of answer are left out. */
  readonly focus: ReadonlySet<string>;
  /** True if any summarising sentence is an answer. */
  readonly isOfTheWhole: boolean;
  /** True for `how many`, where the number and its noun are the answer. */
  readonly counts: boolean;
  /**
   * False if the number or the name that the question asks for is not in the sentence.
   * @param title of the paper, if it is given
   */
  canBeAnsweredBy(sentence: string, title: string | undefined): boolean;
}

const INTERROGATIVE =
  /^\W*(?:(?:and|but|so|in|on|at|from|to|with|for|by|of)\s+)?(?:what|which|who|whose|whom|why|when|where|how(?! to\b)|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b/i;

/** Stems of question words that an answer seldom repeats; `s` and `t` are the ends of `it’s` and `don’t`. */
const LIGHT = new Set(
  `s t actual already anybodi anyon anyth author call come exactli get give go good happen kind like mean name need
  part peopl realli say sort take tell thing took type`.split(/\s+/),
);

const AMOUNT =
  /\bhow (?:many|much|long|large|big|small|fast|slow|often|accurate|far|deep|expensive|high|low)\b/i;
const COUNTED = /\bhow many (\p{L}+)(?: (\p{L}+))?/iu;
/** Not the digit in a name (`NL2SQL`, `Llama-3`). */
const NUMBER =
  /(?<![\p{L}\d-])\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|twice|double)\b/iu;
const WORD = /[\p{L}\p{N}]+/gu;
/** `state-of-the-art` and `Llama-3` are one word. */
const HYPHENATED = /[\p{L}\p{N}][\p{L}\p{N}-]*/gu;
const WHICH = /\bwhich ((?:\p{L}[\p{L}-]* ?){1,3})/iu;
/** Words up to the noun that a number counts: `thousands of novel MOF structures`. */
const COUNT_NEAR = 4;
/** Words between a noun and a name for it: `the CARLA simulator`, `languages such as Urdu`. */
const NAME_NEAR = 3;

export function readQuestion(text: string): Question {
  const counted = COUNTED.exec(text)
    ?.slice(1)
    .flatMap((word?: string) => (word === undefined ? [] : [stemmer(word.toLowerCase())]));
  // A dataset may be called a corpus: what names a kind of answer need not be repeated.
  const nouns = contentWords(withoutIntent(WHICH.exec(text)?.[1] ?? ''));
  const isAmount = AMOUNT.test(text);
  return {
    asks: text.trim().endsWith('?') || INTERROGATIVE.test(text),
    focus: new Set([...contentWords(withoutIntent(text))].filter((stem) => !LIGHT.has(stem))),
    isOfTheWhole: asksOfTheWhole(text),
    counts: counted !== undefined,
    canBeAnsweredBy(sentence, title) {
      if (counted)
        return isNear(sentence, new Set(counted), (word) => NUMBER.test(word), -COUNT_NEAR, 0, HYPHENATED);
      if (isAmount) return NUMBER.test(sentence);
      if (nouns.size === 0 || title === undefined) return true;
      const known = contentWords(`${text} ${title}`);
      const isName = (word: string, at: number) =>
        (at === 0 ? /\p{Ll}\p{Lu}|\d/u : /\p{Lu}|\d/u).test(word) && !known.has(stemmer(word.toLowerCase()));
      return isNear(sentence, nouns, isName, -NAME_NEAR, NAME_NEAR);
    },
  };
}

/** True if a word that `holds` is between `from` and `to` words away from one of the nouns. */
function isNear(
  sentence: string,
  nouns: ReadonlySet<string>,
  holds: (word: string, at: number) => boolean,
  from: number,
  to: number,
  word = WORD,
): boolean {
  const words = sentence.match(word) ?? [];
  return words.some(
    (noun, at) =>
      nouns.has(stemmer(noun.toLowerCase())) &&
      words.some((near, place) => place - at >= from && place - at <= to && holds(near, place)),
  );
}
