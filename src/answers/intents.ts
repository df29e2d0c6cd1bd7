/** Detects the kind of sentence that a question asks for. */
import { ANNOUNCES, APPROACHES, CONTRASTS, FINDS, PROBLEMS, RESULTS } from '../summary/cues.ts';

/** Data for evaluation or training. */
export const DATA =
  /\b(?:data ?sets?|corpus|corpora|benchmarks?|trained on|evaluat\w+ on|tested on|experiments? (?:on|with|in)|\d[\d,.]*\s?[kKMB]?\+? (?:\w+ ){0,2}(?:images|videos|hours|examples|samples|pairs|questions|documents|papers|tokens|participants|patients|tasks|instances|annotations|sentences|dialogues)|ImageNet|COCO|CIFAR|GLUE|WikiText|Wikipedia|MNIST|Common ?Crawl)\b/i;

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
    answers: (sentence) => RESULTS.test(sentence) || FINDS.test(sentence),
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
    asks: /\b(?:limitations?|limits?|drawbacks?|weakness\w*|fail\w*)\b/i,
    answers: (sentence) =>
      /\b(?:limit\w*|fail\w*|however|remains?|drawbacks?|cannot|struggl\w+)\b/i.test(sentence),
  },
];

/** Questions about the whole paper, answered by any summarising sentence. */
const OF_THE_WHOLE =
  /\b(?:about|contribut\w*|main|idea|propos\w*|introduc\w*|new|novel\w*|summar\w*|gist|tl;?dr|what (?:do|does|did) (?:it|they|he|she|the (?:paper|authors?)|this) do)\b/i;

/**
 * Match of a sentence with the kinds that the question asks for, from 0 to 1; `undefined` if it asks for
 * none.
 */
export function fitsIntent(question: string, sentence: string): number | undefined {
  const asked = INTENTS.filter(({ asks }) => asks.test(question));
  if (asked.length === 0) return undefined;
  return asked.filter(({ answers }) => answers(sentence)).length / asked.length;
}

export function asksOfTheWhole(question: string): boolean {
  return OF_THE_WHOLE.test(question);
}
