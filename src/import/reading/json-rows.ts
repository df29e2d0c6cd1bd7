/** Reads JSON rows, one per line or element of a list, holding only one in memory. */
import { JSONParser } from '@streamparser/json-node';
import { codeOf } from '../../base/errors.ts';
import { through } from './pipe-transform.ts';
import { MAX_LINE, type TextLine } from './text-lines.ts';

/** `line` counts from 1: the line in a file of lines, or the element in an array. */
export type Row = TextLine | { readonly line: number; readonly value: unknown };

type ParsedRow = { readonly value: unknown } | { readonly fault: string };

/**
 * Separate from splitting, so that an import that resumes at line 2,000,000 skips the earlier lines quickly.
 */
export function parseRow(row: Row): ParsedRow {
  if (!('text' in row)) return row;
  try {
    return { value: JSON.parse(row.text) };
  } catch {
    return { fault: 'is not complete JSON' };
  }
}

/**
 * The elements of one JSON array. Reading ends at the first syntax error, as later boundaries are unknown.
 * @param path of the elements: `$.*` when the file is the array itself
 */
export async function* readJsonArray(chunks: AsyncIterable<Buffer>, path = '$.*'): AsyncGenerator<Row> {
  let line = 0;
  let sinceRow = 0;
  async function* bounded(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      sinceRow += chunk.length;
      if (sinceRow > MAX_LINE) throw new RowTooLong();
      yield chunk;
    }
  }
  const parser = new JSONParser({ paths: [path], keepStack: false });
  try {
    for await (const { value } of through<{ readonly value: unknown }>(bounded(), parser)) {
      line += 1;
      sinceRow = 0;
      yield { line, value };
    }
  } catch (error) {
    const reason = faultOf(error);
    if (reason === undefined) throw error;
    yield { line: line + 1, fault: `${reason}; nothing after it could be read` };
  }
}

class RowTooLong extends Error {}

/** Disk errors have codes; parser errors have none. */
function faultOf(error: unknown): string | undefined {
  if (error instanceof RowTooLong) return `is longer than ${MAX_LINE / 1024 / 1024} MB`;
  return codeOf(error) === undefined ? 'is not complete JSON' : undefined;
}
