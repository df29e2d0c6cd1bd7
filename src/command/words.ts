/** Cuts a typed line into words, quoted phrases and `name:value` pairs, with the quotes and dashes that phones type. */

/** `at` is where the word begins in the line. */
export interface TextWord {
  readonly kind: 'text';
  /** Where it begins in the line. */
  readonly at: number;
  readonly raw: string;
  /** What stands between the quotes, when the word is one quoted phrase. */
  readonly phrase?: string;
}

export interface PairWord {
  readonly kind: 'pair';
  readonly at: number;
  readonly raw: string;
  readonly name: string;
  /** Absent after `name:` with a space behind it. */
  readonly value?: string;
  /** The value opens a quote that nothing closes. */
  readonly unclosed?: true;
}

export type Word = TextWord | PairWord;

interface Piece {
  readonly value: string;
  readonly end: number;
}

/**
 * `limit:`, `--limit:` and `—limit:` (two hyphens on a phone), and behind dashes `--limit=` too. `https://` is no option, whatever
 * it is called.
 */
const PAIR_HEAD =
  /(?:--|[—–])?(\p{L}[\p{L}\p{N}_\p{Pd}]{0,31})(?:[:：]|(?<=(?:^|\s)(?:--|[—–])\1)=)(?!\/\/)/uy;
const BARE = /\S+/uy;
const DOUBLE_QUOTED = /"((?:[^"\\]|\\.)*)"/suy;
const TYPOGRAPHIC = /[“”„‟]([^“”„‟]*)[“”„‟]|[“”„‟]([^"“”„‟]*)"|«([^«»]*)»/uy;
/** Closed only where a word ends, as an apostrophe is the same sign. */
const SINGLE_QUOTED = /['‘’‚‛](?!\s)(.*?)['‘’‛](?=\s|$)/suy;
const OPENS_QUOTE = /["“„‟«]/u;

/** Words in order. Never throws; the text between the words is white space alone. */
export function cutWords(line: string): Word[] {
  const words: Word[] = [];
  let at = nextWord(line, 0);
  while (at < line.length) {
    const { word, end } = readWord(line, at);
    words.push(word);
    at = nextWord(line, end);
  }
  return words;
}

function readWord(line: string, at: number): { word: Word; end: number } {
  const head = matchAt(PAIR_HEAD, line, at);
  if (head) {
    const name = head[1] ?? '';
    const from = at + head[0].length;
    const piece = quotedAt(line, from) ?? singleQuotedAt(line, from) ?? bareAt(line, from);
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

function singleQuotedAt(line: string, at: number): Piece | undefined {
  const match = matchAt(SINGLE_QUOTED, line, at);
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
  const space = matchAt(/\s*/uy, line, at);
  return at + (space?.[0].length ?? 0);
}
