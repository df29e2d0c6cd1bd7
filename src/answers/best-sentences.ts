/** Finds the sentences that answer a question best, by words, without a model. */
import { isPlainSentence } from '../model/plain-sentence.ts';
import type { Paper } from '../papers/paper.ts';
import { contentWords, similarity } from '../summary/content-words.ts';
import { rarity, scoreSentences } from '../summary/scorer.ts';
import { splitSentences } from '../summary/sentences.ts';
import type { Quote } from './answers.ts';
import { fitsIntent } from './intents.ts';
import { type Question, readQuestion } from './question.ts';

interface Candidate extends Quote {
  readonly words: ReadonlySet<string>;
  /** Weighted share of the question's words in the sentence or, at half weight, in the title; from 0 to 1. */
  readonly match: number;
  /** Weighted share in the sentence of the words that the title does not contain, or of all if it does. */
  readonly covered: number;
  /** True if the title contains all words of the question. */
  readonly allTitled: boolean;
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
/** Below this, words that a sentence shares with a subject are chance. */
const ENOUGH = 0.3;
/** Share of a question's words from which a sentence counts as its answer. */
const COVERED = 0.75;
/** Weight of words in the title, which apply to every sentence. */
const TITLE_WORD = 0.5;

/** @param papers most likely first */
function rankSentences(text: string, question: Question, papers: readonly Paper[]): Candidate[] {
  const { focus } = question;
  const asked = question.asks && !question.isOfTheWhole ? focus : contentWords(text);
  return papers
    .flatMap((paper, position) => {
      const sentences = splitSentences(paper.abstract);
      const summing = standardised(scoreSentences(paper.title, sentences));
      const title = contentWords(paper.title);
      const untitled = new Set([...focus].filter((word) => !title.has(word)));
      return sentences.map((sentence, at): Candidate => {
        const words = contentWords(sentence);
        const match = shareOf(asked, (word) => (words.has(word) ? 1 : title.has(word) ? TITLE_WORD : 0)) ?? 0;
        const covered =
          shareOf(untitled.size > 0 ? untitled : focus, (word) => (words.has(word) ? 1 : 0)) ?? 0;
        const kind = fitsIntent(text, sentence) ?? 0;
        const rank = RANK / (position + 1);
        const score = match + KIND * kind + SUMMING * (summing[at] ?? 0) + rank;
        return { paper, sentence, words, match, covered, allTitled: untitled.size === 0, kind, score };
      });
    })
    .filter(({ sentence }) => isPlainSentence(sentence))
    .toSorted((a, b) => b.score - a.score);
}

/** The best sentences without duplicates; empty if none answers the question. */
export function bestQuotes(text: string, papers: readonly Paper[], isGiven = papers.length === 1): Quote[] {
  const question = readQuestion(text);
  // Bare words and statements name a subject: sentences that share some of their words are about it.
  const answers = question.asks
    ? (candidate: Candidate) => isAnswer(question, candidate, isGiven)
    : ({ match, kind }: Candidate) => match >= ENOUGH || kind > 0 || question.isOfTheWhole;
  const chosen: Candidate[] = [];
  for (const candidate of rankSentences(text, question, papers).filter(answers)) {
    if (chosen.length === QUOTES) break;
    const best = chosen.find(({ paper }) => paper.id === candidate.paper.id) ?? candidate;
    const isNew = chosen.every(({ words }) => similarity(words, candidate.words) < SAME);
    const isAsGood = !question.asks || question.isOfTheWhole || candidate.match >= best.match;
    if (isNew && isAsGood) chosen.push(candidate);
  }
  return chosen.map(({ paper, sentence }) => ({ paper, sentence }));
}

/** @param isGiven true if the question is about one paper; otherwise “which” may ask for the paper itself */
function isAnswer(question: Question, candidate: Candidate, isGiven: boolean): boolean {
  const { sentence, paper, covered, allTitled, kind } = candidate;
  if (allTitled && question.isOfTheWhole) return true;
  if (!question.canBeAnsweredBy(sentence, isGiven ? paper.title : undefined)) return false;
  return (isGiven && question.counts) || covered >= COVERED || (allTitled && kind > 0);
}

/** Weights words by rarity; `undefined` for no words. */
function shareOf(words: ReadonlySet<string>, share: (word: string) => number): number | undefined {
  let found = 0;
  let whole = 0;
  for (const word of words) {
    found += share(word) * rarity(word);
    whole += rarity(word);
  }
  return whole === 0 ? undefined : found / whole;
}

/** Standardises to mean 0 and deviation 1, so that abstracts of any length compare. */
function standardised(scores: readonly number[]): number[] {
  const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
  const variance = scores.reduce((total, score) => total + (score - mean) ** 2, 0) / scores.length;
  return scores.map((score) => (variance === 0 ? 0 : (score - mean) / Math.sqrt(variance)));
}
