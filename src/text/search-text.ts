/**
 * A text as the index and its questions read it: what a source wrote in LaTeX, in HTML or in letters of its own is what people
 * type. “CO$_2$” and “CO₂” are “CO2”, “Łódź” is “Lódź”, `$\alpha$` and “α” are “alpha”. Accents stay: FTS5 takes them off itself.
 */
import { GREEK, LOWERED, RAISED } from './latex-signs.ts';
import { readable } from './readable.ts';

/** Letters that Unicode does not take for one with an accent, though people do, and ligatures. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ...letterPairs('łŁøØđĐħĦŧŦıȷŋŊƀɓɗɖǥɠɨƙƚʉƶðÐℓℏ', 'lLoOdDhHtTijnNbbddggiklruzdDlh'),
  ['ß', 'ss'],
  ['ẞ', 'SS'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['þ', 'th'],
  ['Þ', 'TH'],
  ...letterPairs([...RAISED.values()].join(''), [...RAISED.keys()].join('')),
  ...letterPairs([...LOWERED.values()].join(''), [...LOWERED.keys()].join('')),
  ...Object.entries(GREEK)
    .toReversed()
    .map(([name, letter]): [string, string] => [letter, name]),
]);

const LETTER = /[łŁøØđĐħĦŧŦıȷŋŊƀɓɗɖǥɠɨƙƚʉƶðÐℓℏßẞæÆœŒþÞ]/g;
const RAISED_RUN = runOf(RAISED);
const LOWERED_RUN = runOf(LOWERED);
/** One or two Greek letters are signs of a formula, more are a word. */
const GREEK_SIGNS = /(?<![\u0370-\u03ff])[α-ωΑ-Ω]{1,2}(?![\u0370-\u03ff])/g;
/** Full-width letters, ligatures of print, and letters of formulas: the same letters in another shape. */
const SHAPED = /[\uff01-\uff5e\ufb00-\ufb06ℂℍℕℙℚℝℤℱℋℐℒℳℛℬℰℜℑ\u{1d400}-\u{1d7ff}]+/gu;
/** As people type it who cannot raise or lower a sign: `CO_2`, `R^2`. Not `layer_2` and `n^2`, which are two words. */
const TYPED_SCRIPT = /(?<=\p{Lu})[_^](?=\d)/gu;

/** A number, a variable, a whole word: a raised or lowered number behind it is no part of it. */
const APART = /\p{N}$|(?:^|[^\p{L}])\p{Ll}$|\p{Ll}{4}$/u;
const ASCII = /^[ -~]*$/;

export function searchText(text: string): string {
  const seen = readable(text);
  const typed = seen.includes('^') || seen.includes('_') ? seen.replace(TYPED_SCRIPT, '') : seen;
  if (ASCII.test(typed)) return typed;
  return typed
    .replace(SHAPED, (shaped) => shaped.normalize('NFKC'))
    .replace(LETTER, (letter) => PLAIN.get(letter) ?? letter)
    .replace(RAISED_RUN, onTheLine)
    .replace(LOWERED_RUN, onTheLine)
    .replace(GREEK_SIGNS, (signs) => [...signs].map((sign) => PLAIN.get(sign) ?? sign).join(' '));
}

/** “R²” is one word. “n²”, “10²” and “Rᵈ” are two each, and the mark of a footnote is no part of its word. */
function onTheLine(run: string, ...rest: Array<string | number>): string {
  const [at, whole] = rest.slice(-2) as [number, string];
  const before = whole.slice(Math.max(0, at - 4), at);
  const isApart = APART.test(before) || !/^\p{No}/u.test(run);
  return (isApart ? ' ' : '') + [...run].map((sign) => PLAIN.get(sign) ?? sign).join('');
}

function runOf(signs: ReadonlyMap<string, string>): RegExp {
  const members = [...signs.values()].join('');
  return new RegExp(`[${members}]+`, 'gu');
}

function letterPairs(letters: string, plain: string): Array<[string, string]> {
  const written = [...plain];
  return [...letters].map((letter, at) => [letter, written[at] ?? letter]);
}
