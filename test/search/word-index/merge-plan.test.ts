import { describe, expect, it } from 'vitest';
import { planMerge, type SegmentSize } from '../../../src/search/word-index/merge-plan.ts';

const sizes = (...papers: number[]): SegmentSize[] => papers.map((each) => ({ papers: each, deadPapers: 0 }));

/** Adds segments of new papers to an index, and merges as planned. */
function grow(start: number, steps: number, added: number) {
  let segments = sizes(start);
  let rewritten = 0;
  let most = 0;
  for (let step = 0; step < steps; step++) {
    segments = [...segments, ...sizes(added)];
    for (let plan = planMerge(segments); plan; plan = planMerge(segments)) {
      const merged = segments.slice(plan.from, plan.to).reduce((sum, { papers }) => sum + papers, 0);
      rewritten += merged;
      segments = segments.toSpliced(plan.from, plan.to - plan.from, ...sizes(merged));
    }
    most = Math.max(most, segments.length);
  }
  return { rewritten, most };
}

describe('merging', () => {
  it('leaves a large segment alone while few small ones were added', () => {
    expect(planMerge(sizes(400_000, ...Array<number>(7).fill(100)))).toBeUndefined();
  });

  it('writes a new paper a few times, and never all papers for some new ones', () => {
    const { rewritten, most } = grow(400_000, 2_000, 100);
    expect(rewritten).toBeLessThan(8 * 2_000 * 100);
    expect(most).toBeLessThan(30);
  });

  it('writes a segment anew when many of its papers were replaced', () => {
    expect(planMerge([{ papers: 900, deadPapers: 400 }])).toEqual({ from: 0, to: 1 });
  });
});
