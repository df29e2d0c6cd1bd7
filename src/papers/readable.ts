/**
 * A title or a sentence as a reader should see it: what LaTeX a source left in it becomes the signs that it stands for. Only for
 * showing; what is stored and searched stays as the authors sent it.
 */
import { ACCENTS, LOWERED, RAISED, SIGNS } from './latex-signs.ts';

const HAS_LATEX = /[\\$]|``|''|---|[\^_]\{|\w~\w|\{[A-Z]/;
/** Commands stand within commands; more deeply nested ones are left as they are. */
const DEPTH = 4;

/** Says nothing to a reader of an abstract. */
const POINTER =
  /[\s~]?\\(?:cite[a-z]*|footnote|footnotemark|ref|eqref|label|thanks|vspace|hspace)\*?(?:\[[^\]]{0,80}\])?\{[^{}]{0,300}\}/g;
const LINK = /\\href\s?\{[^{}]{0,400}\}\s?\{([^{}]{0,300})\}/g;
const FRACTION = /\\[dt]?frac\s?\{([^{}]{1,80})\}\s?\{([^{}]{1,80})\}/g;
const ROOT = /\\sqrt\s?(?:\{([^{}]{1,80})\}|(\w))/g;
const COLOURED = /\\(?:textcolor|color)\{[^{}]{0,40}\}/g;
const ACCENT = /\\(?:([`'^~=."])\s?|([uvHcrdk])(?=\{))(?:\{(\\?\p{L})\}|(\\?\p{L}))/gu;
/** `\textbf{…}`, `\mathcal{O}`, `\name{}`: what stands inside is what is read. */
const WRAPPED = /\\[A-Za-z]+\*?\s?\{([^{}]{0,300})\}/g;
const COMMAND = /\\([A-Za-z]+)\s?(?![A-Za-z])/g;
const SCRIPT = /([\^_])(?:\{([^{}]{1,40})\}|([0-9a-zA-Z+*-]))/g;
/** As pandoc reads it, so that prices are none: no blank within the signs, no digit behind the second. */
const MATH = /(?<![\\$])\$\$?(?=\S)([^$]{1,200}?)(?<=\S)(?<!\\)\$\$?(?!\d)/g;
const ESCAPED = /\\([%&#_$])/g;
const SPACING = /\\(?:[,;:!> ]|\\)/g;
/** Braces that are meant to be seen, out of the way of those that are not. */
const OPEN = '\uE000';
const CLOSE = '\uE001';

export function readable(text: string): string {
  if (!HAS_LATEX.test(text)) return text;
  let line = text.replace(/\\\{/g, OPEN).replace(/\\\}/g, CLOSE).replace(POINTER, '').replace(COLOURED, '');
  for (let depth = 0; depth < DEPTH && line.includes('\\'); depth++) {
    line = line
      .replace(LINK, '$1')
      .replace(ACCENT, accented)
      .replace(FRACTION, '$1/$2')
      .replace(ROOT, '√$1$2')
      .replace(WRAPPED, (whole, inside: string) => (/^\\[\^_]/.test(whole) ? whole : inside));
  }
  return line
    .replace(MATH, (_, inside: string) => mathOf(inside))
    .replace(COMMAND, signOf)
    .replace(SPACING, ' ')
    .replace(ESCAPED, '$1')
    .replace(/[\^_](?=\{)/g, '')
    .replace(/\{([^{}]{0,200})\}/g, '$1')
    .replaceAll(OPEN, '{')
    .replaceAll(CLOSE, '}')
    .replace(/``/g, '“')
    .replace(/''/g, '”')
    .replace(/---/g, '—')
    .replace(/(?<=\w)~(?=\w)/g, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/ (?=[.,;:)](?:\s|$))/g, '')
    .trim();
}

function mathOf(inside: string): string {
  return inside
    .replace(COMMAND, signOf)
    .replace(SCRIPT, (_, kind: string, braced?: string, single?: string) =>
      shifted(kind === '^' ? RAISED : LOWERED, kind, braced ?? single ?? ''),
    );
}

/** Characters that can be raised or lowered are; of others it is said by the sign. */
function shifted(signs: ReadonlyMap<string, string>, kind: string, text: string): string {
  const bare = text.replace(/[{}\s]/g, '');
  if (bare === '°' || bare === '∘') return '°';
  const found = [...bare].map((character) => signs.get(character));
  return found.every((sign) => sign !== undefined) ? found.join('') : `${kind}${bare}`;
}

function signOf(whole: string, name: string): string {
  const sign = SIGNS[name];
  // An unknown command is a name of the authors' or a function: `\log n`.
  return sign === undefined ? whole.slice(1) : sign + (/\s$/.test(whole) && sign !== '' ? ' ' : '');
}

function accented(whole: string, sign?: string, letter?: string, braced?: string, bare?: string): string {
  const mark = ACCENTS[sign ?? letter ?? ''];
  const carrier = (braced ?? bare ?? '').replace('\\', '');
  return mark === undefined ? whole : `${carrier}${mark}`.normalize('NFC');
}
