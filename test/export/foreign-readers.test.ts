/** Exports of real papers with hard titles and names, read back by other programs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { differences, FOREIGN_READERS } from '../support/foreign-readers.ts';

const PAPERS = readFileSync(join(import.meta.dirname, '../fixtures/exports/hard-papers.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): PaperRecord => ({ ...JSON.parse(line), abstract: 'We do.' }));

describe('an export of hard titles and names', () => {
  it.each(Object.entries(FOREIGN_READERS))(
    'is read by two other programs to the same title, authors, year and ID: %s',
    (_, { write, readers }) => {
      const text = write(PAPERS);
      const readings = Object.values(readers).map((read) => read(text));
      const wrong = PAPERS.flatMap((record, at) => {
        const found = readings.map((reading) => differences(record, reading[at]));
        return found.filter((each) => each.length === 0).length >= 2 ? [] : found.flat();
      });
      expect(PAPERS.length).toBeGreaterThan(250);
      expect(wrong).toEqual([]);
    },
  );
});
