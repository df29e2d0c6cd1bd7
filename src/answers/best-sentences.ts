/** Finds the sentences that answer a question best, by words, without a model. */
import { isPlainSentence } from '../model/plain-sentence.ts';
import type { Paper } from '../papers/paper.ts';
import { contentWords, similarity } from '../summary/content-words.ts';
import { rarity, scoreSentences } from '../summary/scorer.ts';
import { splitSentences } from '../summary/sentences.ts';
import type { Quote } from './answers.ts';
import { asksOfTheWhole, fitsIntent } from './intents.ts';

interface Candidate extends Quote {
  /** Weighted share of the question's words in the sentence or, at half weight, in the title; from 0 to 1. */
  readonly match: number;
  /** Match with the kind of sentence that the question asks for; from 0 to 1. */
  readonly kind: number;
  readonly score: number;
}

export const QUOTES = 3;

/** Cosine from which two sentences count as duplicates. */
const SAME = 0.8;
/** Weight of a paper's rank: full for the first, then a half, a third … */
const RANK = 0.3;
const KIND = 0.35;
/** Weight of a summarising sentence; decides if nothing else does. */
const SUMMING = 0.12;
/** Below this, shared words are chance. */
const ENOUGH = 0.3;
/** Weight of words in the title, which apply to every sentence. */
const TITLE_WORD = 0.5;

/** @param papers most likely first */
function rankSentences(question: string, papers: readonly Paper[]): Candidate[] {
  const asked = contentWords(question);
  const wholeAsked = sum(asked, () => 1);
  return papers
    .flatMap((paper, position) => {
      const sentences = splitSentences(paper.abstract);
      const summing = standardised(scoreSentences(paper.title, sentences));
      const titleWords = contentWords(paper.title);
      return sentences.map((sentence, at): Candidate => {
        const words = contentWords(sentence);
        const found = sum(asked, (word) => (words.has(word) ? 1 : titleWords.has(word) ? TITLE_WORD : 0));
        const match = wholeAsked === 0 ? 0 : found / wholeAsked;
        const kind = fitsIntent(question, sentence) ?? 0;
        const rank = RANK / (position + 1);
        return {
          paper,
          sentence,
          match,
          kind,
          score: match + KIND * kind + SUMMING * (summing[at] ?? 0) + rank,
        };
      });
    })
    .filter(({ sentence }) => isPlainSentence(sentence))
    .toSorted((a, b) => b.score - a.score);
}

/** The best sentences without duplicates; empty if none answers the question. */
export function bestQuotes(question: string, papers: readonly Paper[]): Quote[] {
  const isOpen = contentWords(question).size === 0 || asksOfTheWhole(question);
  const chosen: Candidate[] = [];
  for (const candidate of rankSentences(question, papers)) {
    if (chosen.length === QUOTES) break;
    const answers = candidate.match >= ENOUGH || candidate.kind > 0 || isOpen;
    const words = contentWords(candidate.sentence);
    const isNew = chosen.every(({ sentence }) => similarity(contentWords(sentence), words) < SAME);
    if (answers && isNew) chosen.push(candidate);
  }
  return chosen.map(({ paper, sentence }) => ({ paper, sentence }));
}

/** Weights words by rarity. */
function sum(words: ReadonlySet<string>, share: (word: string) => number): number {
  let total = 0;
  for (const word of words) total += share(word) * rarity(word);
  return total;
}

/** Standardises to mean 0 and deviation 1, so that abstracts of any length compare. */
function standardised(scores: readonly number[]): number[] {
  const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
  const variance = scores.reduce((total, score) => total + (score - mean) ** 2, 0) / scores.length;
  return scores.map((score) => (variance === 0 ? 0 : (score - mean) / Math.sqrt(variance)));
}
