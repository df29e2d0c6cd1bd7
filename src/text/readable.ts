/**
 * Converts the LaTeX and HTML in a title or sentence to plain Unicode, for display, search and exports
 * without LaTeX. The stored text stays as the authors wrote it.
 */
import { LAYOUT, LETTERS, LOWERED, RAISED, SIGNS } from './latex-signs.ts';
import { isShownGroup, readTex, type TexCommand, type TexNode, type TexTree } from './tex.ts';

/** Most texts contain none of these. This check is ten times as fast as the full one. */
const MAY_HAVE_MARKUP = /[\\$`{}~<]|''|--|[\^_]\{/;
/** Markup that must be converted. */
const HAS_MARKUP =
  /[\\$]|``|''|--|[\^_]\{|\S~\S|[{}]|<\/?(?:su[bp]|i|b|u|em|strong|tt|sc|italic|bold|span|p|br|mml:|jats:)\b/;

/** Commands without visible output in an abstract: references and page layout. */
const UNSEEN =
  /^(?:cite[a-z]*|nocite|(?:eq|page|auto|[cC])?ref|label|thanks|footnotemark|[vh]space|begin|end|includegraphics|color)$/;
/** Operators that attach to the next token: `$\sim 10$` becomes “~10”. */
const PREFIX = /^[~≈±∓×≤≥≪≫]$/;
/** Outside of formulas, the space after these only ends the name of the command: `\textdegree C`. */
const UNIT = /^[°μ§¶£€$“‘]$/;
/** Scripts with more letters are easier to read on the line. */
const LONGEST_SCRIPT = 3;
/** Private markers: one removes the space before it, the other strikes through the next character. */
const GONE = '\uE000';
const STRUCK = '\uE001';

type WriteFormula = (formula: TexTree) => string;

interface Context {
  readonly tree: TexTree;
  readonly at: number;
  readonly inFormula: boolean;
  readonly writeFormula: WriteFormula;
}

export function readable(text: string): string {
  return readableExcept(text, inSigns);
}

/** @param writeFormula converts formulas, for a format with its own formula syntax */
export function readableExcept(text: string, writeFormula: WriteFormula): string {
  if (!MAY_HAVE_MARKUP.test(text) || !HAS_MARKUP.test(text)) return text;
  return tidy(write(readTex(text), false, writeFormula));
}

/** Converts a formula or a part of it to plain Unicode. */
export function inSigns(formula: TexTree): string {
  return write(formula, true, inSigns).trim();
}

function write(tree: TexTree, inFormula: boolean, writeFormula: WriteFormula): string {
  return tree.map((node, at) => writeNode(node, { tree, at, inFormula, writeFormula })).join('');
}

function writeNode(node: TexNode, context: Context): string {
  const { inFormula, tree, at, writeFormula } = context;
  switch (node.kind) {
    case 'text':
      return inFormula
        ? node.text.replace(/[~&]/g, ' ')
        : punctuated(node.text, at > 0, at + 1 < tree.length);
    case 'brace':
      return '';
    case 'group': {
      const inside = write(node.inside, inFormula, writeFormula);
      return !inFormula && isShownGroup(node.inside) ? `{${inside}}` : inside;
    }
    case 'formula':
      return writeFormula(node.inside);
    case 'script':
      return shifted(node.isRaised, inSigns(node.inside));
    case 'command':
      return writeCommand(node, context);
  }
}

/**
 * Converts LaTeX quotes, dashes and ties. A tilde after a space means “about”, between numbers “to”. Two
 * hyphens before a word are an option of a program: `--all`.
 */
function punctuated(text: string, isBehind: boolean, isBefore: boolean): string {
  const joined = isBehind ? text.replace(/^~/, ' ').replace(/^--(?=[^\s-]|$)/, '–') : text;
  return (isBefore ? joined.replace(/(?<=[^\s-])--$/, '–') : joined)
    .replace(/``/g, '“')
    .replace(/''/g, '”')
    .replace(/---/g, '—')
    .replace(/(?<=[\p{L}\p{N}\p{Pe}\p{Pf}."'])--(?=[\p{L}\p{N}\p{Ps}\p{Pi}"'])|(?<=\s)--(?=\s)/gu, '–')
    .replace(/(?<=[\p{L}.,;:)\]}])~(?=[^\s~]|$)|(?<=\p{N})~(?=[^\s\d~]|$)/gu, ' ');
}

function writeCommand({ name, args, option, isSpaced }: TexCommand, context: Context): string {
  const [first = '', second = ''] = args.map((arg) => write(arg, context.inFormula, context.writeFormula));
  const blank = isSpaced ? ' ' : '';
  if (UNSEEN.test(name)) return GONE;
  if (LAYOUT.has(name)) return '';
  const sign = SIGNS.get(name);
  if (name === 'item' && option) return `${sign}${write(option, false, context.writeFormula)} `;
  if (sign !== undefined) return writeSign(sign, blank, context);
  switch (name) {
    case 'url':
    case 'path':
    case 'nolinkurl':
      return addressOf(args[0]);
    case 'footnote':
      return first === '' ? GONE : ` (${first.trim().replace(/\.$/, '')})`;
    case 'href':
    case 'hyperlink':
    case 'textcolor':
    case 'colorbox':
    case 'texorpdfstring':
      return second;
    case 'frac':
    case 'dfrac':
    case 'tfrac':
    case 'nicefrac':
      return `${operand(first)}/${operand(second)}`;
    case 'binom':
      return `(${first} choose ${second})`;
    case 'sqrt':
      return `${option ? shifted(true, inSigns(option)) : ''}√${operand(first)}`;
    case 'pmod':
      return ` (mod ${first})`;
    case 'textsuperscript':
    case 'textsubscript':
      return shifted(name === 'textsuperscript', first);
    case 'unicode':
      return /^x[\da-f]{1,5}$/i.test(first) ? String.fromCodePoint(Number(`0${first}`)) : '';
    case 'not':
      return STRUCK;
  }
  if (args.length > 0) return first;
  const letter = LETTERS.get(name);
  // An unknown command is the authors' macro name or a function: `\log n`.
  return letter ?? apart(name, blank, context);
}

function writeSign(sign: string, blank: string, { tree, at, inFormula }: Context): string {
  const next = tree[at + 1];
  if (sign.endsWith('.') && next?.kind === 'text' && next.text.startsWith('.')) return sign.slice(0, -1);
  if (!inFormula && UNIT.test(sign)) return sign;
  if (!inFormula || /\p{L}/u.test(sign)) return sign + blank;
  // Spaces on both sides of an operator, or on neither.
  return at === 0
    ? sign + (PREFIX.test(sign) ? '' : blank)
    : sign + (isBlankBehind(tree[at - 1]) ? blank : '');
}

function isBlankBehind(node: TexNode | undefined): boolean {
  return (
    (node?.kind === 'text' && node.text.endsWith(' ')) ||
    (node?.kind === 'command' && (node.isSpaced || node.name === 'not'))
  );
}

function addressOf(arg: TexTree | undefined): string {
  return (arg ?? []).map((node) => (node.kind === 'text' ? node.text : '')).join('');
}

/** Separates a name in a formula from its neighbours: `n\log n`. */
function apart(name: string, blank: string, { tree, at, inFormula }: Context): string {
  const [before, after] = [tree[at - 1], tree[at + 1]];
  const isBehindWord =
    before !== undefined && (before.kind !== 'text' || /[\p{L}\p{N})\]]$/u.test(before.text));
  if (!inFormula) return name + blank;
  return `${isBehindWord ? ' ' : ''}${name}${after?.kind === 'command' ? ' ' : blank}`;
}

function operand(text: string): string {
  return /^(?:[\p{L}\p{N}.°′]+|[\p{L}\p{N}]+\([^()]*\)|\([^()]*\))$/u.test(text) || text === ''
    ? text
    : `(${text})`;
}

/** Uses superscript or subscript characters if all exist, otherwise `^` or `_`. */
function shifted(isRaised: boolean, text: string): string {
  const bare = text.replace(/\s/g, '');
  // These are already raised.
  if (isRaised && /^[°∘*†‡′'⋆]+$/.test(bare)) return bare;
  const signs = isRaised ? RAISED : LOWERED;
  const found = [...bare].map((character) => signs.get(character));
  const isShort = bare.replace(/\P{L}/gu, '').length <= LONGEST_SCRIPT;
  if (isShort && found.every((sign) => sign !== undefined)) return found.join('');
  return `${isRaised ? '^' : '_'}${/^(?:[\p{L}\p{N}]+|\([^()]*\)|.)$/u.test(bare) ? bare : `(${bare})`}`;
}

function tidy(text: string): string {
  const seen = text.includes(GONE) || text.includes(STRUCK) ? withoutMarks(text) : text;
  return seen
    .replace(/ {2,}/g, ' ')
    .replace(/ (?=[.,;:)](?:\s|$))/g, '')
    .trim();
}

function withoutMarks(text: string): string {
  return text
    .replace(/ ?\uE000/g, '')
    .replace(/\uE001 ?(.)/gsu, '$1\u0338')
    .replace(/\uE001/g, '')
    .normalize('NFC');
}
