/** Detects the kind of sentence that a question asks for. */
import { ANNOUNCES, APPROACHES, AVAILABILITY, CONTRASTS, FINDS, PROBLEMS, RESULTS } from '../summary/cues.ts';

/** Data for evaluation or training. */
export const DATA =
  /\b(?:data ?sets?|corpus|corpora|benchmarks?|trained on|evaluat\w+ on|tested on|experiments? (?:on|with|in)|\d[\d,.]*\s?[kKMB]?\+? (?:\w+ ){0,2}(?:images|videos|hours|examples|samples|pairs|questions|documents|papers|tokens|participants|patients|tasks|instances|annotations|sentences|dialogues)|ImageNet|COCO|CIFAR|GLUE|WikiText|Wikipedia|MNIST|Common ?Crawl)\b/i;

/** Words for data, and names of some. */
const DATA_NOUN = String.raw`\b(?:data|data ?sets?|corpus|corpora|benchmarks?|suites?|recordings|images|videos|records|simulations|languages|tasks|scenarios|ImageNet|COCO|CIFAR|GLUE|WikiText|Wikipedia|MNIST|Common ?Crawl)\b`;
const DATA_USE = [
  // `evaluated on the TUM dataset`
  String.raw`\b(?:evaluat|validat|verif|test|(?:pre-?)?train|fine-?tun|experiment|measur|assess|demonstrat|conduct|appl|find|result)\w*\b[^.;]{0,60}?\b(?:on|across|over|using|from)\b[^.;]{0,60}?${DATA_NOUN}`,
  // `using the Chicago Crime Dataset`
  String.raw`\b(?:across|using|on|over|from) (?:[\w-]+ ){0,4}(?:data ?sets?|corpus|corpora|benchmarks?)\b`,
  // `we collect a corpus`
  String.raw`\bwe (?:\w+ly |also |then |further )?(?:analy[sz]e|annotate|build|collect|compile|construct|create|curate|introduce|interview|observe|present|release|survey)d?\b[^.;]{0,80}\b(?:data ?set|corpus|corpora|benchmark|library|recordings|interviews)\b`,
  // `270 tutoring conversations`
  String.raw`\b\d[\d,.]{0,12}\s?[kKMB]?\+? (?:[\w-]+ ){0,2}(?:images|videos|hours|examples|samples|pairs|questions|documents|papers|tokens|participants|patients|subjects|users|developers|students|interviews|conversations|tasks|instances|annotations|sentences|dialogues|objects|languages|datasets)\b`,
].map((source) => new RegExp(source, 'i'));

/** True if the sentence says which data the authors used, rather than mentioning data. */
export function tellsDataUse(sentence: string): boolean {
  return DATA_USE.some((use) => use.test(sentence));
}

/** `12%`, `3.2x`, `4.9 points`, `tenfold`. */
const CHANGE =
  /\d ?(?:\\?%|percent|(?:percentage )?points?\b|x\b|×|times\b|-?fold\b)|\b(?:twice|double[sd]?|halv\w+|half)\b/i;

/** Not what a method mitigates. */
const LIMITS =
  /(?<!\b(?:address|alleviat|avoid|mitigat|overcom|prevent|reduc|tackl)\w* (?:[\w-]+ ){0,3})\b(?:limit\w*|fail\w*|however|remains?|drawbacks?|cannot|struggl\w+|impairs?|degrad\w+|susceptible|vulnerable)\b/i;

const ASKS_LIMITS =
  /\b(?:limitations?|limits?|drawbacks?|downsides?|weak (?:points?|spots?|sides?)|weakness\w*|fail\w*|go(?:es)? wrong)\b/i;
const ASKS_CODE = /\b(?:code|github|open[- ]?sourced?|implementation)\b/i;

/** Earlier work, whose limits are the problem that a paper solves. */
const OF_OTHERS =
  /\b(?:these|those|such|existing|current|previous|prior|earlier|recent|most|many|other|conventional|traditional) (?:[\w-]+ ){0,3}(?:methods|approaches|models|works?|techniques|systems|studies|solutions|algorithms)\b/i;

interface Intent {
  readonly asks: RegExp;
  readonly answers: (sentence: string) => boolean;
}

const INTENTS: readonly Intent[] = [
  {
    asks: /\b(?:data|datasets?|corpus|corpora|benchmarks?|train(?:ed)? on|test(?:ed)? on|evaluated? on)\b/i,
    answers: (sentence) => DATA.test(sentence),
  },
  {
    asks: /\b(?:results?|outcomes?|perform\w*|accura\w+|how (?:well|much|good|fast)|better|best|improv\w+|gains?|beats?|outperform\w*|findings?|found|find|show)\b/i,
    answers: (sentence) => [RESULTS, FINDS, CHANGE].some((signs) => signs.test(sentence)),
  },
  {
    asks: /\b(?:how (?:do|does|did|is|are)|methods?|approach\w*|techniques?|architecture|algorithm|work|works)\b/i,
    answers: (sentence) => APPROACHES.test(sentence) || ANNOUNCES.test(sentence),
  },
  {
    asks: /\b(?:why|problems?|motivat\w+|challenges?|difficult\w*|gap|solve[sd]?|address\w*|wrong)\b/i,
    answers: (sentence) => PROBLEMS.test(sentence) || CONTRASTS.test(sentence),
  },
  {
    asks: ASKS_LIMITS,
    answers: (sentence) => LIMITS.test(sentence) && !OF_OTHERS.test(sentence),
  },
  {
    // `How much faster is it?`, `how much does the accuracy go up?`
    asks: /\bhow (?:much|many times) (?:[\w-]+ ){0,4}(?:faster|slower|better|worse|smaller|larger|bigger|cheaper|higher|lower|(?:go|goes|went) (?:up|down)|improv\w*|gain\w*|increas\w*|decreas\w*|reduc\w*|saved?)\b/i,
    answers: (sentence) => CHANGE.test(sentence),
  },
  {
    asks: ASKS_CODE,
    answers: (sentence) => AVAILABILITY.test(sentence),
  },
];

/** Questions about the whole paper, answered by any summarising sentence. */
const OF_THE_WHOLE =
  /\b(?:about|contribut\w*|main|idea|propos(?:e[sd]?|ing)|introduc\w*|new|novel\w*|summar\w*|gist|tl;?dr|what (?:do|does|did) (?:it|this|they|he|she|the (?:paper|authors?)) (?:do|build|create|develop|make|offer|present))\b/i;
/** `What does RouteBench do?` Its name is part of the question. */
const WHAT_IT_DOES = /^\W*(?:what (?:do|does|did) .{1,300} do|how (?:do|does|did) .{1,300} work)\W*$/i;

/**
 * Match of a sentence with the kinds that the question asks for, from 0 to 1; `undefined` if it asks for
 * none.
 */
export function fitsIntent(question: string, sentence: string): number | undefined {
  const asked = INTENTS.filter(({ asks }) => asks.test(question));
  if (asked.length === 0) return undefined;
  return asked.filter(({ answers }) => answers(sentence)).length / asked.length;
}

/** True if the question is about the weak points of the work; its authors tell them at the end, if at all. */
export function asksLimits(question: string): boolean {
  return ASKS_LIMITS.test(question);
}

/** True if the question is whether there is code. */
export function asksForCode(question: string): boolean {
  return /\b(?:code|github|open[- ]?sourced?)\b/i.test(question);
}

export function asksOfTheWhole(question: string): boolean {
  return OF_THE_WHOLE.test(question) || WHAT_IT_DOES.test(question);
}

/** The question without the words that name a kind of answer, which an answer need not contain. */
export function withoutIntent(question: string): string {
  return [...INTENTS.map(({ asks }) => asks), OF_THE_WHOLE].reduce(
    (rest, words) => rest.replace(new RegExp(words.source, 'gi'), ' '),
    question,
  );
}
