/** Splits a typed line into words, quoted phrases and `name:value` pairs, with phones' quotes and dashes. */

export interface TextWord {
  readonly kind: 'text';
  /** Position in the line. */
  readonly at: number;
  readonly raw: string;
  /** The text between the quotes, if the word is a quoted phrase. */
  readonly phrase?: string;
}

export interface PairWord {
  readonly kind: 'pair';
  readonly at: number;
  readonly raw: string;
  readonly name: string;
  /** Absent if a space follows `name:`. */
  readonly value?: string;
  /** The value contains an unclosed quote. */
  readonly unclosed?: true;
}

export type Word = TextWord | PairWord;

interface Piece {
  readonly value: string;
  readonly end: number;
}

/**
 * `limit:`, `--limit:` and `—limit:` (two hyphens on a phone), with dashes also `--limit=`, and before quotes
 * `author="…"`. A name before `://` is not an option.
 */
const PAIR_HEAD =
  /(?:--|[—–])?(\p{L}[\p{L}\p{N}_\p{Pd}]{0,31})(?:[:：]|(?<=(?:^|\s)(?:--|[—–])\1)=|=(?=["“„«'‘]))(?!\/\/)/uy;
const BARE = /\S+/uy;
const SPACE = /\s*/uy;
const DOUBLE_QUOTED = /"((?:[^"\\]|\\.)*)"/suy;
const TYPOGRAPHIC = /[“”„‟]([^“”„‟]*)[“”„‟]|[“”„‟]([^"“”„‟]*)"|«([^«»]*)»/uy;
/** Closed only at the end of a word, because an apostrophe is the same character. */
const SINGLE_QUOTED = /['‘’‚‛](?!\s)(.*?)['‘’‛](?=\s|$)/suy;
const CLOSING_SINGLE = /['‘’‛](?=\s|$)/gu;
const OPENS_QUOTE = /["“„‟«]/u;

/** The words of a line in order. Never throws. The text between two words is only white space. */
export function cutWords(line: string): Word[] {
  const words: Word[] = [];
  const lastClosing = Array.from(line.matchAll(CLOSING_SINGLE)).at(-1)?.index ?? -1;
  let at = nextWord(line, 0);
  while (at < line.length) {
    const { word, end } = readWord(line, at, lastClosing);
    words.push(word);
    at = nextWord(line, end);
  }
  return words;
}

/** @param lastClosing position of the last closing single quote, to avoid searching for one after it */
function readWord(line: string, at: number, lastClosing: number): { word: Word; end: number } {
  const head = matchAt(PAIR_HEAD, line, at);
  if (head) {
    const name = head[1] ?? '';
    const from = at + head[0].length;
    const piece = quotedAt(line, from) ?? singleQuotedAt(line, from, lastClosing) ?? bareAt(line, from);
    const end = piece?.end ?? from;
    const raw = line.slice(at, end);
    if (piece === undefined) return { word: { at, kind: 'pair', raw, name }, end };
    const unclosed = OPENS_QUOTE.test(line[from] ?? '') && quotedAt(line, from) === undefined;
    return { word: { at, kind: 'pair', raw, name, value: piece.value, ...(unclosed && { unclosed }) }, end };
  }
  const phrase = quotedAt(line, at);
  if (phrase) {
    return {
      word: { at, kind: 'text', raw: line.slice(at, phrase.end), phrase: phrase.value },
      end: phrase.end,
    };
  }
  const raw = bareAt(line, at)?.value ?? '';
  return { word: { at, kind: 'text', raw }, end: at + raw.length };
}

function quotedAt(line: string, at: number): Piece | undefined {
  const plain = matchAt(DOUBLE_QUOTED, line, at);
  if (plain) {
    return { value: (plain[1] ?? '').replace(/\\(["\\])/g, '$1'), end: at + plain[0].length };
  }
  const typographic = matchAt(TYPOGRAPHIC, line, at);
  if (!typographic) return undefined;
  return {
    value: typographic[1] ?? typographic[2] ?? typographic[3] ?? '',
    end: at + typographic[0].length,
  };
}

function singleQuotedAt(line: string, at: number, lastClosing: number): Piece | undefined {
  const match = at >= lastClosing ? null : matchAt(SINGLE_QUOTED, line, at);
  return match ? { value: match[1] ?? '', end: at + match[0].length } : undefined;
}

function bareAt(line: string, at: number): Piece | undefined {
  const match = matchAt(BARE, line, at);
  return match ? { value: match[0], end: at + match[0].length } : undefined;
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

function nextWord(line: string, at: number): number {
  const space = matchAt(SPACE, line, at);
  return at + (space?.[0].length ?? 0);
}
