import { describe, expect, it } from 'vitest';
import { FIELD_NAMES } from '../../../src/import/fields/field-names.ts';
import { fromNamedRow, isNamedRow } from '../../../src/import/fields/from-named-row.ts';

const NAMES = Object.values(FIELD_NAMES).flat();

/** A small generator with a seed (Park and Miller), so that a failure can be repeated. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const SCRAPS: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  2024,
  1e300,
  1_717_149_600,
  '',
  ' ',
  'a',
  'cs.LG',
  '2406.01574',
  'arXiv:2406.01574v2',
  '2024-05-31',
  '31/05/2024',
  'Ada Lovelace, Alan Turing',
  '<jats:p>',
  "['a', 'b']",
  '[',
  'https://arxiv.org/abs/2406.01574',
  '\u0000',
  '\ud800',
  '__proto__',
  'x'.repeat(5_000),
];

function valueFrom(pick: (below: number) => number, depth: number): unknown {
  const kind = pick(depth > 3 ? 1 : 4);
  if (kind < 2) return SCRAPS[pick(SCRAPS.length)];
  const entries = Array.from({ length: pick(4) }, () => valueFrom(pick, depth + 1));
  const keys = ['name', 'value', 'text', 'given', 'family', 'date-parts', 'author', '__proto__', ...NAMES];
  return kind === 2 ? entries : Object.fromEntries(entries.map((entry) => [keys[pick(keys.length)], entry]));
}

describe('any row', () => {
  it('gives a record or a reason for skipping it, and never an error', () => {
    const pick = generator(19);
    let records = 0;
    for (let n = 0; n < 5_000; n++) {
      const row = Object.fromEntries(
        Array.from({ length: 1 + pick(8) }, () => [NAMES[pick(NAMES.length)], valueFrom(pick, 0)]),
      );
      const titled = pick(4) > 0 ? { ...row, title: 'A Title' } : row;
      isNamedRow(titled);
      const parsed = fromNamedRow(titled);
      if ('skipped' in parsed) {
        expect(parsed.skipped).toMatch(
          /^(?:is|title|the row|id|withdrawn|families|appearances|snapshots|onHuggingFace)/,
        );
        continue;
      }
      records += 1;
      const { title, abstract, authors = [], published = '2024' } = parsed.record;
      expect(title).not.toBe('');
      expect(typeof abstract).toBe('string');
      expect(authors.every((name) => typeof name === 'string' && name !== '')).toBe(true);
      expect(published).toMatch(/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?)?)?$/);
      // Read again as our own export, a record stays the same.
      const again = fromNamedRow(JSON.parse(JSON.stringify(parsed.record)));
      const { id, published: date } = parsed.record;
      expect(again).toMatchObject({
        record: { title, abstract, ...(id && { id }), ...(date && { published: date }) },
      });
    }
    expect(records).toBeGreaterThan(1_000);
  });
});
