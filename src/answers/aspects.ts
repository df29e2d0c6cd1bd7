/** Extracts one sentence each on problem, approach, data and result from an abstract. */
import { isPlainSentence } from '../model/plain-sentence.ts';
import type { Paper } from '../papers/paper.ts';
import { ANNOUNCES, AVAILABILITY, PROBLEMS, RESULTS } from '../summary/cues.ts';
import { extractSummary } from '../summary/extractive.ts';
import type { Section } from '../summary/sections.ts';
import { readSentences, splitSentences } from '../summary/sentences.ts';
import type { Aspects } from './answers.ts';
import { DATA, tellsDataUse } from './intents.ts';

/** Lower than any single cue. */
const TAKEN = 0.5;
const OWN = /\b(?:we|our|i|my)\b|\bthis (?:paper|work|article|study|report|letter)\b/i;

export function findAspects(paper: Pick<Paper, 'title' | 'abstract'>): Aspects {
  const { tldr, points = [] } = extractSummary(paper) ?? {};
  const point = (wanted: string) => points.find(({ kind }) => kind === wanted)?.text;
  // A single sentence is usually about the approach.
  const isOf = (cue: RegExp) =>
    tldr !== undefined && !ANNOUNCES.test(tldr) && cue.test(tldr) ? tldr : undefined;
  const problem = point('problem') ?? isOf(PROBLEMS);
  const result = point('result') ?? isOf(RESULTS);
  const isTold = sectionOf(paper.abstract, tldr) !== undefined;
  const approach = isTold || tldr === problem || tldr === result ? (point('approach') ?? tldr) : tldr;
  const data = mostData(paper.abstract, [problem, approach, result]);
  return {
    ...(problem !== undefined && { problem }),
    ...(approach !== undefined && { approach }),
    ...(data !== undefined && { data }),
    ...(result !== undefined && { result }),
  };
}

/** The section of a structured abstract that contains the sentence. */
function sectionOf(abstract: string, sentence: string | undefined): Section | undefined {
  return readSentences(abstract).find(({ text }) => text === sentence)?.section;
}

/** Returns the sentence about the authors' own data that names most; prefers those not used elsewhere. */
function mostData(abstract: string, taken: readonly (string | undefined)[]): string | undefined {
  const every = new RegExp(DATA.source, 'gi');
  const sentences = splitSentences(abstract);
  // Sentences before the authors mention their own work are about the work of others.
  const own = sentences.slice(
    Math.max(
      0,
      sentences.findIndex((sentence) => OWN.test(sentence)),
    ),
  );
  let best: string | undefined;
  let most = 0;
  for (const sentence of own) {
    const found = tellsDataUse(sentence) ? 1 + (sentence.match(every)?.length ?? 0) : 0;
    const signs = taken.includes(sentence) ? Math.min(found, TAKEN) : found;
    if (signs <= most || AVAILABILITY.test(sentence) || !isPlainSentence(sentence)) continue;
    best = sentence;
    most = signs;
  }
  return best;
}
