/** Chooses the order of a list so that it follows all interests, not the strongest alone. Pure. */
import { likenessOf, type TermWeights } from './interests.ts';

export interface Scored {
  readonly paper: number;
  readonly score: number;
  readonly weights: TermWeights;
}

/** How much of the interest in a saved paper is left after one that is most like it was listed. */
const LEFT = 0.5;

/**
 * Each paper on the list satisfies the interest in the saved papers that it is like, so that the next ones are
 * about others, as in intent-aware diversification (Santos et al., xQuAD, 2010).
 * @param candidates best first
 * @param sources saved papers, or some of them
 * @param left see `LEFT`; 1 keeps the order
 * @returns the first `count` in their new order
 */
export function varied<Candidate extends Scored>(
  candidates: readonly Candidate[],
  sources: readonly TermWeights[],
  count: number,
  left = LEFT,
): Candidate[] {
  if (left === 1 || sources.length === 0) return candidates.slice(0, count);
  const shares = new Map(candidates.map((each) => [each.paper, sharesOf(each, sources)]));
  const open = sources.map(() => 1);
  const rest = [...candidates];
  const chosen: Candidate[] = [];
  while (chosen.length < count && rest.length > 0) {
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (const [at, { paper, score }] of rest.entries()) {
      let part = 0;
      for (const [source, share] of shares.get(paper)?.entries() ?? [])
        part += share * (open[source] as number);
      if (score * part <= most) continue;
      most = score * part;
      best = at;
    }
    const [next] = rest.splice(best, 1);
    if (!next) break;
    chosen.push(next);
    const own = shares.get(next.paper) ?? [];
    const top = Math.max(...own);
    for (const [source, share] of own.entries()) {
      open[source] = (open[source] as number) * (1 - (1 - left) * (share / top));
    }
  }
  return chosen;
}

/** How much of a paper's likeness is to each source. Squared, so that the nearest ones count. */
function sharesOf({ weights }: Scored, sources: readonly TermWeights[]): Float32Array {
  const shares = Float32Array.from(sources, (source) => likenessOf(weights, source) ** 2);
  const sum = shares.reduce((total, share) => total + share, 0);
  return sum > 0 ? shares.map((share) => share / sum) : shares.fill(1 / shares.length);
}
