/** Explains why a paper was chosen from a list, or was not. Pure. */

import { counted, formatCount } from '../../src/cards/counts.ts';
import { thisDayInWords } from '../../src/cards/dates.ts';
import { joined } from '../../src/cards/paper-lines.ts';
import { termInWords } from '../../src/cards/terms.ts';
import type { Evaluated, Verdict } from '../../src/delivery/digests/selection.ts';

/** A clause that begins with "it". */
export function verdictInWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'chosen':
      return 'it is among the best matches';
    case 'withdrawn':
      return 'it was withdrawn';
    case 'excluded':
      return `it matches ${termInWords(verdict.by)}, which this feed excludes`;
    case 'not-included':
      return 'it matches none of this feed’s topics';
    case 'banned':
      return `it is about ${verdict.subject}, which is banned here`;
    case 'below-votes':
      return `it has ${counted(verdict.votes, 'vote')}, and this feed needs at least ${verdict.needed}`;
    case 'posted-before':
      return `it was posted here on ${thisDayInWords(verdict.day)}, from the ${verdict.period}’s list`;
    case 'beyond-count':
      return `it matches, but ${verdict.count === 1 ? 'another match ranks' : `${verdict.count} other matches rank`} above it`;
  }
}

/** `rank 7 of 45 · score 36.8 · ▲ 128`. */
export function standingInWords({ entry: { rank, score, paper } }: Evaluated, total: number): string {
  return joined([
    `rank ${formatCount(rank)} of ${formatCount(total)}`,
    `score ${score.toFixed(1)}`,
    paper.votes ? `▲ ${formatCount(paper.votes)}` : undefined,
  ]);
}

/** `Left out: 2 with “survey”, 12 with fewer than 10 votes, 22 ranked lower.`; `''` if none was left out. */
export function leftOutInWords(evaluated: readonly Evaluated[]): string {
  const reasons = new Map<string, number>();
  for (const { verdict } of evaluated) {
    const reason = reasonOf(verdict);
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  if (reasons.size === 0) return '';
  return `Left out: ${[...reasons].map(([reason, count]) => `${formatCount(count)} ${reason}`).join(', ')}.`;
}

function reasonOf(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case 'chosen':
      return undefined;
    case 'withdrawn':
      return 'withdrawn';
    case 'excluded':
      return `with ${termInWords(verdict.by)}`;
    case 'not-included':
      return 'on other topics';
    case 'banned':
      return `about ${verdict.subject}`;
    case 'below-votes':
      return `with fewer than ${verdict.needed} votes`;
    case 'posted-before':
      return 'posted here before';
    case 'beyond-count':
      return 'ranked lower';
  }
}
