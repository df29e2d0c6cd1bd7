/**
 * Normalises text for the search index and for queries to what people type: “CO$_2$” and “CO₂” become “CO2”,
 * “Łódź” becomes “Lódź”, `$\alpha$` and “α” become “alpha”. Accents stay, because FTS5 removes them itself.
 */
import { GREEK, LOWERED, RAISED } from './latex-signs.ts';
import { readable } from './readable.ts';

/** Ligatures, and letters that Unicode does not decompose into a base letter and an accent. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  // A letter and what it becomes. ℓ is a capital: ℓ₁ is one word, as people type L1, and l₁ is two.
  ...'łl ŁL øo ØO đd ĐD ħh ĦH ŧt ŦT ıi ȷj ŋn ŊN ƀb ɓb ɗd ɖd ǥg ɠg ɨi ƙk ƚl ʉu ƶz ðd ÐD ℓL ℏh'
    .split(' ')
    .map(([letter = '', plain = '']): [string, string] => [letter, plain]),
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
/** One or two Greek letters are symbols; more are a word. */
const GREEK_SIGNS = /(?<![\u0370-\u03ff])[α-ωΑ-Ω]{1,2}(?![\u0370-\u03ff])/g;
/** Compatibility forms of letters: full-width, typographic ligatures, mathematical alphabets. */
const SHAPED = /[\uff01-\uff5e\ufb00-\ufb06ℂℍℕℙℚℝℤℱℋℐℒℳℛℬℰℜℑ\u{1d400}-\u{1d7ff}]+/gu;
/** Scripts typed in ASCII: `CO_2`, `R^2`. Not `layer_2` and `n^2`, which are two words. */
const TYPED_SCRIPT = /(?<=\p{Lu})[_^](?=\d)/gu;

/** Text before a script that stays separate from it: a number, a variable, a whole word. */
const APART = /\p{N}$|(?:^|[^\p{L}])\p{Ll}$|\p{Ll}{4}$/u;
/**
 * The micro sign, which is `u` where people cannot type it. Not before units with which it would be another
 * word: us, UK, UN, UV.
 */
const MICRO =
  /(?<=\d\s?)μ (?=[mglLAW](?!\p{L}))|(?<!\p{L})μ(?=(?:m|M|g|l|L|A|W|F|J|mol|Pa|Sv|eV|rad)(?!\p{L}))/gu;

const ASCII = /^[ -~]*$/;

export function searchText(text: string): string {
  const seen = readable(text);
  const typed = seen.includes('^') || seen.includes('_') ? seen.replace(TYPED_SCRIPT, '') : seen;
  if (ASCII.test(typed)) return typed;
  return typed
    .replace(SHAPED, (shaped) => shaped.normalize('NFKC'))
    .replaceAll('\u00b5', 'μ')
    .replace(MICRO, 'u')
    .replace(LETTER, (letter) => PLAIN.get(letter) ?? letter)
    .replace(RAISED_RUN, onTheLine)
    .replace(LOWERED_RUN, onTheLine)
    .replace(GREEK_SIGNS, (signs) => [...signs].map((sign) => PLAIN.get(sign) ?? sign).join(' '));
}

/** “R²” is one word; “n²”, “10²” and “Rᵈ” are two each. A footnote mark is separate from its word. */
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
