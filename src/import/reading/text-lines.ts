/**
 * Splits bytes into lines of text. A line that is too long or not UTF-8 is skipped without losing the rest.
 */
import { isUtf8 } from 'node:buffer';
import { startYielding } from './yield-to-event-loop.ts';

/** A line's number from 1, with its text or the reason for skipping it. */
export type TextLine =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly fault: string };

/** Bytes. A daily list of 50 papers has 0.3 MB. JSON of this length takes about 30 ms to parse. */
export const MAX_LINE = 4 * 1024 * 1024;

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Blank lines are counted but not yielded.
 * @param decode returns the text of a line, or `undefined` for bytes that are no text; UTF-8 by default
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  decode: (bytes: Buffer) => string | undefined = decodeUtf8,
): AsyncGenerator<TextLine> {
  let line = 0;
  // The unfinished line. When it gets too long, its bytes are dropped and only counted.
  let parts: Buffer[] = [];
  let size = 0;

  function hold(part: Buffer): void {
    size += part.length;
    if (size > MAX_LINE) parts = [];
    else if (part.length > 0) parts.push(part);
  }

  /** Returns the finished line, unless it is blank. */
  function finish(): TextLine | undefined {
    line += 1;
    if (size === 0) return undefined;
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    const tooLong = size > MAX_LINE;
    parts = [];
    size = 0;
    if (tooLong) return { line, fault: `is longer than ${MAX_LINE / 1024 / 1024} MB` };
    const text = decode(bytes);
    if (text === undefined) return { line, fault: 'is not UTF-8 text' };
    if (text.trim() === '') return undefined;
    return { line, text: line === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
  }

  const yielding = startYielding();
  for await (const chunk of chunks) {
    if (yielding.due()) await yielding.give();
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      hold(chunk.subarray(start, end));
      start = end + 1;
      const ended = finish();
      if (ended) yield ended;
      if (yielding.due()) await yielding.give();
    }
    hold(chunk.subarray(start));
  }
  const ended = finish();
  if (ended) yield ended;
}

function decodeUtf8(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

const RETURN = 0x0d;

/** Turns the line ends of old Macs, a carriage return alone, into newlines. */
export async function* unifyLineEnds(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let endedInReturn = false;
  for await (const chunk of chunks) {
    const next: Buffer =
      endedInReturn && chunk[0] !== NEWLINE ? Buffer.concat([Buffer.from('\n'), chunk]) : chunk;
    endedInReturn = next.at(-1) === RETURN;
    let copy: Buffer | undefined;
    for (let at = next.indexOf(RETURN); at !== -1; at = next.indexOf(RETURN, at + 1)) {
      if (at === next.length - 1 || next[at + 1] === NEWLINE) continue;
      copy ??= Buffer.from(next);
      copy[at] = NEWLINE;
    }
    yield copy ?? next;
  }
}
