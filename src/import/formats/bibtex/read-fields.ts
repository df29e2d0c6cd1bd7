/** Reads the key and the fields of one BibTeX entry. What is wrong with a field does not lose the others. */
/** Values of `@string`, by name in lower case. */
export type Macros = ReadonlyMap<string, string>;

export interface EntryFields {
  readonly key: string;
  /** By name in lower case, without outer delimiters and with macros replaced. */
  readonly fields: ReadonlyMap<string, string>;
  /** What could not be read: “`title` has no closing brace”. */
  readonly faults: readonly string[];
}

/** Characters of a value. Macros that contain each other grow without limit. */
const LONGEST_VALUE = 512 * 1024;
/** Fields of an entry. Real ones have up to 60. */
const MOST_FIELDS = 500;
const MOST_FAULTS = 5;

const BLANK = /(?:[\s,]+|%[^\n]*(?:\n|$))*/y;
const SPACE = /\s*/y;
const NAME = /([^={},"#%\s][^={},"#\n]{0,80}?)\s{0,200}=/y;
const BARE = /[^\s,#{}"]+/y;
/** The rest of an unquoted value of several words: `month = 10 May`. */
const BARE_REST = /[^,#{}"\n=]*/y;
/** The beginning of the next field, behind one that cannot be read. */
const NEXT_FIELD = /[,\n][^\S\n]*(?=[A-Za-z][\w+:-]{0,80}\s{0,50}=\s{0,50}[{"\w])/g;
const KEY = /\s*([^,={}\s](?:[^,={}]{0,300}[^,={}\s])?)?\s*(,|=|$)/y;
/** `key title = {…}`: the comma behind the key is missing. */
const KEY_AND_NAME = /^(\S+)\s+([A-Za-z][\w+:-]*)$/;

export function readFields(body: string, macros: Macros): EntryFields {
  const fields = new Map<string, string>();
  const faults: string[] = [];
  const { key, end } = readKey(body);
  let at = end;

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(body);
    if (found) at = pattern.lastIndex;
    return found;
  }

  /** @throws FieldFault */
  function readValue(name: string): string {
    let value = '';
    for (;;) {
      take(SPACE);
      value += readPiece(name);
      if (value.length > LONGEST_VALUE) throw new FieldFault(`${quote(name)} is too long`);
      take(SPACE);
      if (body[at] !== '#') return value;
      at += 1;
    }
  }

  function readPiece(name: string): string {
    const sign = body[at];
    if (sign === '{' || sign === '"') {
      const close = sign === '{' ? closingBrace(body, at) : closingQuote(body, at);
      if (close === -1)
        throw new FieldFault(`${quote(name)} has no closing ${sign === '{' ? 'brace' : 'quote'}`);
      const piece = body.slice(at + 1, close);
      at = close + 1;
      return piece;
    }
    const [word] = take(BARE) ?? [];
    if (word === undefined) return '';
    // BibTeX knows the months as macros; their names, like other unknown words, stand for themselves.
    return `${macros.get(word.toLowerCase()) ?? word}${take(BARE_REST)?.[0].trimEnd() ?? ''}`;
  }

  while (faults.length < MOST_FAULTS && fields.size < MOST_FIELDS) {
    take(BLANK);
    if (at >= body.length) break;
    try {
      const found = take(NAME);
      if (!found) throw new FieldFault(`${quote(body.slice(at, at + 20))} is not a field with a value`);
      const name = (found[1] ?? '').toLowerCase();
      const value = readValue(name);
      if (!fields.has(name)) fields.set(name, value);
    } catch (error) {
      if (!(error instanceof FieldFault)) throw error;
      faults.push(error.message);
      NEXT_FIELD.lastIndex = at;
      if (!NEXT_FIELD.exec(body)) break;
      at = NEXT_FIELD.lastIndex;
    }
  }
  return { key, fields, faults };
}

class FieldFault extends Error {}

/** `@misc{title = {…}}` has no key; a key can have blanks, and `=` as in a DOI. */
function readKey(body: string): { readonly key: string; readonly end: number } {
  KEY.lastIndex = 0;
  const [whole = '', before = '', sign = ''] = KEY.exec(body) ?? [];
  if (sign !== '=') return { key: before, end: whole.length };
  const [, key, name] = KEY_AND_NAME.exec(before) ?? [];
  if (key !== undefined && name !== undefined) return { key, end: whole.lastIndexOf(name) };
  if (/^[A-Za-z][\w+-]*$/.test(before)) return { key: '', end: 0 };
  const comma = body.indexOf(',');
  return comma === -1 ? { key: '', end: 0 } : { key: body.slice(0, comma).trim(), end: comma };
}

/** The brace that closes the one at `open`, or -1. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** The quote that closes the one at `open`, or -1. One in braces or behind a backslash does not. */
function closingQuote(text: string, open: number): number {
  let depth = 0;
  let isEscaped = false;
  for (let at = open + 1; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"' && depth === 0 && !isEscaped) return at;
    if (sign === '{') depth += 1;
    else if (sign === '}') depth = Math.max(0, depth - 1);
    isEscaped = sign === '\\' && !isEscaped;
  }
  return -1;
}

function quote(name: string): string {
  return `\`${name.replace(/\s+/g, ' ').replaceAll('`', "'").trim()}\``;
}
