/** Scores how well a sentence of an abstract would serve as a summary. */
import { describeSentences, type Features, type Rarity } from './features.ts';
import { COMMON_STEMS, PAPERS, WEIGHTS } from './weights.ts';

/** Words in fewer papers than this, such as names of methods, all count as equally rare. */
export const COMMON_FROM = 100;

const weights: ReadonlyMap<string, number> = new Map(Object.entries(WEIGHTS));

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
  return describeSentences(title, sentences, rarity).map(weigh);
}

function weigh(features: Features): number {
  let score = 0;
  for (const [name, value] of Object.entries(features)) score += (weights.get(name) ?? 0) * value;
  return score;
}
