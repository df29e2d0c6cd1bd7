import { describe, expect, it } from 'vitest';
import { type BoundType, boundTypeOf, translate } from '../../../src/db/postgres/statement-text.ts';

function textOf(sql: string, types: readonly BoundType[] = []): string {
  return translate(sql).toText(types).replace(/\s+/g, ' ').trim();
}

describe('a statement of SQLite for PostgreSQL', () => {
  it('numbers its parameters in order, and a name once', () => {
    const { parameters } = translate('SELECT @a, ?, :b, @a, ?');
    expect(parameters).toEqual(['a', 0, 'b', 1]);
    expect(textOf('SELECT @a, ?, @a', ['int8', 'text'])).toBe('SELECT $1::int8, $2::text, $1::int8');
  });

  it('has a missing value as it is, because its type is unknown', () => {
    expect(textOf('UPDATE t SET a = @a WHERE b = @b', [null, 'text'])).toBe(
      'UPDATE t SET a = NULL WHERE b = $1::text',
    );
  });

  it('keeps names with capitals', () => {
    expect(textOf('SELECT changed_at AS changedAt FROM papers ORDER BY changedAt')).toBe(
      'SELECT changed_at AS "changedAt" FROM papers ORDER BY "changedAt"',
    );
  });

  it('has missing values last where SQLite has them last', () => {
    expect(textOf('SELECT a FROM t ORDER BY a DESC, b')).toBe(
      'SELECT a FROM t ORDER BY a DESC NULLS LAST, b',
    );
  });

  it('loses hints for the planner of SQLite', () => {
    expect(textOf('SELECT 1 FROM a CROSS JOIN b ON b.x = +a.x LIMIT +@n', ['int8'])).toBe(
      'SELECT 1 FROM a JOIN b ON b.x = a.x LIMIT $1::int8',
    );
    expect(textOf('SELECT a + 1, a+b')).toBe('SELECT a + 1, a+b');
  });

  it.each(["SELECT 'it''s @a ? DESC changedAt'", 'SELECT "a @b ?" FROM t'])(
    'leaves quoted text alone: %s',
    (sql) => {
      expect(textOf(sql)).toBe(sql);
      expect(translate(sql).parameters).toEqual([]);
    },
  );

  it.each([
    ['SELECT 1', true],
    ['WITH a AS (SELECT 1) SELECT * FROM a', true],
    ['INSERT INTO t VALUES (1) RETURNING id', true],
    ["INSERT INTO t VALUES ('RETURNING')", false],
    ['-- SELECT\nDELETE FROM t', false],
  ])('knows whether it returns rows: %s', (sql, returnsRows) => {
    expect(translate(sql).returnsRows).toBe(returnsRows);
  });
});

it.each([
  [1, 'int8'],
  [1.5, 'float8'],
  [2n, 'int8'],
  ['a', 'text'],
  [new Uint8Array(1), 'bytea'],
  [null, null],
] as const)('%s is bound as %s', (value, type) => {
  expect(boundTypeOf(value)).toBe(type);
});

it.each([true, {}, []])('%j is refused', (value) => {
  expect(() => boundTypeOf(value)).toThrow(TypeError);
});
