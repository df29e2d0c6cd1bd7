/** Joins segments to one, without the papers that newer segments replaced or removed. */
import type { Segment } from '../segment.ts';
import { SegmentScan } from './segment-scan.ts';
import { openSegmentWriter, type SegmentPapers } from './segment-writer.ts';
import { SortedRuns } from './sorted-runs.ts';

export interface Merge {
  readonly path: string;
  /** Form of the indexed text. */
  readonly form: number;
  /** The oldest first. They must be neighbours in the order of all segments. */
  readonly segments: readonly Segment[];
  /** Whether there is no older segment, so that nothing remains to be removed from. */
  readonly isOldest: boolean;
  /** Called again and again. Waits while others need the processor; an error ends the merge. */
  pause(): Promise<void>;
}

/** Of a paper that is not in the merged segment. */
const GONE = 0xff_ff_ff_ff;

/** @returns size of the new file in bytes */
export async function mergeSegments(merge: Merge): Promise<number> {
  const { papers, numbers } = numberPapers(merge);
  const writer = openSegmentWriter(merge.path, merge.form, papers);
  try {
    await mergeTerms(merge, numbers, papers.keys.length, writer.add);
    return writer.finish();
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** Gives each living paper its number in the merged segment. */
function numberPapers({ segments, isOldest }: Merge) {
  const living = segments.map((segment) => segment.papers - segment.deadPapers);
  const count = living.reduce((sum, each) => sum + each, 0);
  const keys = new Uint32Array(count);
  const lengths = new Uint16Array(count);
  const numbers = segments.map(({ papers }) => new Uint32Array(papers).fill(GONE));
  const at = segments.map((segment) => nextLiving(segment, 0));
  for (let number = 0; number < count; number++) {
    const from = lowestOf(segments, at);
    const { directory } = segments[from] as Segment;
    const paper = at[from] as number;
    keys[number] = directory.keys[paper] as number;
    lengths[number] = directory.lengths[paper] as number;
    (numbers[from] as Uint32Array)[paper] = number;
    at[from] = nextLiving(segments[from] as Segment, paper + 1);
  }
  const removed = isOldest ? new Uint32Array(0) : removedKeys(segments, keys);
  return { papers: { keys, lengths, removed } satisfies SegmentPapers, numbers };
}

function nextLiving(segment: Segment, from: number): number {
  let paper = from;
  while (paper < segment.papers && segment.isDead(paper)) paper += 1;
  return paper;
}

function lowestOf(segments: readonly Segment[], at: readonly number[]): number {
  let lowest = -1;
  let key = Number.POSITIVE_INFINITY;
  for (let n = 0; n < segments.length; n++) {
    const own = (segments[n] as Segment).directory.keys[at[n] as number];
    if (own === undefined || own >= key) continue;
    key = own;
    lowest = n;
  }
  return lowest;
}

/** Removed papers are still to be removed from older segments, unless they came back. */
function removedKeys(segments: readonly Segment[], keys: Uint32Array): Uint32Array {
  const back = new Set(keys);
  const removed = new Set(segments.flatMap(({ directory }) => [...directory.removed]));
  return Uint32Array.from([...removed].filter((key) => !back.has(key))).sort();
}

async function mergeTerms(
  { segments, pause }: Merge,
  numbers: readonly Uint32Array[],
  count: number,
  add: ReturnType<typeof openSegmentWriter>['add'],
): Promise<void> {
  const runs = new SortedRuns(count);
  const scans = segments.map((segment) => new SegmentScan(segment));
  for (let steps = 1; ; steps++) {
    if (steps % TERMS_BETWEEN_PAUSES === 0) await pause();
    const term = lowestTerm(scans);
    if (term === undefined) return;
    runs.clear();
    for (const [n, scan] of scans.entries()) {
      if (scan.term !== term) continue;
      const renumbered = numbers[n] as Uint32Array;
      scan.next((read, times, length) => {
        for (let posting = 0; posting < length; posting++) {
          const paper = renumbered[read[posting] as number] as number;
          if (paper !== GONE) runs.push(paper, times[posting] as number);
        }
      });
    }
    if (runs.count === 0) continue;
    add(term, runs.sorted());
    if (runs.count >= COMMON) await pause();
  }
}

/** Rare terms between two pauses, and papers of a term that takes a while by itself. */
const TERMS_BETWEEN_PAUSES = 256;
const COMMON = 20_000;

function lowestTerm(scans: readonly SegmentScan[]): number | undefined {
  let lowest: number | undefined;
  for (const { term } of scans)
    if (term !== undefined && (lowest === undefined || term < lowest)) lowest = term;
  return lowest;
}
