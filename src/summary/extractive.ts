/** A summary out of the abstract's own sentences: no model, no network, nothing that the authors did not write. */
import { contentWords, countShared } from './content-words.ts';
import { describeSentences, FEATURE_NAMES, type Features } from './features.ts';
import { findPoints } from './points.ts';
import { splitSentences } from './sentences.ts';
import type { Summary } from './summary.ts';

/**
 * Set by hand on the train split of SciTLDR (Cachola et al. 2020, https://aclanthology.org/2020.findings-emnlp.428/),
 * starting from what maximises expected ROUGE-1 there. The last three keep out what is no summary at all.
 */
const WEIGHTS: Features = {
  proposes: 1.5,
  announces: 1.5,
  announcesFirst: 2,
  turns: 2,
  finds: 0.5,
  results: -0.5,
  background: -0.5,
  titleRecall: 3,
  titleCosine: 2,
  position: -0.5,
  last: -1,
  availability: -5,
  short: -1,
  long: -1,
};

/** From this share of its words in the title on, a sentence tells nothing that the title did not. */
const ECHO = 0.8;

/** `undefined` when the abstract has no sentence, or none that says more than the title. */
export function extractSummary(paper: {
  readonly title: string;
  readonly abstract: string;
}): Summary | undefined {
  const sentences = splitSentences(paper.abstract);
  const titleWords = contentWords(paper.title);
  const candidates = describeSentences(paper.title, sentences)
    .map((features, index) => ({ index, text: sentences[index] ?? '', score: scoreOf(features) }))
    .filter(({ text }) => !echoes(text, titleWords));
  const [first, ...rest] = candidates;
  if (first === undefined) return undefined;
  const tldr = rest.reduce((best, next) => (next.score > best.score ? next : best), first);
  return { tldr: tldr.text, points: findPoints(candidates, tldr), madeBy: 'extracted' };
}

function scoreOf(features: Features): number {
  return FEATURE_NAMES.reduce((sum, name) => sum + WEIGHTS[name] * features[name], 0);
}

function echoes(sentence: string, titleWords: ReadonlySet<string>): boolean {
  const words = contentWords(sentence);
  return countShared(words, titleWords) >= ECHO * words.size;
}
