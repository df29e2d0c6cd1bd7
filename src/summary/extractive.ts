/** A summary out of the abstract's own sentences: no model, no network, nothing that the authors did not write. */
import { isPlainSentence } from '../model/plain-sentence.ts';
import { contentWords, countShared } from './content-words.ts';
import { findPoints } from './points.ts';
import { scoreSentences } from './scorer.ts';
import { splitSentences } from './sentences.ts';
import type { Summary } from './summary.ts';

/** From this share of its words in the title on, a sentence tells nothing that the title did not. */
const ECHO = 0.8;

/** `undefined` when the abstract has no sentence, or none that says more than the title. One that holds a link or a mention is none. */
export function extractSummary(paper: {
  readonly title: string;
  readonly abstract: string;
}): Summary | undefined {
  const sentences = splitSentences(paper.abstract);
  const titleWords = contentWords(paper.title);
  const candidates = scoreSentences(paper.title, sentences)
    .map((score, index) => ({ index, text: sentences[index] ?? '', score }))
    .filter(({ text }) => !echoes(text, titleWords) && isPlainSentence(text));
  const [first, ...rest] = candidates;
  if (first === undefined) return undefined;
  const tldr = rest.reduce((best, next) => (next.score > best.score ? next : best), first);
  return { tldr: tldr.text, points: findPoints(candidates, tldr), madeBy: 'extracted' };
}

function echoes(sentence: string, titleWords: ReadonlySet<string>): boolean {
  const words = contentWords(sentence);
  return countShared(words, titleWords) >= ECHO * words.size;
}
