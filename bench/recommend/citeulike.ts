/**
 * CiteULike-t (Wang, Chen & Li, IJCAI 2013): people, the papers that they saved, and the words of the papers,
 * without their order. A fifth of each person's saves is held out.
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { toArxivId } from '../support/retrieval-sets.ts';

export interface Reader {
  readonly id: number;
  /** Indexes of papers that the store knows as saved. */
  readonly saved: readonly number[];
  /** Indexes of papers to find; empty for people with few saves. */
  readonly held: readonly number[];
}

export interface CiteULike {
  readonly papers: readonly PaperRecord[];
  /** Words of each paper, with their counts. */
  readonly bags: ReadonlyArray<ReadonlyMap<string, number>>;
  readonly readers: readonly Reader[];
}

interface ItemLine {
  readonly id: number;
  readonly words: Readonly<Record<string, number>>;
}

interface UserLine {
  readonly id: number;
  readonly saved: readonly number[];
}

const FEWEST_SAVES = 5;
const HELD = 5;
const SEED = 20_260_529;

export async function readCiteULike(data: string): Promise<CiteULike | undefined> {
  const folder = join(data, 'recommend', 'citeulike-t');
  const items = join(folder, 'items.jsonl.gz');
  if (!existsSync(items)) return undefined;
  const bags: Map<string, number>[] = [];
  for await (const line of createInterface({ input: createReadStream(items).pipe(createGunzip()) })) {
    const { id, words } = JSON.parse(line) as ItemLine;
    bags[id] = new Map(Object.entries(words));
  }
  const lines = readFileSync(join(folder, 'users.jsonl'), 'utf8').trim().split('\n');
  return {
    papers: bags.map(toRecord),
    bags,
    readers: lines.map((line) => split(JSON.parse(line) as UserLine)),
  };
}

/** Writes each word as often as it occurs; the first one is the title, which counts twice. */
function toRecord(bag: ReadonlyMap<string, number>, item: number): PaperRecord {
  const [title = 'untitled'] = [...bag].find(([, count]) => count > 1) ?? [...bag.keys()];
  const words = [...bag].flatMap(([word, count]) =>
    Array<string>(word === title ? Math.max(0, count - 2) : count).fill(word),
  );
  return { id: toArxivId(item), title, abstract: words.join(' ') };
}

function split({ id, saved }: UserLine): Reader {
  if (saved.length < FEWEST_SAVES) return { id, saved, held: [] };
  const random = openRandom(SEED + id);
  const shuffled = saved
    .map((paper) => ({ paper, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ paper }) => paper);
  const held = Math.floor(saved.length / HELD);
  return { id, saved: shuffled.slice(held), held: shuffled.slice(0, held) };
}

/** Numbers from 0 to 1 (mulberry32), the same for the same seed. */
export function openRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
