/** Tells corrected spelling, punctuation and grammar from other words. */
import { distance } from 'fastest-levenshtein';

/** Words that carry grammar only. “Not”, “no” and “or” carry meaning. */
const GRAMMAR = new Set(
  `a an the is are was were be been being has have had do does did will would can could may might shall should
  this that these those which who its their our of in on at to for from by with as and also then than
  it they we into onto upon within`.split(/\s+/),
);
/** Shorter words differ too much in one letter: “now” and “not”. */
const FUZZY_FROM = 4;
/** Longer words may differ in two letters. */
const TWO_EDITS_FROM = 7;
const DIGIT = /\p{N}/u;
const NOT_LETTERS = /[^\p{L}\p{N}]/gu;
/** Signs with a meaning. */
const MEANING = /[<>=≤≥≪≫±×÷+%°∞≈~∼^√∂∇∑∏∫⊂⊆∈∪∩→←↔]/gu;
/** Words that a letter or two turn into their opposite or into another quantity. */
const DISTINCT = /^(?:more|most|less|least|low|lower|higher|upper|under|over|million|billion|inter|intra).*/u;
const PREFIX =
  /^(?:un|in|im|ir|il|non|dis|anti|pre|post|sub|super|hyper|hypo|over|under|multi|mono|bi|tri|a)$/u;

/**
 * True if the replaced words say the same: other punctuation, case, hyphens, inflection, typing errors or
 * articles. Never true for numbers.
 */
export function isSameButSpelling(from: readonly string[], to: readonly string[]): boolean {
  const [before, after] = [bare(from.join('')), bare(to.join(''))];
  if (signs(from) !== signs(to)) return false;
  if (before === after) return true;
  const [left, right] = [contentOf(from), contentOf(to)];
  if (left.length !== right.length) return isOneTypingError(before, after);
  return left.every((word, at) => isRespelled(word, right[at] ?? ''));
}

/** False for nothing, and for words that only serve the grammar. */
export function saysSomething(words: readonly string[]): boolean {
  return contentOf(words).length > 0;
}

/** Letters and digits in lower case. */
function bare(text: string): string {
  return text.normalize('NFKD').replace(NOT_LETTERS, '').toLowerCase();
}

function signs(words: readonly string[]): string {
  return (words.join('').match(MEANING) ?? []).join('');
}

function contentOf(words: readonly string[]): string[] {
  return words.map(bare).filter((word) => word !== '' && !GRAMMAR.has(word));
}

function isRespelled(one: string, other: string): boolean {
  if (one === other) return true;
  if (DIGIT.test(one) || DIGIT.test(other)) return false;
  if (DISTINCT.test(one) || DISTINCT.test(other)) return false;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (long.endsWith(short) && PREFIX.test(long.slice(0, long.length - short.length))) return false;
  if (isInflected(short, long)) return true;
  return isOneTypingError(one, other);
}

/** “Method” and “methods”, “use” and “using”, “show” and “showed”. */
function isInflected(one: string, other: string): boolean {
  const [stem, same] = [stemOf(one), stemOf(other)];
  return stem.length >= 2 && stem === same;
}

function stemOf(word: string): string {
  const stem = word.replace(/(?:ies|ied|ying)$/u, 'y').replace(/(?:ing|ed|es|s|e|ly)$/u, '');
  return stem.replace(/(\p{L})\1$/u, '$1');
}

function isOneTypingError(one: string, other: string): boolean {
  const length = Math.max(one.length, other.length);
  if (length < FUZZY_FROM || DIGIT.test(one) || DIGIT.test(other) || one[0] !== other[0]) return false;
  if (isSwapped(one, other)) return true;
  return distance(one, other) <= (length >= TWO_EDITS_FROM ? 2 : 1);
}

/** “Form” and “from”. */
function isSwapped(one: string, other: string): boolean {
  return one.length === other.length && [...one].toSorted().join('') === [...other].toSorted().join('');
}
