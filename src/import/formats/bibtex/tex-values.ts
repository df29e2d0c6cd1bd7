/** Converts values of BibTeX to text. Formulas stay in LaTeX, as in titles from arXiv. */
import { findFormulas } from '../../../text/formulas.ts';
import { readable } from '../../../text/readable.ts';

/** Placeholder for a formula while the words around it are converted. */
const FORMULA = '\uE003';
const SPACED = /\s+/g;
/**
 * Commands of bibliographies that `readable` does not know: sort keys that are not printed, quotes, glyphs.
 */
const OWN_COMMAND =
  /\\(?:noopsort|SortNoop|sortnoop|enquote|mkbibquote|ElsevierGlyph|ocirc|foreignlanguage)\b/;
const NOOPSORT = /\\(?:noopsort|SortNoop|sortnoop)\s?\{[^{}]{0,100}\}/g;
const QUOTED = /\\(?:enquote|mkbibquote)\*?\{([^{}]{0,500})\}/g;
/** Elsevier names a glyph by its code: `\ElsevierGlyph{2014}` is a dash. */
const GLYPH = /\\ElsevierGlyph\{([\da-fA-F]{4})\}/g;
/** Its first argument is the language. */
const FOREIGN = /\\foreignlanguage\s?\{[^{}]{0,50}\}/g;
const RING = /\\ocirc(?=\s?\{)/g;
/** TeX takes the space behind a command as its end. */
const SYMBOL =
  /(\\text(?:asciicircum|asciitilde|backslash|bar|less|greater|underscore|dollar|quotesingle)) +/g;

/** Braces around words, which only protect them. `readable` would show some of them, as in `{one, two}`. */
const PROTECTED = /(?<!\\[A-Za-z]{1,20}\*?|[\\}\]^_]|\\[^A-Za-z])\{(?=[\p{Ll}\d])/gu;

/** @param limit of UTF-16 units; TeX needs more of them than the text that it stands for */
export function textOfTex(value: string, limit: number): string {
  const text = value
    .slice(0, limit * 4)
    .replace(SPACED, ' ')
    .trim();
  if (!/[\\{}$~`]|''|--/.test(text)) return text;
  const marked = prepare(text.replaceAll(FORMULA, ''));
  const formulas: string[] = [];
  let words = '';
  let from = 0;
  for (const { from: start, to } of findFormulas(marked)) {
    words += marked.slice(from, start) + FORMULA;
    formulas.push(marked.slice(start, to));
    from = to;
  }
  words += marked.slice(from);
  const plain = readable(words.replace(/(?<![-!<])--(?![->])/g, '–'));
  let at = 0;
  return plain
    .replace(/[{}]/g, (brace) => (isPaired(plain) ? brace : ''))
    .replaceAll(FORMULA, () => formulas[at++] ?? '');
}

function isPaired(text: string): boolean {
  return text.split('{').length === text.split('}').length;
}

function prepare(text: string): string {
  const spaced = text.includes('\\text') ? text.replace(SYMBOL, '$1{}') : text;
  const grouped = spaced.includes('{') ? spaced.replace(PROTECTED, '{\\relax ') : spaced;
  if (!OWN_COMMAND.test(grouped)) return grouped;
  return grouped
    .replace(NOOPSORT, '')
    .replace(FOREIGN, '')
    .replace(QUOTED, '“$1”')
    .replace(GLYPH, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(RING, '\\r');
}

/** A URL, DOI or id: what TeX escapes is literal. */
export function plainAddress(value: string): string {
  return value
    .slice(0, 4_000)
    .replace(/\\(?:url|nolinkurl|path|doi|href)\s?\{/g, '{')
    .replace(/\\(?:textasciitilde|~)(?:\{\})?|\$\\sim\$/g, '~')
    .replace(/\\textunderscore(?:\{\})?/g, '_')
    .replace(/\\([%_&#$~{}])/g, '$1')
    .replace(/[{}\s]+/g, ' ')
    .trim();
}
