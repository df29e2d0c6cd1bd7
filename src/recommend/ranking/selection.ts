/** Chooses the order of a list so that it follows all interests, not the strongest alone. Pure. */

export interface Scored {
  readonly paper: number;
  readonly score: number;
  /** Cosine with each of the saved papers that count most. */
  readonly likeness: Float32Array;
}

/** Candidates by score, and for each saved paper those that are most like it. */
const BY_SCORE = 60;
const LIKE_EACH = 2;
/** Less is no likeness. */
const LEAST_LIKE = 0.08;
/** How much of the interest in a saved paper is left after one that is most like it was listed. */
const LEFT = 0.5;

/** The candidates that may be on a list, in their order. */
export function poolOf<Candidate extends Scored>(candidates: readonly Candidate[]): Candidate[] {
  const chosen = new Set(candidates.slice(0, BY_SCORE));
  const sources = candidates[0]?.likeness.length ?? 0;
  for (let source = 0; source < sources; source++) {
    const likenessOf = ({ likeness }: Candidate) => likeness[source] as number;
    const alike = candidates
      .filter((each) => likenessOf(each) >= LEAST_LIKE)
      .sort((a, b) => likenessOf(b) - likenessOf(a));
    for (const each of alike.slice(0, LIKE_EACH)) chosen.add(each);
  }
  return candidates.filter((each) => chosen.has(each));
}

/**
 * Each paper on the list satisfies the interest in the saved papers that it is like, so that the next ones
 * are about others, as in intent-aware diversification (Santos et al., xQuAD, 2010).
 * @param candidates best first
 * @param remains see `LEFT`; 1 keeps the order
 * @returns the first `count` in their new order
 */
export function varied<Candidate extends Scored>(
  candidates: readonly Candidate[],
  count: number,
  remains = LEFT,
): Candidate[] {
  if (remains === 1) return candidates.slice(0, count);
  const shares = new Map(candidates.map((each) => [each.paper, sharesOf(each)]));
  const open = new Float32Array(candidates[0]?.likeness.length ?? 0).fill(1);
  const rest = [...candidates];
  const chosen: Candidate[] = [];
  while (chosen.length < count && rest.length > 0) {
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (const [at, { paper, score }] of rest.entries()) {
      const own = shares.get(paper) ?? open;
      let part = 0;
      for (let source = 0; source < open.length; source++)
        part += (own[source] as number) * (open[source] as number);
      if (score * part <= most) continue;
      most = score * part;
      best = at;
    }
    const [next] = rest.splice(best, 1);
    if (!next) break;
    chosen.push(next);
    const own = shares.get(next.paper) ?? open;
    const top = Math.max(...own);
    for (let source = 0; source < open.length; source++) {
      const satisfied = (1 - remains) * ((own[source] as number) / top);
      open[source] = (open[source] as number) * (1 - satisfied);
    }
  }
  return chosen;
}

/** How much of a paper's likeness is to each source. Squared, so that the nearest ones count. */
function sharesOf({ likeness }: Scored): Float32Array {
  const shares = likeness.map((each) => each ** 2);
  const sum = shares.reduce((total, share) => total + share, 0);
  return sum > 0 ? shares.map((share) => share / sum) : shares.fill(1 / shares.length);
}
