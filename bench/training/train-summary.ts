/**
 * Learns from SciTLDR's train split which sentence summarises an abstract, and writes
 * `src/summary/scoring/weights.ts`:
 *
 *     BENCH_DATA=FOLDER node bench/training/train-summary.ts && npm run fix
 *
 * Ridge regression on how much better a sentence scores by ROUGE than the others of its abstract. The same
 * input gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentWords } from '../../src/summary/content-words.ts';
import { describeSentences, type Features } from '../../src/summary/scoring/features.ts';
import { COMMON_FROM, rarityAmong } from '../../src/summary/scoring/scorer.ts';
import { bestRouge } from '../support/rouge.ts';
import { readScitldr, sentencesOf } from '../support/scitldr.ts';
import { fitRidge } from './ridge.ts';

/**
 * Chosen by four-fold cross-validation on the train split; from 1,000 to 10,000 the results change by at most
 * 0.1 points.
 */
const PENALTY = 3_000;
/** A phrase gets its own weight if it occurs in this many sentences. */
const PHRASE_FROM = 400;
const DIGITS = 5;

const rows = await readScitldr(process.env['BENCH_DATA'] ?? '', 'train');
const abstracts = rows.map((row) => ({ ...row, sentences: sentencesOf(row) }));

const stemCounts = countBy(
  abstracts.map(({ sentences }) => [...new Set(sentences.flatMap((text) => [...contentWords(text)]))]),
  COMMON_FROM,
);
const rarity = rarityAmong(stemCounts, abstracts.length);
const described = abstracts.map(({ title, sentences }) => describeSentences(title, sentences, rarity));
const names = Object.entries(countBy(described.flat().map(named), 1))
  .filter(([name, count]) => !name.startsWith('“') || count >= PHRASE_FROM)
  .map(([name]) => name)
  .sort();

const inputs: Float64Array[] = [];
const targets: number[] = [];
for (const [index, { sentences, tldrs }] of abstracts.entries()) {
  const vectors = (described[index] ?? []).map(vectorOf);
  const gains = sentences.map((text) => bestRouge(text, tldrs).rouge1);
  const middle = mean(vectors);
  const gain = gains.reduce((total, each) => total + each, 0) / gains.length;
  for (const [at, vector] of vectors.entries()) {
    inputs.push(vector.map((value, column) => value - (middle[column] ?? 0)));
    targets.push((gains[at] ?? 0) - gain);
  }
}
const fitted = fitRidge(inputs, targets, PENALTY);
const weights = Object.fromEntries(
  names.map((name, at) => [name, Number((fitted[at] ?? 0).toFixed(DIGITS))]),
);

const file = join(import.meta.dirname, '../../src/summary/scoring/weights.ts');
writeFileSync(
  file,
  `/**
 * Counts and weights learned from SciTLDR's train split (Cachola et al. 2020), without any of its text.
 * Made by bench/training/train-summary.ts.
 */

/** Number of papers that were counted. */
export const PAPERS = ${abstracts.length};

/** Number of those papers that contain a stem, for common stems. */
export const COMMON_STEMS: Readonly<Record<string, number>> = ${JSON.stringify(stemCounts)};

/** The value that a feature adds to the score of a sentence. */
export const WEIGHTS: Readonly<Record<string, number>> = ${JSON.stringify(weights)};
`,
);

function named(features: Features): string[] {
  return [...features].flatMap(([name, value]) => (value === 0 ? [] : [name]));
}

function countBy(lists: readonly (readonly string[])[], from: number): Record<string, number> {
  const counts = new Map<string, number>();
  for (const list of lists) for (const name of list) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(
    [...counts].filter(([, count]) => count >= from).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function vectorOf(features: Features): Float64Array {
  return Float64Array.from(names, (name) => features.get(name) ?? 0);
}

function mean(vectors: readonly Float64Array[]): Float64Array {
  return Float64Array.from(
    names,
    (_, column) => vectors.reduce((total, vector) => total + (vector[column] ?? 0), 0) / vectors.length,
  );
}
