/** Chooses segments to merge, so that there are few, and each paper is written again only a few times. */

export interface SegmentSize {
  readonly papers: number;
  /** Papers that newer segments replaced or removed. */
  readonly deadPapers: number;
}

/** The segments from `from` to before `to`. */
export interface MergePlan {
  readonly from: number;
  readonly to: number;
}

/** A level has segments of up to eight times the size of the level before. */
const STEP = 8;
const FIRST_LEVEL = 4_096;
/** Share of dead papers from which a segment is written anew by itself. */
const MOSTLY_DEAD = 1 / 3;

/** @param sizes the oldest first */
export function planMerge(sizes: readonly SegmentSize[]): MergePlan | undefined {
  const levels = sizes.map(({ papers, deadPapers }) => levelOf(papers - deadPapers));
  for (let level = 0; level <= Math.max(0, ...levels); level++) {
    const before = levels.findLastIndex((each) => each > level);
    // Smaller ones do not count, or eight of them would have all papers written again.
    const own = levels.slice(before + 1).filter((each) => each === level).length;
    if (own >= STEP) return { from: before + 1, to: levels.length };
  }
  const dead = sizes.findIndex(({ papers, deadPapers }) => deadPapers > papers * MOSTLY_DEAD);
  return dead < 0 ? undefined : { from: dead, to: dead + 1 };
}

function levelOf(papers: number): number {
  let level = 0;
  for (let most = FIRST_LEVEL; papers >= most; most *= STEP) level += 1;
  return level;
}
