/** Letters and signs that are written in LaTeX (`K\"ahler`, `Erd\H{o}s`, `{\AA}`, `5\%`) as the letters and signs that they are. */
import { findFormulas } from './formulas.ts';
import { ACCENTS, LETTERS } from './latex-signs.ts';

/** `\"o`, `\"{o}`, `\'\i`, `\v{c}`, `\v c`: an accent that a letter names asks for a brace or a blank behind its name. */
const ACCENT =
  /\\(?:(["'`^~=.])|([uvHckrdb])(?: (?=[\p{L}\\])|(?=\{)))(?:\{ ?(?:\\([ij])|(\p{L}\p{M}*)) ?\}|\\([ij])(?![A-Za-z]) ?|(\p{L}\p{M}*))/gu;
const NAMES = [...LETTERS.keys()].join('|');
/** LaTeX takes blanks behind a name for its end: `S\o rensen` is one word. */
const LETTER = new RegExp(String.raw`\\(${NAMES})(?![A-Za-z])(?:\{\}| )?`, 'g');
/** `{\"o}` was one letter to BibTeX; what stands behind a command is its argument. */
const ALONE = /(?<!\\[A-Za-z]{1,20})\{((?![A-Za-z])\p{L}\p{M}*) ?\}/gu;
/** Quotes and apostrophes that were escaped on their way: `\"best\"`, `object\'s`. */
const CLOSING_QUOTE = /(?<=[\p{L}\p{N}.,!?])\\"(?![\p{L}{\\])/u;
const APOSTROPHE = /(?<=\p{L})\\'(?=s(?!\p{L}))|\\'(?![\p{L}{\\])/gu;
const ESCAPED = /\\([%&#_])/g;
const HAS_LETTERS = new RegExp(String.raw`\\(?:["'\x60^~=.%&#_]|[uvHckrdb][ {]|(?:${NAMES})(?![A-Za-z]))`);

/** Marks stand upon letters that have marks: `\'{\^e}`. */
const LAYERS = 3;

/** Formulas stay as they are: in them the same commands mean something else. */
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
