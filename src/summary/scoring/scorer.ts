/**
 * Scores the sentences of an abstract: how well each would serve as its summary, and how likely it states the
 * paper's problem, approach or result. The weights come from `bench/training/train-summary.ts`.
 */
import { describeSentences, type Features, type Rarity } from './features.ts';
import { ROLE_WEIGHTS } from './role-weights.ts';
import { COMMON_STEMS, PAPERS, WEIGHTS } from './weights.ts';

/** Words in fewer papers than this, such as names of methods, all count as equally rare. */
export const COMMON_FROM = 100;

export const ROLES = ['line', 'problem', 'approach', 'result'] as const;
export type Role = (typeof ROLES)[number];
export type RoleScores = Readonly<Record<Role, number>>;

/**
 * Weight of the score of a summary against the likelihood of the line. Without a title that score lacks its
 * best features.
 */
const SUMMING = 0.4;

const summing: ReadonlyMap<string, number> = new Map(Object.entries(WEIGHTS));
const ofRoles: ReadonlyMap<string, readonly number[]> = new Map(Object.entries(ROLE_WEIGHTS));

/** @param counts number of papers per stem, of the common stems only */
export function rarityAmong(counts: Readonly<Record<string, number>>, papers: number): Rarity {
  const rare = Math.log(papers / (COMMON_FROM / 2));
  const common = new Map(
    Object.entries(counts).map(([stem, count]) => [stem, Math.log((papers + 1) / (count + 1))]),
  );
  return (stem) => common.get(stem) ?? rare;
}

/** Rarity of a stem among machine learning papers. */
export const rarity = rarityAmong(COMMON_STEMS, PAPERS);

/** Returns one score per sentence, comparable only within this abstract. */
export function scoreSentences(title: string, sentences: readonly string[]): number[] {
  return describeSentences(title, sentences, rarity, (phrase) => summing.has(phrase)).map(weigh);
}

function weigh(features: Features): number {
  let score = 0;
  for (const [name, value] of features) score += (summing.get(name) ?? 0) * value;
  return score;
}

/**
 * Returns the likelihood of each role for each sentence: about 1 if readers would mark it, about 0 if not.
 * `line` stands for the sentence that says what the paper is about or does.
 */
export function scoreRoles(
  title: string,
  sentences: readonly string[],
  weightsOf: ReadonlyMap<string, readonly number[]> = ofRoles,
): RoleScores[] {
  const summingWeight = title === '' ? 0 : SUMMING;
  const keeps = (phrase: string) => summing.has(phrase) || weightsOf.has(phrase);
  return describeForRoles(title, sentences, keeps).map((features) => {
    const scores = ROLES.map(() => 0);
    for (const [name, value] of features) {
      const weights = weightsOf.get(name);
      if (weights) for (const at of ROLES.keys()) scores[at] = (scores[at] ?? 0) + (weights[at] ?? 0) * value;
    }
    const [line = 0, problem = 0, approach = 0, result = 0] = scores;
    return { line: line + summingWeight * (features.get('summing') ?? 0), problem, approach, result };
  });
}

/** Features for the roles: those of a summary, and its score. */
export function describeForRoles(
  title: string,
  sentences: readonly string[],
  keeps?: (phrase: string) => boolean,
): Features[] {
  const described = describeSentences(title, sentences, rarity, keeps);
  const scores = standardised(described.map(weigh));
  const ranked = scores.toSorted((a, b) => b - a);
  return described.map((features, at) => {
    const extended = new Map(features);
    extended.set('constant', 1);
    extended.set('summing', scores[at] ?? 0);
    extended.set('summingFirst', Number(scores[at] === ranked[0]));
    extended.set('summingSecond', Number(scores[at] === ranked[1]));
    return extended;
  });
}

/** Standardises to mean 0 and deviation 1, so that abstracts of any length compare. */
export function standardised(scores: readonly number[]): number[] {
  const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
  const variance = scores.reduce((total, score) => total + (score - mean) ** 2, 0) / scores.length;
  return scores.map((score) => (variance === 0 ? 0 : (score - mean) / Math.sqrt(variance)));
}
