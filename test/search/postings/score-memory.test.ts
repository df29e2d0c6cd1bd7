import { describe, expect, it } from 'vitest';
import { encodeBlock, widthOf } from '../../../src/search/postings/block.ts';
import { BLOCK_POSTINGS } from '../../../src/search/postings/format.ts';
import { ScoreMemory } from '../../../src/search/postings/score-memory.ts';

describe('the memory of a search', () => {
  it.each([
    { width: 1, distance: 200 },
    { width: 2, distance: 60_000 },
    { width: 3, distance: 4_000_000 },
    { width: 4, distance: 20_000_000 },
  ])('decodes blocks with distances of $width bytes', ({ width, distance }) => {
    const count = width === 4 ? 100 : BLOCK_POSTINGS;
    const papers = Uint32Array.from({ length: count }, (_, at) => 7 + at * distance);
    const frequencies = Uint8Array.from({ length: count }, (_, at) => (at * 3) % 256);
    expect(widthOf(papers, 0, count, 5)).toBe(width);
    const memory = new ScoreMemory(BLOCK_POSTINGS * 5);
    const block = memory.reserveBlock();
    const range = { from: 0, to: count, before: 5, width };
    encodeBlock({ papers, frequencies }, range, memory.bytes, memory.pages);
    memory.loops.decode(memory.pages, count, width, 5, block, block + 4 * BLOCK_POSTINGS);
    expect([...memory.numbers.subarray(block / 4, block / 4 + count)]).toEqual([...papers]);
    const at = block + 4 * BLOCK_POSTINGS;
    expect([...memory.bytes.subarray(at, at + count)]).toEqual([...frequencies]);
  });

  it('refuses more words than it has room for', () => {
    const memory = new ScoreMemory(0);
    const reserveAll = () => {
      for (;;) memory.reserveBlock();
    };
    expect(reserveAll).toThrow(RangeError);
    memory.clear();
    expect(memory.reserveBlock()).toBeGreaterThan(0);
  });
});
