/** Builds summaries from the abstract's own sentences, without a model or a network. */
import { isPlainSentence } from '../model/plain-sentence.ts';
import { contentWords, countShared } from './content-words.ts';
import { PROPOSES } from './cues.ts';
import { findPoints } from './points.ts';
import { scoreSentences } from './scorer.ts';
import type { Section } from './sections.ts';
import { readSentences, type Sentence } from './sentences.ts';
import type { Summary } from './summary.ts';

/** Share of a sentence's words in the title from which it only repeats the title. */
const ECHO = 0.8;
const SUMMING: ReadonlySet<Section> = new Set(['objective', 'results', 'conclusions']);

/**
 * Returns `undefined` when no sentence says more than the title. Sentences with links or mentions, and
 * keywords, are ignored.
 */
export function extractSummary(paper: {
  readonly title: string;
  readonly abstract: string;
}): Summary | undefined {
  const sentences = readSentences(paper.abstract);
  const titleWords = contentWords(paper.title);
  const scores = scoreSentences(
    paper.title,
    sentences.map(({ text }) => text),
  );
  const candidates = sentences
    .map((sentence, index) => ({ ...sentence, index, score: scores[index] ?? 0 }))
    .filter(({ text, section }) => section !== 'other' && !echoes(text, titleWords) && isPlainSentence(text));
  const [first, ...rest] = summing(candidates);
  if (first === undefined) return undefined;
  const tldr = rest.reduce((best, next) => (next.score > best.score ? next : best), first);
  return { tldr: tldr.text, points: findPoints(candidates, tldr), madeBy: 'extracted' };
}

/**
 * Returns the sentences of a structured abstract that can summarise it. “To find out whether …” is a
 * fragment. If there is only one sentence about the methods, it is reserved for the approach.
 */
function summing<Candidate extends Sentence>(candidates: readonly Candidate[]): readonly Candidate[] {
  const sections = new Set(
    candidates.map(({ section }) => section).filter((section) => section !== undefined),
  );
  if (sections.size < 2) return candidates;
  const methods = candidates.filter(({ section }) => section === 'methods');
  const told = candidates.filter(({ text, section }) =>
    section === 'methods'
      ? methods.length > 1 && PROPOSES.test(text)
      : section !== undefined && SUMMING.has(section) && !/^To /.test(text),
  );
  return told.length > 0 ? told : candidates;
}

function echoes(sentence: string, titleWords: ReadonlySet<string>): boolean {
  const words = contentWords(sentence);
  return countShared(words, titleWords) >= ECHO * words.size;
}
