/**
 * Converts text to LaTeX. Formulas stay formulas. The result always compiles: braces and dollar signs are
 * balanced, and formulas contain only commands of LaTeX, amsmath and amssymb. Letters of any script stay
 * UTF-8.
 */
import {
  ACCENTS,
  FUNCTIONS,
  GREEK,
  LAYOUT,
  LOWERED,
  MATH_SIGNS,
  RAISED,
  SIGNS,
} from '../text/latex-signs.ts';
import { inSigns, readableExcept } from '../text/readable.ts';
import type { TexCommand, TexNode, TexTree } from '../text/tex.ts';

/** `≤` is `\leq`: the first name of each symbol. */
const COMMANDS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...MATH_SIGNS, ...GREEK })
    .toReversed()
    .filter(([, sign]) => sign > '\x7f')
    .map(([name, sign]) => [sign, name]),
);
/** Commands allowed in a formula. */
const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys({ ...MATH_SIGNS, ...GREEK }),
  ...[...FUNCTIONS].filter((name) => !/^arg(?:min|max)$/.test(name)),
  ...`mathcal mathbb mathbf mathrm mathit mathsf mathtt mathfrak mathscr boldsymbol frac dfrac tfrac sqrt binom pmod bar hat tilde vec
  dot ddot acute grave check breve widetilde widehat overline underline mid vert lvert rvert colon lbrace rbrace ldots dots cdots quad
  qquad not`.split(/\s+/),
]);
/** Commands in a formula with text as their argument. */
const WORDS: ReadonlySet<string> = new Set('text mbox textrm textbf textit textsf texttt'.split(' '));

const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['~', String.raw`\textasciitilde{}`],
  ['^', String.raw`\textasciicircum{}`],
  ['\\', String.raw`\textbackslash{}`],
  // Alone, they print as other characters in LaTeX's default fonts. Not all programs know `\textless`.
  ['<', '$<$'],
  ['>', '$>$'],
  ['|', '$|$'],
  ['\u00a0', '~'],
  ['\u2010', '-'],
  ['\u2011', '-'],
]);
/** Accents for letters that LaTeX does not accept as UTF-8: Vietnamese, Pinyin, transcriptions. */
const MARKS: ReadonlyMap<string, string> = new Map(
  Object.entries(ACCENTS).map(([name, mark]) => [mark, name]),
);
const RARE_LETTER = /[\u0180-\u024f\u1e00-\u1eff]/g;
const SPECIALS = /[&%$#_{}~^\\<>|\u00a0\u2010\u2011]/g;
const RUN = new RegExp(`[${[...RAISED.values()].join('')}]+|[${[...LOWERED.values()].join('')}]+`, 'gu');
const SIGNS_ALONE = `[${[...COMMANDS.keys()].join('')}√‖−ħ]`;
const SIGN = new RegExp(SIGNS_ALONE, 'gu');
/** Three or more Greek letters are a word, as in `search-text.ts`. */
const SIGN_OR_WORD = new RegExp(String.raw`[\p{Script=Greek}\p{M}]{3,}|${SIGNS_ALONE}`, 'gu');
const PLAIN_SCRIPT: ReadonlyMap<string, string> = new Map(
  [...RAISED, ...LOWERED].map(([plain, shifted]) => [shifted, plain]),
);
/** Placeholder for a formula while the text around it is converted. */
const FORMULA = '\uE002';

/** The result has balanced braces, so it can be used in a BibTeX field. */
export function toLatex(text: string): string {
  const formulas: string[] = [];
  const words = readableExcept(text.replaceAll(FORMULA, ''), (formula) => {
    const math = toMath(formula).trim();
    formulas.push(math === '' ? '' : `$${math}$`);
    return FORMULA;
  });
  let at = 0;
  const written = escapeWords(words).replaceAll(FORMULA, () => formulas[at++] ?? '');
  // Two adjacent formulas, not the start of a display formula.
  return written.replace(/(?<=(?<!\\)\$)(?=\$)/g, '{}');
}

export function hasBracesInPairs(text: string): boolean {
  let depth = 0;
  for (const [brace] of text.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function escapeWords(text: string): string {
  const paired = hasBracesInPairs(text);
  return text
    .replace(SPECIALS, (sign) => {
      if (sign === '{' && !paired) return String.raw`\textbraceleft{}`;
      if (sign === '}' && !paired) return String.raw`\textbraceright{}`;
      return SPECIAL.get(sign) ?? `\\${sign}`;
    })
    .replace(RUN, (run) => `$${script(run)}$`)
    .replace(SIGN_OR_WORD, (found) => (found.length > 2 ? found : `$${commandOf(found).trim()}$`))
    .replace(RARE_LETTER, accented);
}

function accented(letter: string): string {
  const [base = '', ...marks] = letter.normalize('NFD');
  if (marks.length === 0 || !marks.every((mark) => MARKS.has(mark)) || base > '\x7f') return letter;
  const carrier = /[ij]/.test(base) && !marks.includes(ACCENTS['d'] ?? '') ? `\\${base}` : base;
  return `{${marks.reduce((inside, mark) => `\\${MARKS.get(mark)}{${inside}}`, carrier)}}`;
}

function script(run: string): string {
  const inside = [...run].map((sign) => PLAIN_SCRIPT.get(sign) ?? sign).join('');
  const isRaised = [...RAISED.values()].includes([...run][0] ?? '');
  return `${isRaised ? '^' : '_'}${inside.length === 1 ? inside : `{${inside}}`}`;
}

function commandOf(sign: string): string {
  if (sign === '°') return String.raw`^\circ `;
  if (sign === 'ħ') return String.raw`\hbar `;
  if (sign === '√') return String.raw`\surd `;
  if (sign === '‖') return String.raw`\|`;
  return sign === '−' ? '-' : `\\${COMMANDS.get(sign)} `;
}

function toMath(tree: TexTree): string {
  return tree.map((node, at) => writeNode(node, tree[at - 1], tree[at + 1])).join('');
}

function writeNode(node: TexNode, before: TexNode | undefined, after: TexNode | undefined): string {
  switch (node.kind) {
    case 'text':
      return escapeMath(node.text);
    case 'brace':
      return '';
    case 'group':
    case 'formula':
      return `{${toMath(node.inside)}}`;
    case 'script': {
      const inside = toMath(node.inside).trim();
      // LaTeX rejects two superscripts or subscripts on one symbol, and a prime is a superscript.
      const isSecond =
        (before?.kind === 'script' && before.isRaised === node.isRaised) ||
        (node.isRaised && before?.kind === 'text' && before.text.endsWith("'"));
      return `${isSecond ? '{}' : ''}${node.isRaised ? '^' : '_'}${/^[A-Za-z0-9]$/.test(inside) ? inside : `{${inside}}`}`;
    }
    case 'command':
      return writeCommand(node, after);
  }
}

function writeCommand({ name, args, option, isSpaced }: TexCommand, after: TexNode | undefined): string {
  if (LAYOUT.has(name)) return '';
  if (WORDS.has(name)) return `\\${name}{${escapeWords(args.map(inSigns).join(''))}}`;
  if (name === 'operatorname') return `\\mathrm{${args.map(toMath).join('')}}`;
  if (KNOWN.has(name)) {
    const root = option ? `[${toMath(option)}]` : '';
    const written = `\\${name}${root}${args.map((arg) => `{${toMath(arg)}}`).join('')}`;
    const runsOn = after?.kind === 'text' && /^[A-Za-z]/.test(after.text);
    return written + (args.length === 0 && (runsOn || isSpaced) ? ' ' : '');
  }
  const sign = SIGNS.get(name);
  if (sign !== undefined) return escapeMath(sign);
  if (args.length === 0 && !/^(?:begin|end|label|cite)/.test(name)) return `\\mathrm{${name}}`;
  return toMath(args[0] ?? []);
}

function escapeMath(text: string): string {
  return text
    .replace(/[{}\\^]/g, (sign) => ({ '{': '\\lbrace ', '}': '\\rbrace ', '\\': '\\backslash ' })[sign] ?? '')
    .replace(/[&%#$_]/g, '\\$&')
    .replace(RUN, script)
    .replace(SIGN, commandOf)
    .replace(/…/g, '\\ldots ')
    .replace(/[^\x20-\x7e]+/g, (letters) => `\\text{${letters}}`);
}
