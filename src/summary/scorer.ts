/** How likely a sentence of an abstract is the one that a person would sum the paper up with. */
import { describeSentences, type Features, type Rarity } from './features.ts';
import { COMMON_STEMS, PAPERS, WEIGHTS } from './weights.ts';

/** Words in fewer papers than this are told apart no further: names of methods, which no list of words foresees. */
export const COMMON_FROM = 100;

const weights: ReadonlyMap<string, number> = new Map(Object.entries(WEIGHTS));

/** @param counts of how many of `papers` a stem stands in, the common ones */
export function rarityAmong(counts: Readonly<Record<string, number>>, papers: number): Rarity {
  const rare = Math.log(papers / (COMMON_FROM / 2));
  const common = new Map(
    Object.entries(counts).map(([stem, count]) => [stem, Math.log((papers + 1) / (count + 1))]),
  );
  return (stem) => common.get(stem) ?? rare;
}

/** Of a stem among papers on machine learning. */
export const rarity = rarityAmong(COMMON_STEMS, PAPERS);

/** One number a sentence, comparable within this abstract only. */
export function scoreSentences(title: string, sentences: readonly string[]): number[] {
  return describeSentences(title, sentences, rarity).map(weigh);
}

function weigh(features: Features): number {
  let score = 0;
  for (const [name, value] of Object.entries(features)) score += (weights.get(name) ?? 0) * value;
  return score;
}
