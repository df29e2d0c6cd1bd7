/** Reads a question: the words that an answer must contain, and the form that it must have. */
import { stemmer } from 'stemmer';
import { contentWords } from '../summary/content-words.ts';
import { AVAILABILITY, CONTRASTS, PROBLEMS } from '../summary/cues.ts';
import { asksForCode, asksOfTheWhole, DATA, withoutIntent } from './intents.ts';
import { leavesOpen } from './statements.ts';

export interface Question {
  readonly text: string;
  /** False for bare words and statements, which only name a subject. */
  readonly asks: boolean;
  /** Stems of all words that carry meaning. */
  readonly allWords: ReadonlySet<string>;
  /** The same without the words of questions that an answer seldom repeats. */
  readonly subject: ReadonlySet<string>;
  /** Stems that an answer contains. Words that only name the kind of answer are left out. */
  readonly focus: ReadonlySet<string>;
  /** Share of these stems, by weight, from which a sentence counts as the answer. */
  readonly enough: number;
  /** True if any summarising sentence is an answer. */
  readonly isOfTheWhole: boolean;
  /** True if the answer is yes or no about a subject that the question names itself. */
  readonly isClaim: boolean;
  /** True for `how many`, where the number and its noun are the answer. */
  readonly counts: boolean;
  /**
   * False if the number, name, person or time that the question asks for is not in the sentence.
   * @param title of the paper, if it is given
   */
  canBeAnsweredBy(sentence: string, title: string | undefined): boolean;
}

const INTERROGATIVE =
  /^\W*(?:(?:and|but|so|in|on|at|from|to|with|for|by|of)\s+)?(?:what|which|who|whose|whom|why|when|where|how(?! to\b)|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b/i;

const YES_OR_NO =
  /^\W*(?:(?:and|but|so)\s+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)(?:n[’']?t)?\b/i;
/** Opens a clause that asks for more than yes or no: `in which language …`, `according to them, what …`. */
const OPEN =
  /(?:^\W*|[,:;—–-]\s*)(?:(?:and|but|so|in|on|at|from|to|with|for|by|of|under)\s+){0,2}(?:what|which|who|whose|whom|why|when|where|how)\b/i;
/** `Does it …?` asks for a detail of the paper at hand, but `is it safe for children to …?` does not. */
const OF_A_DETAIL =
  /^\W*(?:(?:and|but|so)\s+)?\w+(?:[’']t)?\s+(?:it(?! (?:\w+ly |still )?(?:acceptable|advisable|appropriate|beneficial|better|cost-effective|desirable|effective|enough|ethical|feasible|good|harmful|helpful|important|justified|likely|necessary|possible|reasonable|safe|sufficient|time|true|useful|wise|worth|worthwhile)\b)|its|they|their|this|these|that|those|he|she|you|the (?:paper|authors?|work|stud(?:y|ies)|method|model|approach|system))\b/i;
const EXPLAINS = /^\W*(?:(?:and|but|so)\s+)?(?:how|why)\b/i;
/** Words from which a question can be compared with a paper as a whole. */
const CLAIM_WORDS = 3;

/** A particular fact is in one sentence, in the words of the question. */
const COVERED = 0.75;
/** Reasons and ways are described in more words of the authors' own. */
const EXPLAINED = 0.6;

/** Stems of question words that an answer seldom repeats; `s` and `t` are the ends of `it’s` and `don’t`. */
const LIGHT = new Set(
  `s t actual afterward already anybodi anyon anyth author call come exactli get give go good happen kind like mean name need
  part peopl realli say sort take tell thing took type usual yet`.split(/\s+/),
);

const AMOUNT =
  /\bhow (?:many|much|long|large|big|small|fast|slow|often|accurate|far|deep|expensive|high|low)\b/i;
const COUNTED = /\bhow many (?:of (?:its|the|their|these|those) )?(\p{L}+)(?: (\p{L}+))?/iu;
/** Not the digit in a name (`NL2SQL`, `Llama-3`) or in `3D`. */
const NUMBER =
  /(?<![\p{L}\d-])\d(?!-?D\b)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|twice|double)\b/iu;
/** Not the number of a point, `(1)`. */
const DIGIT = /(?<![\p{L}\d-])\d(?<!\(\d(?=\)))/u;
/** People, or a name after other words. */
const PERSON =
  /\b(?:people|persons?|participants?|patients?|users?|developers?|students?|experts?|doctors?|nurses?|workers?|annotators?|authors?|raters?|researchers?|engineers?|teachers?|men|women|children|teams?|groups?|compan(?:y|ies)|\w+(?:ists?|icians?))\b|\p{Ll},? \p{Lu}/u;
/** `whats the main idea`, as it is typed. */
const CONTRACTED = /\b(what|who|where|when|why|how)['’]?s\b/gi;
const ASKS_DATE = /\b(?:when (?:did|was|were|has|have|had)|(?:which|what) (?:year|month|day|date|period))\b/i;
const DATE =
  /\b(?:1[89]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b(?:after|before|during|since|until|within|once|ago|later|earlier|daily|weekly|monthly|yearly|centur(?:y|ies)|decades?|years?|months?|weeks?|days?|hours?|minutes?)\b/;
/** `what speedup`, `which accuracy`. */
const ASKS_FIGURE =
  /\b(?:what|which) (?:[\w-]+ ){0,2}(?:accurac(?:y|ies)|AUC|costs?|errors?|F1|gains?|improvements?|percentage|rates?|reductions?|scores?|share|sizes?|speed-?ups?)\b/i;
const ASKS_DIFFERENCE = /\bdiffer(?:s|ent|ence|ences)?\b/i;
const DIFFERENCE =
  /\b(?:although|but|compared|contrast|differ\w*|existing|however|instead|only|other|prior|rather|than|traditional|unlike|whereas|while)\b/i;

const TELLS_PROBLEM = new RegExp(`${CONTRASTS.source}|${PROBLEMS.source}`, 'i');
/** A list: “perfect, good, poor, and illegible”. */
const LIST = /[\p{L})], [^,;:]{1,80},? (?:and|or|to) /u;
const PARTS_LISTED = /^\W*what are the (?:[\p{L}-]+ ){0,3}\p{L}+s(?: (?:in|of|that|they|it|the)\b.*)?\W*$/iu;

/** Signs that the answer to a question must have. */
const REQUIRED: ReadonlyArray<{ readonly asks: RegExp; readonly signs: RegExp }> = [
  // “Two languages” is no amount.
  { asks: AMOUNT, signs: DIGIT },
  { asks: ASKS_FIGURE, signs: DIGIT },
  { asks: /^\W*who\b/i, signs: PERSON },
  { asks: ASKS_DATE, signs: DATE },
  { asks: ASKS_DIFFERENCE, signs: DIFFERENCE },
  {
    asks: /\bmean(?:s|t)? by\b/i,
    signs: /\b(?:defin|refer|denot|term|call|means?\b|that is\b|i\.e|namely)/i,
  },
  // Results on other data tell nothing about the training.
  { asks: /\btrain(?:ed|ing)?\b/i, signs: /train|tun(?:ed|ing)\b|\blearn/i },
  { asks: /\b(?:open[- ]?sourced?|github)\b/i, signs: AVAILABILITY },
  {
    asks: /^\W*where (?:can|do|could) (?:i|we|you|one|people) (?:\w+ )?(?:access|download|find|get|see|try)\b/i,
    signs: AVAILABILITY,
  },
  { asks: /\bwhat is (?:wrong|bad) with\b/i, signs: TELLS_PROBLEM },
  { asks: PARTS_LISTED, signs: LIST },
  { asks: /\b(?:what|which) (?:\w+ )?(?:data|datasets?|corpora|corpus|benchmarks?)\b/i, signs: DATA },
];

const WORD = /[\p{L}\p{N}]+/gu;
/** `state-of-the-art` and `Llama-3` are one word. */
const COUNTING = /[\p{L}\p{N}][\p{L}\p{N}-]*|\//gu;
/** Citations, and percentages of something else. */
const NOT_COUNTING = /(?<![\d.,])\d[\d.,]{0,15} ?\\?%(?! of\b)|\[[^\][]{0,80}\]/g;
/** A number before this word counts something else. */
const ENDS_COUNT =
  /^(?:\/|and|by|for|from|in|on|over|than|to|which|with|(?:year|month|week|day|hour|minute)s?)$/i;
/** Also `what videos …`, but not `what is …` or `what kinds of …`. */
const WHICH =
  /\b(?:which|what(?= \p{L}+s\b(?<! (?:does|has|is|its|kinds|parts|sorts|this|types|was)))) ((?:\p{L}[\p{L}-]* ?){1,3})/iu;
/** `Large Language Models (LLMs)`, where the words are no name of an LLM. */
const EXPANSION = /(?:\p{Lu}[\p{L}-]* ){1,6}\((\p{Lu}+s?)\)/gu;
/** `languages (LRLs)`, which names none of them. */
const ABBREVIATION = /(?<=\p{Ll}s )\(\p{Lu}+s\)/gu;
/** Words up to the noun that a number counts: `thousands of novel MOF structures`. */
const COUNT_NEAR = 4;
/** Words between a noun and a name for it: `the CARLA simulator`, `languages such as Urdu`. */
const NAME_NEAR = 3;

export function readQuestion(typed: string): Question {
  const text = typed.replace(CONTRACTED, '$1 is');
  const counted = COUNTED.exec(text)
    ?.slice(1)
    .flatMap((word?: string) => [...contentWords(word ?? '')]);
  // A dataset may be called a corpus: what names a kind of answer need not be repeated.
  const undated = text.replace(ASKS_DATE, ' ');
  const which = WHICH.exec(undated)?.[1];
  const named = withoutIntent(which ?? '');
  const nouns = contentWords(named);
  const isPlural = /[^s]s\b/.test(named);
  const isAmount = AMOUNT.test(text);
  const required = REQUIRED.flatMap(({ asks, signs }) => (asks.test(text) ? [signs] : []));
  const asks = text.trim().endsWith('?') || INTERROGATIVE.test(text);
  const isYesOrNo = asks && YES_OR_NO.test(text);
  const asksWhetherOrWhy = isYesOrNo || /^\W*why\b/i.test(text);
  const allWords = contentWords(text);
  const subject = withoutLight(allWords);
  const namesItsSubject = isYesOrNo
    ? !OF_A_DETAIL.test(text)
    : !OPEN.test(text) && !/^\W*(?:the )?difference between\b/i.test(text);
  return {
    text,
    asks,
    allWords,
    subject,
    focus: withoutLight(contentWords(withoutIntent(undated))),
    enough: EXPLAINS.test(text) && !isAmount ? EXPLAINED : COVERED,
    isOfTheWhole: counted === undefined && asksOfTheWhole(text),
    isClaim: asks && subject.size >= CLAIM_WORDS && namesItsSubject && !asksForCode(text),
    counts: counted !== undefined,
    canBeAnsweredBy(sentence, title) {
      if (counted) return tellsNumberOf(new Set(counted), sentence);
      if (required.some((signs) => !signs.test(sentence))) return false;
      if (isAmount) return true;
      // “We asked whether it helps” and “little is known” answer neither whether nor why it does.
      if (asksWhetherOrWhy && leavesOpen(sentence)) return false;
      if (which === undefined || title === undefined) return true;
      const known = contentWords(`${text} ${title}`);
      const isName = (word: string, at: number) =>
        (at === 0 ? /\p{Ll}\p{Lu}|\d/u : /\p{Lu}|\d/u).test(word) && !known.has(stemmer(word.toLowerCase()));
      // What a dataset or a method is called need not be near such a word.
      if (nouns.size === 0) return (sentence.match(WORD) ?? []).some(isName);
      // “A 20-second video” does not answer which videos.
      const isNoun = (word: string) => hasStemIn(nouns, word) && (!isPlural || word.endsWith('s'));
      return isNear(
        sentence.replace(EXPANSION, '$1').replace(ABBREVIATION, ''),
        isNoun,
        isName,
        -1,
        NAME_NEAR,
      );
    },
  };
}

/** True if a number stands before one of the nouns and counts it. */
function tellsNumberOf(nouns: ReadonlySet<string>, sentence: string): boolean {
  const words = sentence.replace(NOT_COUNTING, ' / ').match(COUNTING) ?? [];
  return words.some((noun, at) => {
    if (!hasStemIn(nouns, noun)) return false;
    const before = words.slice(Math.max(0, at - COUNT_NEAR), at);
    const counting = before.slice(before.findLastIndex((word) => ENDS_COUNT.test(word)) + 1);
    return [...counting, noun].some((word) => NUMBER.test(word));
  });
}

function withoutLight(stems: ReadonlySet<string>): Set<string> {
  return new Set([...stems].filter((stem) => !LIGHT.has(stem)));
}

function hasStemIn(stems: ReadonlySet<string>, word: string): boolean {
  return stems.has(stemmer(word.toLowerCase()));
}

/** True if a word that `holds` is between `from` and `to` words away from one of the nouns. */
function isNear(
  sentence: string,
  isNoun: (word: string) => boolean,
  holds: (word: string, at: number) => boolean,
  from: number,
  to: number,
): boolean {
  const words = sentence.match(WORD) ?? [];
  return words.some(
    (noun, at) =>
      isNoun(noun) &&
      words.some((near, place) => place - at >= from && place - at <= to && holds(near, place)),
  );
}
