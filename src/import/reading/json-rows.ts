/** JSON as rows, one a line or one an element of an array, each with its number and never more than one in memory. */
import { JSONParser } from '@streamparser/json-node';
import { codeOf } from '../../base/errors.ts';
import { through } from './pipe-transform.ts';
import { MAX_LINE, type TextLine } from './text-lines.ts';

/** `line` counts from 1: the line of a file of lines, the element of an array. */
export type Row = TextLine | { readonly line: number; readonly value: unknown };

type ParsedRow = { readonly value: unknown } | { readonly fault: string };

/** Parsing waits until here, so that an import that goes on from line 2,000,000 passes the lines before it quickly. */
export function parseRow(row: Row): ParsedRow {
  if (!('text' in row)) return row;
  try {
    return { value: JSON.parse(row.text) };
  } catch {
    return { fault: 'is not complete JSON' };
  }
}

/** The rows of one JSON array. After a fault nothing can be told apart any more, so reading ends there. */
export async function* readJsonArray(chunks: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  let line = 0;
  let sinceRow = 0;
  async function* bounded(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      sinceRow += chunk.length;
      if (sinceRow > MAX_LINE) throw new RowTooLong();
      yield chunk;
    }
  }
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
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

/** Errors of the disk have codes, those of the parser have none. */
function faultOf(error: unknown): string | undefined {
  if (error instanceof RowTooLong) return `is longer than ${MAX_LINE / 1024 / 1024} MB`;
  return codeOf(error) === undefined ? 'is not complete JSON' : undefined;
}
