/** Plain alternatives to recommendations: popular papers, random papers, and a BM25 centroid. */
import { type CiteULike, openRandom, type Reader } from './citeulike.ts';

const K1 = 1.2;
const B = 0.75;

/** Returns the best `count` papers that the reader has not saved, best first. */
export type Baseline = (reader: Reader, count: number) => number[];

export function openBaselines({ bags, readers }: CiteULike): Readonly<Record<string, Baseline>> {
  const popularity = new Float64Array(bags.length);
  for (const { saved } of readers)
    for (const paper of saved) popularity[paper] = (popularity[paper] ?? 0) + 1;
  return {
    popularity: (reader, count) => best(popularity, reader, count),
    random(reader, count) {
      const random = openRandom(reader.id);
      return best(
        Float64Array.from(popularity, () => random()),
        reader,
        count,
      );
    },
    bm25: openCentroid(bags),
  };
}

/**
 * BM25 (k1 1.2, b 0.75) with the mean of the saved papers as the query, each as a unit vector of tf-idf
 * weights. Plain sums of counts find a tenth less.
 */
function openCentroid(bags: CiteULike['bags']): Baseline {
  const postings = new Map<string, Array<readonly [paper: number, weight: number]>>();
  const lengths = bags.map((bag) => [...bag.values()].reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / bags.length;
  for (const [paper, bag] of bags.entries()) {
    for (const [word, count] of bag) {
      const saturation = K1 * (1 - B + (B * (lengths[paper] ?? 0)) / average);
      const held = postings.get(word) ?? [];
      held.push([paper, (count * (K1 + 1)) / (count + saturation)]);
      postings.set(word, held);
    }
  }
  const holdersOf = (word: string) => postings.get(word)?.length ?? 0;
  const idf = (word: string) => Math.log(1 + (bags.length - holdersOf(word) + 0.5) / (holdersOf(word) + 0.5));
  return (reader, count) => {
    const query = new Map<string, number>();
    for (const paper of reader.saved) {
      const weights = [...(bags[paper] ?? [])].map(
        ([word, times]) => [word, (1 + Math.log(times)) * Math.log(bags.length / holdersOf(word))] as const,
      );
      const length = Math.hypot(...weights.map(([, weight]) => weight));
      for (const [word, weight] of weights) query.set(word, (query.get(word) ?? 0) + weight / length);
    }
    const scores = new Float64Array(bags.length);
    for (const [word, weight] of query) {
      for (const [paper, part] of postings.get(word) ?? [])
        scores[paper] = (scores[paper] ?? 0) + weight * idf(word) * part;
    }
    return best(scores, reader, count);
  };
}

function best(scores: Float64Array, { saved }: Reader, count: number): number[] {
  const known = new Set(saved);
  return [...scores.keys()]
    .filter((paper) => !known.has(paper))
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
    .slice(0, count);
}
