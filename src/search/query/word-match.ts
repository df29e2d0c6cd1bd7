/** The words that a paper must have: as data for the word index, and as an expression for FTS5. */
import { fold } from '../../text/index-text.ts';
import type { IndexedField } from '../text/beginnings.ts';
import type { Ways } from '../text/units.ts';
import type { QueryWord, TextQuery } from './query.ts';

export interface WordMatch {
  /** A paper has at least one of these words, if there are any. */
  readonly any: readonly string[];
  /** … and of each of these one of the ways … */
  readonly all: readonly Ways[];
  /** … and none of the ways of these. */
  readonly none: readonly Ways[];
  /** True if words in the names of authors do not count. */
  readonly isInText?: boolean;
}

/** @param words at least one, unless the query has phrases */
export function anyOf(query: TextQuery, words: readonly QueryWord[]): WordMatch {
  return { any: words.map(({ text }) => text), all: query.phrases.map(phraseOf), none: query.excluded };
}

/** Everything that was typed. */
export function allOf({ units, phrases, excluded }: TextQuery): WordMatch {
  const all = [...phrases.map(phraseOf), ...units.map(({ ways }) => ways)];
  return { any: [], all, none: excluded };
}

/**
 * Everything that was typed, in the text of a paper, not in names. The parts of a hyphenated word must be
 * adjacent, as nobody ranks these papers.
 */
export function allInTextOf({ units, phrases, excluded }: TextQuery): WordMatch {
  const all = [...phrases.map(phraseOf), ...units.map(({ exactWays }) => exactWays)];
  return { any: [], all, none: excluded, isInText: true };
}

export function phraseOf(words: readonly string[]): Ways {
  return [[words.join(' ')]];
}

/** Quotes words of letters and digits, so that none is FTS5 syntax. */
export function quote(words: string): string {
  return `"${fold(words)}"`;
}

/**
 * @returns an expression that is always valid: https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export function toFtsExpression({ any, all, none, isInText = false }: WordMatch): string {
  const words = any.length === 0 ? [] : [`(${any.map(quote).join(' OR ')})`];
  const wanted = [...all.map(toAlternatives), ...words].join(' AND ');
  const expression =
    none.length === 0 ? wanted : `(${wanted}) NOT (${none.map(toAlternatives).join(' OR ')})`;
  return isInText ? `{title abstract} : (${expression})` : expression;
}

/** An expression for papers with one of the ways. */
export function toAlternatives(ways: Ways): string {
  const each = ways.map((phrases) =>
    phrases.length === 1 ? quote(phrases[0] ?? '') : `(${phrases.map(quote).join(' AND ')})`,
  );
  return each.length === 1 ? (each[0] ?? '') : `(${each.join(' OR ')})`;
}

/**
 * A stem can be shorter than the typed beginning: FTS5 has “diffus” while the user types “diffusio”. So the
 * beginning is also searched as a word with each of these endings.
 */
const ENDINGS = [
  '',
  'n',
  'on',
  'ion',
  'tion',
  'ation',
  'e',
  'ed',
  'g',
  'ng',
  'ing',
  's',
  'es',
  'l',
  'al',
  'y',
  'ly',
  'ty',
  'ity',
  've',
  'r',
  'er',
  't',
  'nt',
  'ment',
];

/** An expression for papers with all words in one field; a single letter is the beginning of a name. */
export function toFtsField(field: IndexedField, words: readonly string[], beginning?: string): string {
  const all = words.map((word) =>
    word.length === 1 && field === 'authors' ? `${quote(word)} *` : quote(word),
  );
  if (beginning !== undefined) {
    const ended = ENDINGS.map((ending) => quote(beginning + ending));
    all.push(`(${[`${quote(beginning)} *`, ...ended].join(' OR ')})`);
  }
  return `${field} : (${all.join(' AND ')})`;
}
