/**
 * Splits a BibTeX file into its entries, line by line, so that memory stays bounded and one broken entry does
 * not take the others with it.
 */
import type { TextLine } from '../../reading/text-lines.ts';

/** `@article{key, …}` without its type and outer delimiters. */
export interface RawEntry {
  /** Of its `@`, from 1. */
  readonly line: number;
  /** In lower case. */
  readonly type: string;
  readonly body: string;
  /** Ended by the next entry or by the end of the file. */
  readonly isUnclosed?: boolean;
  /** Reason why the body is not complete; reads after “line 12: ”. */
  readonly fault?: string;
}

/** Characters. The longest real entries, with 5,000 authors, have a fifth of this. */
const LONGEST_ENTRY = 1024 * 1024;

const OPENING = /@[ \t]*([A-Za-z][\w-]*)[ \t]*([{(])/g;
/** The delimiter may be on the next line. */
const UNFINISHED = /@[ \t]*[A-Za-z][\w-]*[ \t]*$/;
/** An entry at the beginning of a line. Within another entry it shows that this one was not closed. */
const HEAD =
  /^\s*@[ \t]*(?:(?:string|preamble|comment)\s*[{(]|[A-Za-z][\w-]*\s*[{(]\s*[^\s={},"][^={},"]*(?:,|$))/i;

const code = (sign: string) => sign.charCodeAt(0);
const [QUOTE, HASH, CLOSE_PAREN] = [code('"'), code('#'), code(')')];
const [EQUALS, BACKSLASH, OPEN, CLOSE] = [code('='), code('\\'), code('{'), code('}')];

interface OpenEntry {
  readonly line: number;
  readonly type: string;
  readonly parts: string[];
  length: number;
  /** Open braces. The outer one counts, if the entry has braces around it. */
  depth: number;
  /** `depth` between fields. */
  readonly base: 0 | 1;
  inQuotes: boolean;
  /** The last character that is not blank, and whether the one before escapes the next. */
  last: number;
  isEscaped: boolean;
}

export async function* splitEntries(lines: AsyncIterable<TextLine>): AsyncGenerator<RawEntry> {
  let entry: OpenEntry | undefined;
  let pending = '';
  /** From the first line within an open `@comment` that begins an entry: to read again if it never closes. */
  let commentedOut: TextLine[] | undefined;
  let commentedLength = 0;
  let mayComment = true;

  function close(open: OpenEntry, rest: Partial<RawEntry> = {}): RawEntry {
    const { line, type, parts, length } = open;
    if (length > LONGEST_ENTRY) return { line, type, body: '', fault: 'an entry is longer than 1 MB' };
    return { line, type, body: parts.join('\n'), ...rest };
  }

  function* read(each: TextLine): Generator<RawEntry> {
    if ('fault' in each) {
      if (entry) yield close(entry, { fault: `an entry has a line that ${each.fault}` });
      else yield { line: each.line, type: '', body: '', fault: each.fault };
      entry = undefined;
      return;
    }
    const text = pending + each.text;
    pending = '';
    if (entry && HEAD.test(text)) {
      if (entry.type === 'comment' && mayComment) commentedOut ??= [];
      else {
        if (entry.type !== 'comment') yield close(entry, { isUnclosed: true });
        entry = undefined;
      }
    }
    if (commentedOut) {
      commentedOut.push(each);
      commentedLength += text.length;
      if (commentedLength > LONGEST_ENTRY) return yield* readAgain(commentedOut);
    }
    let at = 0;
    while (at < text.length) {
      if (!entry) {
        if (at === 0 && /^\s*%/.test(text)) return;
        OPENING.lastIndex = at;
        const found = OPENING.exec(text);
        if (!found) {
          const [unfinished] = UNFINISHED.exec(text.slice(at)) ?? [];
          if (unfinished !== undefined) pending = `${unfinished} `;
          return;
        }
        at = OPENING.lastIndex;
        entry = openEntry(each.line, found[1] ?? '', found[2] === '{');
      }
      const end = scan(entry, text, at);
      if (end === undefined) return;
      if (entry.type !== 'comment') yield close(entry);
      entry = undefined;
      commentedOut = undefined;
      commentedLength = 0;
      at = end;
    }
  }

  /** The comment was not closed where its entries began. From now on, an entry ends every comment. */
  function* readAgain(again: readonly TextLine[]): Generator<RawEntry> {
    [entry, commentedOut, mayComment] = [undefined, undefined, false];
    for (const line of again) yield* read(line);
  }

  for await (const line of lines) yield* read(line);
  if (commentedOut) yield* readAgain(commentedOut);
  if (entry && entry.type !== 'comment') yield close(entry, { isUnclosed: true });
}

function openEntry(line: number, type: string, hasBraces: boolean): OpenEntry {
  const base = hasBraces ? 1 : 0;
  return {
    line,
    type: type.toLowerCase(),
    parts: [],
    length: 0,
    depth: base,
    base,
    inQuotes: false,
    last: 0,
    isEscaped: false,
  };
}

/** Adds a line to the entry, from `start`. Returns the position behind the entry if it ends there. */
function scan(entry: OpenEntry, text: string, start: number): number | undefined {
  for (let at = start; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    const { isEscaped, depth, base, inQuotes } = entry;
    entry.isEscaped = sign === BACKSLASH && !isEscaped;
    const isBetween = depth === base;
    if (sign === OPEN) entry.depth += 1;
    else if (sign === CLOSE && !(inQuotes && isBetween)) {
      if (base === 1 && depth === 1) return keep(entry, text.slice(start, at), at + 1);
      entry.depth = Math.max(depth - 1, base);
    } else if (sign === QUOTE && isBetween && entry.type !== 'comment') {
      if (inQuotes) entry.inQuotes = isEscaped;
      else entry.inQuotes = entry.last === EQUALS || entry.last === HASH;
    } else if (sign === CLOSE_PAREN && base === 0 && isBetween && !inQuotes) {
      return keep(entry, text.slice(start, at), at + 1);
    }
    if (sign > 0x20) entry.last = sign;
  }
  // The end of a line escapes nothing.
  entry.isEscaped = false;
  return keep(entry, text.slice(start), undefined);
}

function keep<T>(entry: OpenEntry, part: string, result: T): T {
  entry.length += part.length + 1;
  if (entry.type === 'comment' || entry.length > LONGEST_ENTRY) entry.parts.length = 0;
  else entry.parts.push(part);
  return result;
}
