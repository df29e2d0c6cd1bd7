import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { termOf } from '../../../src/search/text/term-vector.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import { openRandom } from '../postings/corpus.ts';
import {
  bringPapers,
  contentsOf,
  expectedContents,
  openTestReader,
  openTestWriter,
  syncFully,
} from './index-harness.ts';

const WORDS = ['share', 'subject', 'term3', 'term5', 'author'].map(termOf);
const QUERY = WORDS.map((term) => ({ term, weight: 1 }));

type Spoil = (bytes: Buffer, random: (below: number) => number) => Buffer;

const WAYS: Readonly<Record<string, Spoil>> = {
  truncated: (bytes, random) => bytes.subarray(0, random(bytes.length)),
  'with a flipped bit': (bytes, random) => {
    const flipped = Buffer.from(bytes);
    const at = random(bytes.length);
    flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << random(8)), at);
    return flipped;
  },
  'with zeros at the end': (bytes, random) => {
    const zeroed = Buffer.from(bytes);
    return zeroed.fill(0, random(bytes.length));
  },
  longer: (bytes) => Buffer.concat([bytes, bytes.subarray(0, 100)]),
};

describe('a damaged word index', () => {
  for (const [way, spoil] of Object.entries(WAYS)) {
    it(`is noticed and made anew: a file ${way}`, async () => {
      const connection = await openTestDatabase();
      const folder = join(temporaryFolder(), 'index');
      const random = openRandom(7);
      const brought = Array.from({ length: 400 }, (_, n) => ({
        id: `2401.${String(n + 1).padStart(5, '0')}`,
        title: `A subject of number ${n}`,
        abstract: `It shares term${n % 3} with term${n % 5}.`,
        authors: ['An Author'],
      }));
      await bringPapers(connection, brought.slice(0, 300));
      const first = openTestWriter(connection, folder);
      await syncFully(first);
      await bringPapers(connection, brought.slice(300));
      await syncFully(first);
      await first.close();
      const search = () => {
        const reader = openTestReader(folder);
        const found = reader.search((index) => index.rank(QUERY, { profile: 'question', limit: 50 }));
        reader.close();
        return found;
      };
      const right = search();
      const expected = expectedContents(connection);
      expect(right).toHaveLength(50);
      for (let round = 0; round < 40; round++) {
        const names = readdirSync(folder);
        const name = names[round % names.length] ?? '';
        writeFileSync(join(folder, name), spoil(readFileSync(join(folder, name)), random));
        // Either the damage is in a part that was not read, or the index is not used.
        const found = search();
        if (found !== undefined) expect(found).toEqual(right);
        const writer = openTestWriter(connection, folder);
        await syncFully(writer);
        await writer.close();
        if (search() === undefined) {
          const again = openTestWriter(connection, folder);
          await syncFully(again);
          await again.close();
        }
        expect(search()).toEqual(right);
      }
      const last = openTestWriter(connection, folder);
      await syncFully(last);
      expect(search()).toEqual(right);
      expect(contentsOf(folder).size).toBe(expected.size);
    });
  }
});
