/** Finds the list of rows in a JSON object, from the beginning of its file. */
import { JSONParser } from '@streamparser/json-node';
import { through } from './pipe-transform.ts';

/** Levels of objects around the list. DBLP has the most: `{result: {hits: {hit: […]}}}`. */
const DEPTHS = ['$.*.*', '$.*.*.*', '$.*.*.*.*'];

interface Emitted {
  readonly value: unknown;
  readonly key: string | number | undefined;
  readonly parent: unknown;
  readonly stack: ReadonlyArray<{ readonly key: string | number | undefined }>;
}

/**
 * Returns the path of the elements of the first list with a row in it (`$.message.items.*`), `$` when the
 * object itself is to be read, and `undefined` for text that is not one JSON object.
 * @param isWhole whether `head` is the whole file
 * @param isRow for elements of a list; gets objects only
 * @param isRowItself for the object
 */
export async function findRows(
  head: Buffer,
  isWhole: boolean,
  isRow: (value: unknown) => boolean,
  isRowItself: (value: unknown) => boolean,
): Promise<string | undefined> {
  const root = isWhole ? parse(head.toString('utf8')) : undefined;
  if (root !== undefined && isRowItself(root)) return '$';
  return (await pathOfRows(head, isRow)) ?? (root === undefined ? undefined : '$');
}

async function pathOfRows(head: Buffer, isRow: (value: unknown) => boolean): Promise<string | undefined> {
  async function* bytes(): AsyncGenerator<Buffer> {
    yield head;
  }
  const parser = new JSONParser({ paths: DEPTHS });
  try {
    for await (const { value, key, parent, stack } of through<Emitted>(bytes(), parser)) {
      if (!Array.isArray(parent) || typeof key !== 'number' || !isRow(value)) continue;
      const keys = stack.slice(1).map((frame) => frame.key);
      // A selector cannot name a key with a dot; a list within a list belongs to a row.
      const isPlain = keys.every((each) => typeof each === 'string' && each !== '' && !each.includes('.'));
      if (isPlain) return ['$', ...keys, '*'].join('.');
    }
  } catch {
    // Not JSON, or only the beginning of it: a list that was not found by then cannot be read.
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Levels of objects around a list in a row. */
const DEEPEST = 4;

/** Elements of a list to try, because lists of other things can be long. */
const TRIED = 100;

/** The elements of the first list in a value that has a row in it; empty when there is none. */
export function rowsWithin(
  value: unknown,
  isRow: (value: unknown) => boolean,
  depth = 0,
): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, TRIED).some(isRow) ? value : [];
  if (typeof value !== 'object' || value === null || depth === DEEPEST) return [];
  for (const inner of Object.values(value)) {
    const rows = rowsWithin(inner, isRow, depth + 1);
    if (rows.length > 0) return rows;
  }
  return [];
}
