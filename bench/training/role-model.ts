/** Learns from marked abstracts which sentence states the problem, the approach or the result. */
import type { Features } from '../../src/summary/scoring/features.ts';
import { describeForRoles, ROLES, type Role } from '../../src/summary/scoring/scorer.ts';
import { splitSentences } from '../../src/text/sentences/sentences.ts';
import { isMarked, isRight, type Marked } from '../support/marked-roles.ts';
import { fitRidge } from './ridge.ts';

/** By feature, one weight per role in the order of `ROLES`. */
export type RoleWeights = Readonly<Record<string, readonly number[]>>;

/** Chosen by ten-fold cross-validation; from 3,000 to 12,000 the results differ by less than their error. */
const PENALTY: Readonly<Record<Role, number>> = {
  line: 7_000,
  problem: 7_000,
  approach: 5_000,
  result: 7_000,
};
/**
 * A phrase gets its own weight if it occurs in this many sentences. Rarer phrases help the line, but not the
 * result.
 */
const PHRASE_FROM: Readonly<Record<Role, number>> = { line: 25, problem: 25, approach: 100, result: 200 };
const DIGITS = 4;
/** The marked abstracts have no titles. */
const OF_TITLE = /^title|CloseToTitle$/;

/**
 * Ridge regression on whether a sentence is marked, for each role over the abstracts in which readers marked
 * it. The same input gives the same weights.
 */
export function learnRoleWeights(abstracts: readonly Marked[]): RoleWeights {
  const described = abstracts.map((marked) => {
    const sentences = splitSentences(marked.abstract);
    return { marked, sentences, features: describeForRoles('', sentences) };
  });
  const counts = countFeatures(described.flatMap(({ features }) => features));
  // The approach is another sentence than the line, so it is learned from the others.
  let lines: readonly number[] = [];
  const columns = ROLES.map((role) => {
    const names = namesFrom(counts, PHRASE_FROM[role]);
    const vectors = described.map(({ features }) =>
      features.map((each) => Float64Array.from(names, (name) => each.get(name) ?? 0)),
    );
    const rows: Float64Array[] = [];
    const targets: number[] = [];
    for (const [index, { marked, sentences }] of described.entries()) {
      if (!isMarked(marked, role)) continue;
      for (const [at, sentence] of sentences.entries()) {
        const vector = vectors[index]?.[at];
        if (!vector || (role === 'approach' && at === lines[index])) continue;
        rows.push(vector);
        targets.push(Number(isRight(marked, role, sentence)));
      }
    }
    const mean = targets.reduce((total, target) => total + target, 0) / targets.length;
    const weights = fitRidge(
      rows,
      targets.map((target) => target - mean),
      PENALTY[role],
    );
    if (role === 'line') lines = vectors.map((each) => highest(each, weights));
    return new Map(names.map((name, at) => [name, (weights[at] ?? 0) + (name === 'constant' ? mean : 0)]));
  });
  return Object.fromEntries(
    namesFrom(counts, Math.min(...Object.values(PHRASE_FROM))).map((name) => [
      name,
      columns.map((column) => Number((column.get(name) ?? 0).toFixed(DIGITS))),
    ]),
  );
}

/** Index of the vector with the highest score; the first of equals. */
function highest(vectors: readonly Float64Array[], weights: Float64Array): number {
  const scores = vectors.map((vector) =>
    vector.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0),
  );
  return scores.indexOf(Math.max(...scores));
}

/** Number of sentences with a feature. */
function countFeatures(sentences: readonly Features[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const features of sentences) {
    for (const [name, value] of features) {
      if (value !== 0) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

function namesFrom(counts: ReadonlyMap<string, number>, phraseFrom: number): string[] {
  return [...counts]
    .filter(([name, count]) => !OF_TITLE.test(name) && (!name.startsWith('“') || count >= phraseFrom))
    .map(([name]) => name)
    .sort();
}
