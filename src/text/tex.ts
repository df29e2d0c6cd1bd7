/**
 * Parses LaTeX and the few HTML tags in titles and abstracts into a tree. Never fails, because anything that
 * is not LaTeX is text. Takes linear time for any input.
 */
import { findFormulas } from './formulas.ts';
import { FUNCTIONS, LAYOUT, LETTERS, SIGNS } from './latex-signs.ts';
import { decodeLetters } from './tex-letters.ts';
import { expandUnits } from './tex-units.ts';

export interface TexCommand {
  readonly kind: 'command';
  /** Without its backslash. */
  readonly name: string;
  readonly args: readonly TexTree[];
  /** The optional argument in square brackets. */
  readonly option?: TexTree;
  /** True when white space follows the name. */
  readonly isSpaced: boolean;
}

export type TexNode =
  | { readonly kind: 'text'; readonly text: string }
  | TexCommand
  | { readonly kind: 'group'; readonly inside: TexTree }
  | { readonly kind: 'formula'; readonly inside: TexTree }
  /** A superscript (`^`) or subscript (`_`). */
  | { readonly kind: 'script'; readonly isRaised: boolean; readonly inside: TexTree }
  /** An unmatched brace. */
  | { readonly kind: 'brace'; readonly text: string };

export type TexTree = readonly TexNode[];

/** Limit for nested groups; deeper braces count as unmatched. */
const MAX_DEPTH = 40;

const NO_ARGUMENTS = [...FUNCTIONS, ...LAYOUT, ...SIGNS.keys(), ...LETTERS.keys(), 'not'];
/** Number of arguments by command. Any other command takes the group directly after it, if there is one. */
const ARGUMENTS: ReadonlyMap<string, number> = new Map<string, number>([
  ...NO_ARGUMENTS.map((name) => [name, 0] as const),
  ...`sqrt url path nolinkurl color begin end vspace hspace mathcal mathbb mathbf mathrm mathit mathsf mathtt mathfrak
  mathscr boldsymbol bm textbf bar hat tilde vec dot ddot acute grave check breve widetilde widehat overline`
    .split(/\s+/)
    .map((name) => [name, 1] as const),
  ...'frac dfrac tfrac nicefrac binom href hyperlink textcolor colorbox texorpdfstring'
    .split(' ')
    .map((name) => [name, 2] as const),
]);
/** Commands whose first argument is a URL, in which `_`, `%` and `$` are literal. */
const ADDRESSED = new Set(['url', 'path', 'nolinkurl', 'href']);

const TAGS = [
  [
    /<(su[bp])>([^<>{}]{0,200})<\/\1>/gi,
    (_: string, name: string, inside: string) => `${/b$/i.test(name) ? '_' : '^'}{${inside}}`,
  ],
  [
    /<(i|b|u|em|strong|tt|sc|italic|bold|span|p)>([^<>]{0,2000})<\/\1>/gi,
    (_: string, __: string, inside: string) => inside,
  ],
  [/<(?:br|p) ?\/?>/gi, () => ' '],
  // Formulas and marks in records of Crossref.
  [/<\/?(?:mml|jats):[\w-]{1,40}(?: [^<>]{0,200})?\/?>/gi, () => ''],
] as const;

const WORDS = /[^\\{}$^_]+/y;
const NAME = /[A-Za-z]+/y;
const BLANK = /\s*/y;
const OPTION = /\*?\[([^[\]{}]{0,200})\]/y;

/** @param tex text from a paper, with LaTeX accents decoded or not */
export function readTex(tex: string): TexTree {
  let text = decodeLetters(expandUnits(tex));
  if (text.includes('<')) for (const [tag, write] of TAGS) text = text.replace(tag, write);
  return openReader(text)();
}

/**
 * True for braces that are content, as in a set: `{one, two}`. Those around a word protect its capitals:
 * `{BERT}`.
 */
export function isShownGroup(inside: TexTree): boolean {
  const [only, ...more] = inside;
  return more.length === 0 && only?.kind === 'text' && /^[\p{Ll}\d][^,; ]*[,; ]/u.test(only.text);
}

function openReader(text: string): () => TexNode[] {
  const partners = findPartners(text);
  const formulas = new Map(findFormulas(text).map((range) => [range.from, range]));
  let at = 0;
  let end = text.length;
  let depth = 0;
  let inFormula = false;

  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    const found = (pattern.exec(text)?.[0] ?? '').slice(0, end - at);
    at += found.length;
    return found;
  }

  function character(): string {
    const found = String.fromCodePoint(text.codePointAt(at) ?? 0);
    at += found.length;
    return found;
  }

  function readAll(): TexNode[] {
    const nodes: TexNode[] = [];
    while (at < end) nodes.push(next());
    return nodes;
  }

  /** Parses a range on its own, then continues at `behind`. */
  function readWithin(from: number, to: number, behind: number, isFormula = inFormula): TexNode[] {
    const outer = { end, inFormula };
    [at, end, inFormula] = [from, to, isFormula];
    depth += 1;
    const inside = readAll();
    depth -= 1;
    [at, end, inFormula] = [behind, outer.end, outer.inFormula];
    return inside;
  }

  function next(): TexNode {
    const formula = inFormula ? undefined : formulas.get(at);
    if (formula && formula.to <= end) {
      return { kind: 'formula', inside: readWithin(formula.start, formula.end, formula.to, true) };
    }
    const words = take(WORDS);
    if (words !== '') return { kind: 'text', text: words };
    const sign = text[at];
    if (sign === '\\') return command();
    if (sign === '{' || sign === '}') {
      const inside = group();
      return inside ? { kind: 'group', inside } : { kind: 'brace', text: character() };
    }
    return (sign === '^' || sign === '_') && isScript()
      ? script(sign === '^')
      : { kind: 'text', text: character() };
  }

  /** Outside of formulas a script needs braces or a command: `snake_case` has none. */
  function isScript(): boolean {
    const after = text[at + 1];
    if (at + 1 >= end || after === undefined) return false;
    if (after === '{') return closeOf(at + 1) !== undefined;
    return inFormula || (after === '\\' && /[A-Za-z]/.test(text[at + 2] ?? ''));
  }

  function script(isRaised: boolean): TexNode {
    at += 1;
    return { kind: 'script', isRaised, inside: argument() };
  }

  function closeOf(open: number): number | undefined {
    if (text[open] !== '{' || depth >= MAX_DEPTH) return undefined;
    const close = partners[open] ?? 0;
    return close > open && close < end ? close : undefined;
  }

  function group(): TexNode[] | undefined {
    const close = closeOf(at);
    return close === undefined ? undefined : readWithin(at + 1, close, close + 1);
  }

  /** Reads a group, or a single character or command in its place. */
  function argument(): TexNode[] {
    take(BLANK);
    if (at >= end) return [];
    const inside = group();
    if (inside) return inside;
    // Nested arguments such as `\sqrt\sqrt\sqrt` count as nested groups for the depth limit.
    if (text[at] === '{') return [{ kind: 'brace', text: character() }];
    if (text[at] !== '\\' || depth >= MAX_DEPTH) return [{ kind: 'text', text: character() }];
    depth += 1;
    const only = command();
    depth -= 1;
    return [only];
  }

  function address(): TexNode[] {
    const close = closeOf(at);
    if (close === undefined) return [];
    const written = text.slice(at + 1, close).replace(/\\(?=[^A-Za-z])/g, '');
    at = close + 1;
    return [{ kind: 'text', text: written }];
  }

  function command(): TexNode {
    at += 1;
    const name = take(NAME);
    if (name === '') return { kind: 'text', text: signOf(at < end ? character() : '') };
    const starred = text[at] === '*' && text[at + 1] === '{';
    if (starred) at += 1;
    const isSpaced = take(BLANK) !== '';
    const count = ARGUMENTS.get(name) ?? (text[at] === '{' || text[at] === '[' ? 1 : 0);
    if (count === 0) {
      const label = name === 'item' ? take(OPTION).slice(1, -1) : '';
      if (label !== '') return { kind: 'command', name, args: [], isSpaced, option: readTex(label) };
      if (text.startsWith('{}', at)) at += 2;
      // `\left.` has no output.
      else if ((name === 'left' || name === 'right') && text[at] === '.') at += 1;
      return { kind: 'command', name, args: [], isSpaced };
    }
    const option = take(OPTION).slice(1, -1);
    const args = Array.from({ length: count }, (_, index) =>
      index === 0 && ADDRESSED.has(name) ? address() : argument(),
    );
    return {
      kind: 'command',
      name,
      args,
      isSpaced,
      ...(option !== '' && { option: [{ kind: 'text', text: option }] }),
    };
  }

  /** Converts a backslash before a symbol. */
  function signOf(sign: string): string {
    if (/^[,;:> \\]$/.test(sign)) return ' ';
    if (sign === '@' && at < end && /\w/.test(text.charAt(at))) return '@';
    if (/^[!\-/@]$/.test(sign)) return '';
    if (sign === '|' && inFormula) return '‖';
    // A non-ASCII letter is not a command name; its accent was encoded twice.
    if (/^[\p{L}%&#_${}|+]$/u.test(sign)) return sign;
    if (/^[~^]$/.test(sign) && text.startsWith('{}', at)) {
      at += 2;
      return sign;
    }
    return `\\${sign}`;
  }

  return readAll;
}

/**
 * Maps each opening brace to its closing brace; 0 for an unmatched one, as 0 can never be a closing position.
 */
function findPartners(text: string): Int32Array {
  const partners = new Int32Array(text.length);
  const open: number[] = [];
  for (let at = text.search(/[\\{}]/); at >= 0 && at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\') at += 1;
    else if (sign === '{') open.push(at);
    else if (sign === '}') {
      const begin = open.pop();
      if (begin !== undefined) partners[begin] = at;
    }
  }
  return partners;
}
