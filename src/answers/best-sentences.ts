/** Finds the sentences that answer a question best, by words, without a model. */
import { isPlainSentence } from '../model/plain-sentence.ts';
import type { Paper } from '../papers/paper.ts';
import { contentWords, similarity } from '../summary/content-words.ts';
import { scoreSentences, standardised } from '../summary/scoring/scorer.ts';
import { splitSentences } from '../text/sentences/sentences.ts';
import type { Quote } from './answers.ts';
import { conclusionsOn, dealsWithClaim } from './claims.ts';
import { coverage, coveredWords, shareOf } from './coverage.ts';
import { asksLimits, fitsIntent } from './intents.ts';
import { type Question, readQuestion } from './question.ts';
import { leavesOpen } from './statements.ts';

interface Candidate extends Quote {
  readonly words: ReadonlySet<string>;
  readonly score: number;
  /** A second or third quote of a paper must not have less. */
  readonly worth: number;
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
/** Sentences that state come before those that ask, which are often of the kind asked for. */
const ASKING = 0.6;
/** Place from which an abstract tells limits of its own work, not of earlier ones; 1 is the end. */
const LIMITS_FROM = 0.5;
/** Weight of words in the title, which apply to every sentence. */
const TITLE_WORD = 0.5;

/** The best sentences without duplicates; empty if none answers the question. */
export function bestQuotes(text: string, papers: readonly Paper[], isGiven = papers.length === 1): Quote[] {
  const question = readQuestion(text);
  const ranked = papers
    .flatMap((paper, position) => {
      const rank = RANK / (position + 1);
      const candidates = dealsWithClaim(paper, question)
        ? conclusionsOn(question, paper).map((conclusion) => ({ ...conclusion, paper, worth: 0 }))
        : matching(question, paper, isGiven);
      return candidates.map((candidate) => ({ ...candidate, score: candidate.score + rank }));
    })
    .toSorted((a, b) => b.score - a.score);
  const chosen: Candidate[] = [];
  for (const candidate of ranked) {
    if (chosen.length === QUOTES) break;
    const best = chosen.find(({ paper }) => paper.id === candidate.paper.id) ?? candidate;
    const isNew = chosen.every(({ words }) => similarity(words, candidate.words) < SAME);
    if (isNew && candidate.worth >= best.worth) chosen.push(candidate);
  }
  return chosen.map(({ paper, sentence }) => ({ paper, sentence }));
}

/**
 * The sentences that answer the question by themselves.
 * @param isGiven true if the question is about one paper; otherwise “which” may ask for the paper itself
 */
function matching(question: Question, paper: Paper, isGiven: boolean): Candidate[] {
  const { text, asks, isOfTheWhole, focus } = question;
  const asked = asks && !isOfTheWhole ? focus : question.allWords;
  const title = contentWords(paper.title);
  const untitled = new Set([...focus].filter((word) => !title.has(word)));
  const isAllTitled = untitled.size === 0;
  const sentences = splitSentences(paper.abstract);
  const summing = standardised(scoreSentences(paper.title, sentences));
  return sentences.flatMap((sentence, at): Candidate[] => {
    const words = contentWords(sentence);
    // A statement names its subject in the words that it means, so only they count.
    const heard = asks ? coveredWords(asked, words) : words;
    const match = shareOf(asked, (word) => (heard.has(word) ? 1 : title.has(word) ? TITLE_WORD : 0)) ?? 0;
    const kind = fitsIntent(text, sentence) ?? 0;
    const isAnswer = () => {
      if (asksLimits(text) && at < (sentences.length - 1) * LIMITS_FROM) return false;
      if (!asks) return match >= ENOUGH || kind > 0 || isOfTheWhole;
      if (isAllTitled && isOfTheWhole) return true;
      if (!question.canBeAnsweredBy(sentence, isGiven ? paper.title : undefined)) return false;
      if ((isGiven && question.counts) || (isAllTitled && kind === 1)) return true;
      return coverage(isAllTitled ? focus : untitled, words) >= question.enough;
    };
    if (!isPlainSentence(sentence) || !isAnswer()) return [];
    const asking = asks && !isOfTheWhole && leavesOpen(sentence) ? ASKING : 0;
    const score = match + KIND * kind + SUMMING * (summing[at] ?? 0) - asking;
    return [{ paper, sentence, words, score, worth: asks && !isOfTheWhole ? match : 0 }];
  });
}
