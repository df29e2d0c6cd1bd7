/**
 * Answers questions about a claim (“Does exercise reduce the risk of falls?”) with the conclusions of a paper
 * about it. The paper as a whole decides whether there is an answer, since a conclusion need not repeat the
 * words of the question.
 */
import { isPlainSentence } from '../model/plain-sentence.ts';
import type { Paper } from '../papers/paper.ts';
import { contentWords } from '../summary/content-words.ts';
import { readSentences } from '../summary/sentences.ts';
import { coverage } from './coverage.ts';
import type { Question } from './question.ts';
import { conclusiveness, onlyAnnounces } from './statements.ts';

/** A sentence that states a conclusion. */
export interface Conclusion {
  readonly sentence: string;
  readonly words: ReadonlySet<string>;
  /** Share of the question's words in the sentence, from 0 to 1. */
  readonly match: number;
  readonly score: number;
}

/**
 * Share of a question's words from which a paper is about its claim. PubMedQA's papers contain less for 2% of
 * their own questions and for 99% of the next paper's.
 */
const ABOUT = 0.45;
/** Weight of the question's words against the signs of a conclusion. */
const MATCH = 1.25;
/** Sentences this far behind the best are details or background. */
const BEHIND = 0.8;

/** True if the question is about a claim with which the paper deals. */
export function dealsWithClaim({ title, abstract }: Paper, { isClaim, subject }: Question): boolean {
  return isClaim && coverage(subject, contentWords(`${title} ${abstract}`)) >= ABOUT;
}

/** The paper's conclusions on the claim, in the order of the abstract. */
export function conclusionsOn({ subject }: Question, { abstract }: Paper): Conclusion[] {
  const sentences = readSentences(abstract);
  const conclusions = sentences.flatMap((sentence, at) => {
    const { text } = sentence;
    if (onlyAnnounces(text) || !isPlainSentence(text)) return [];
    const words = contentWords(text);
    const match = coverage(subject, words);
    const score = MATCH * match + conclusiveness(sentence, at / Math.max(1, sentences.length - 1));
    return [{ sentence: text, words, match, score }];
  });
  const best = Math.max(...conclusions.map(({ score }) => score));
  return conclusions.filter(({ score }) => score >= best - BEHIND);
}
