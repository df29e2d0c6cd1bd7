/** Decodes letters and symbols in LaTeX notation (`K\"ahler`, `Erd\H{o}s`, `{\AA}`, `5\%`). */
import { findFormulas } from './formulas.ts';
import { ACCENTS, LETTERS } from './latex-signs.ts';

/**
 * `\"o`, `\"{o}`, `\'\i`, `\v{c}`, `\v c`: an accent command that is a letter needs a brace or a space after
 * it.
 */
const ACCENT =
  /\\(?:(["'`^~=.])|([uvHckrdb])(?: (?=[\p{L}\\])|(?=\{)))(?:\{ ?(?:\\([ij])|(\p{L}\p{M}*)) ?\}|\\([ij])(?![A-Za-z]) ?|(\p{L}\p{M}*))/gu;
const NAMES = [...LETTERS.keys()].join('|');
/** In LaTeX, a space ends a command name: `S\o rensen` is one word. */
const LETTER = new RegExp(String.raw`\\(${NAMES})(?![A-Za-z])(?:\{\}| )?`, 'g');
/** BibTeX wraps a letter in braces, `{\"o}`. Braces after a command are its argument. */
const ALONE = /(?<!\\[A-Za-z]{1,20})\{((?![A-Za-z])\p{L}\p{M}*) ?\}/gu;
/** Escaped quotes and apostrophes: `\"best\"`, `object\'s`. */
const CLOSING_QUOTE = /(?<=[\p{L}\p{N}.,!?])\\"(?![\p{L}{\\])/u;
const APOSTROPHE = /(?<=\p{L})\\'(?=s(?!\p{L}))|\\'(?![\p{L}{\\])/gu;
const ESCAPED = /\\([%&#_])/g;
const HAS_LETTERS = new RegExp(String.raw`\\(?:["'\x60^~=.%&#_]|[uvHckrdb][ {]|(?:${NAMES})(?![A-Za-z]))`);

/** Levels of nested accents: `\'{\^e}`. */
const LAYERS = 3;

/** Skips formulas, where the same commands have other meanings. */
export function decodeLetters(text: string): string {
  if (!HAS_LETTERS.test(text)) return text;
  let decoded = '';
  let from = 0;
  for (const formula of findFormulas(text)) {
    decoded += decodeWords(text.slice(from, formula.from)) + text.slice(formula.from, formula.to);
    from = formula.to;
  }
  return decoded + decodeWords(text.slice(from));
}

function decodeWords(text: string): string {
  let words = text.replace(APOSTROPHE, "'");
  if (CLOSING_QUOTE.test(words)) words = words.replaceAll('\\"', '"');
  for (let layer = 0; layer < LAYERS && words.includes('\\'); layer++) {
    words = words.replace(ACCENT, accented).replace(ALONE, '$1');
  }
  return words
    .replace(LETTER, (_, name: string) => LETTERS.get(name) ?? name)
    .replace(ALONE, '$1')
    .replace(ESCAPED, '$1');
}

function accented(_: string, sign = '', letter = '', ...carriers: Array<string | undefined>): string {
  const carrier = carriers.slice(0, 4).find((each) => each !== undefined) ?? '';
  return `${carrier}${ACCENTS[sign || letter] ?? ''}`.normalize('NFC');
}
