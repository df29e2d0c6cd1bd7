/** Extracts one sentence each on problem, approach, data and result from an abstract. */
import { isPlainSentence } from '../model/plain-sentence.ts';
import type { Paper } from '../papers/paper.ts';
import { ANNOUNCES, AVAILABILITY, PROBLEMS, RESULTS } from '../summary/cues.ts';
import { type Chosen, chooseSentences, type ScoredSentence } from '../summary/selection.ts';
import { splitSentences } from '../text/sentences/sentences.ts';
import type { Aspects } from './answers.ts';
import { DATA, tellsDataUse } from './intents.ts';

/** Lower than any single cue. */
const TAKEN = 0.5;
const OWN = /\b(?:we|our|i|my)\b|\bthis (?:paper|work|article|study|report|letter)\b/i;

export function findAspects(paper: Pick<Paper, 'title' | 'abstract'>): Aspects {
  const chosen = chooseSentences(paper);
  if (!chosen) return {};
  const { line } = chosen;
  const isOf = (cue: RegExp) => (!ANNOUNCES.test(line.text) && cue.test(line.text) ? line : undefined);
  const problem = chosen.problem ?? isOf(PROBLEMS);
  const result = chosen.result ?? isOf(RESULTS);
  const approach = approachOf(chosen, [problem, result]);
  const data = mostData(
    paper.abstract,
    [problem, approach, result].map((each) => each?.text),
  );
  return {
    ...(problem && { problem: problem.shown }),
    ...(approach && { approach: approach.shown }),
    ...(data !== undefined && { data }),
    ...(result && { result: result.shown }),
  };
}

/** What the paper does, or how, whichever is clearer. */
function approachOf(
  { line, approach }: Chosen,
  taken: readonly (ScoredSentence | undefined)[],
): ScoredSentence | undefined {
  if (taken.includes(line) || (line.section !== undefined && line.section !== 'methods'))
    return approach ?? line;
  return approach && approach.scores.approach > line.scores.approach ? approach : line;
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
