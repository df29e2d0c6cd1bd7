/**
 * Questions with known answers, from SciTLDR. One person's summary of a paper is the question, and the other
 * people's summaries are the judges. The right sentence is the one with the highest mean ROUGE-1 over those
 * summaries.
 */
import type { Paper } from '../../src/papers/paper.ts';
import { rouge } from './rouge.ts';
import { type Row, sentencesOf } from './scitldr.ts';

interface Asked {
  readonly question: string;
  readonly row: Row;
  /** The sentence that the other summaries are mostly based on. */
  readonly right: string;
}

/** `undefined` if only one person wrote a summary. */
export function reworded(row: Row): Asked | undefined {
  const [question, ...others] = row.tldrs;
  if (question === undefined || others.length === 0) return undefined;
  return { question, row, right: mostRestedOn({ ...row, tldrs: others }) };
}

export function isAsked(asked: Asked | undefined): asked is Asked {
  return asked !== undefined;
}

export function mostRestedOn(row: Row): string {
  const support = (sentence: string) =>
    row.tldrs.reduce((total, tldr) => total + rouge(sentence, tldr).rouge1, 0);
  return sentencesOf(row).reduce((best, next) => (support(next) > support(best) ? next : best), '');
}

/** @param channel index of the row among those that are loaded together */
export function toPaper({ title, sentences }: Row, channel = 0): Paper {
  return {
    id: `2001.${String(channel + 1).padStart(5, '0')}`,
    title,
    abstract: sentences.join(' '),
    authors: [],
    categories: [],
    keywords: [],
  };
}
