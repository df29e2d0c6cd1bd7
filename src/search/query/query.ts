/** Parses a query into words, phrases and exclusions, and builds FTS5 expressions that are always valid. */

import { UserError } from '../../base/errors.ts';
import { isGeneratedId, parsePaperReference } from '../../text/ids.ts';
import { decodeLetters } from '../../text/tex-letters.ts';
import { STOP_WORDS } from '../text/stop-words.ts';
import { quote, readUnits, type Unit } from '../text/units.ts';
import { foldWord, splitWords, stemOf } from '../text/words.ts';

export interface QueryWord {
  /** As typed: FTS5 folds and stems it itself. */
  readonly text: string;
  readonly stem: string;
  /** Number of occurrences in the query. */
  readonly times: number;
}

/** Words with hyphens: others write them as one (“pre-training”), or a part means little (“in-context”). */
export interface Compound extends QueryWord {
  /** Stems of its words. */
  readonly parts: readonly string[];
}

export interface TextQuery {
  /** Each stem once, without stop words unless there is nothing else. */
  readonly words: readonly QueryWord[];
  /** None in prose, which has words enough: there they find nothing better (docs/decisions/search.md). */
  readonly compounds: readonly Compound[];
  /** Quoted by their author: every paper must hold each of them word by word. */
  readonly phrases: ReadonlyArray<readonly string[]>;
  /** `-word`: FTS5 expressions of what no paper may hold. */
  readonly excluded: readonly string[];
  /** What was typed, without stop words, as FTS5 expressions: a strict answer holds all of them. */
  readonly units: ReadonlyArray<Pick<Unit, 'match' | 'isPlain'>>;
}

/** Longer texts are pasted by mistake or in bad faith; a long abstract has 2,500 characters. */
const MAX_TEXT = 4_000;
/** The words that are read; a long abstract has 200. Their rarity decides how many are looked for. */
const MAX_WORDS = 250;
/** A query of more words is a text, such as an abstract, and wants papers like it. */
export const LONG_QUERY = 24;
/** A longer text is prose, in which quotes and dashes mean what they mean in prose. */
const MAX_BESIDE_OPERATORS = 8;
const MAX_PHRASES = 4;
const MAX_PHRASE_WORDS = 16;
const MAX_EXCLUDED = 8;
const MAX_COMPOUNDS = 8;

const PHRASE = /(?<![\p{L}\p{N}])["“”„«]([^"“”„«»]+)["“”»]/gu;
const EXCLUSION = /(?<!\S)-(?=[\p{L}\p{N}])(\S+)/gu;

export function readQuery(text: string): TextQuery {
  // First of all, as an accent in LaTeX would be taken for a quote: `K\"ahler`.
  const typed = decodeLetters(text.slice(0, MAX_TEXT));
  const rest = typed.replace(PHRASE, ' ');
  if (readUnits(rest).length > MAX_BESIDE_OPERATORS) {
    return { ...queryOf(readUnits(typed)), compounds: [] };
  }
  const phrases = [...typed.matchAll(PHRASE)]
    .map(([, inside = '']) => splitWords(inside).slice(0, MAX_PHRASE_WORDS))
    .filter((phrase) => phrase.length > 0)
    .slice(0, MAX_PHRASES);
  const excluded = [...rest.matchAll(EXCLUSION)].flatMap(([, word = '']) => readUnits(word));
  const wanted = readUnits(rest.replace(EXCLUSION, ' '));
  if (wanted.length === 0 && phrases.length === 0) return { ...queryOf(excluded), compounds: [] };
  return { ...queryOf(wanted), phrases, excluded: excluded.slice(0, MAX_EXCLUDED).map(({ exact }) => exact) };
}

function queryOf(units: readonly Unit[]): TextQuery {
  const distinctive = units.filter(({ words }) => words.some((word) => !STOP_WORDS.has(foldWord(word))));
  return {
    words: countWords(units.flatMap(({ words }) => words)),
    compounds: compoundsOf(units),
    phrases: [],
    excluded: [],
    units: distinctive.length > 0 ? distinctive : units,
  };
}

function compoundsOf(units: readonly Unit[]): Compound[] {
  const compounds = units.flatMap(({ joined }): Compound[] => {
    if (!joined) return [];
    const { text, parts } = joined;
    return [{ text, stem: stemIn(text), times: 1, parts: parts.map(stemIn) }];
  });
  return [...new Map(compounds.map((compound) => [compound.stem, compound])).values()].slice(
    0,
    MAX_COMPOUNDS,
  );
}

/** Every word that a paper can be scored by, those within phrases included. */
export function scoredWords({ words, phrases }: TextQuery): readonly QueryWord[] {
  return phrases.length === 0
    ? words
    : countWords([...words.flatMap(({ text, times }) => Array<string>(times).fill(text)), ...phrases.flat()]);
}

/**
 * An FTS5 expression that matches papers with any of the words:
 * https://www.sqlite.org/fts5.html#full_text_query_syntax
 * @param words at least one, unless the query has phrases
 */
export function toMatch(query: TextQuery, words: readonly QueryWord[]): string {
  return matching(query, words.map(({ text }) => quote(text)).join(' OR '));
}

/** Of what holds all that was typed. */
export function toStrictMatch(query: TextQuery): string {
  return matching(query, query.units.map(({ match }) => match).join(' AND '));
}

function matching({ phrases, excluded }: TextQuery, words: string): string {
  const wanted = [
    ...phrases.map((phrase) => quote(phrase.join(' '))),
    ...(words === '' ? [] : [`(${words})`]),
  ].join(' AND ');
  return excluded.length === 0 ? wanted : `(${wanted}) NOT (${excluded.join(' OR ')})`;
}

function countWords(texts: readonly string[]): QueryWord[] {
  const content = texts.filter((text) => !STOP_WORDS.has(foldWord(text)));
  const byStem = new Map<string, QueryWord>();
  for (const text of content.length > 0 ? content : texts) {
    const stem = stemIn(text);
    const known = byStem.get(stem);
    if (known) byStem.set(stem, { ...known, times: known.times + 1 });
    else if (byStem.size < MAX_WORDS) byStem.set(stem, { text, stem, times: 1 });
  }
  return [...byStem.values()];
}

/** No link to a paper is longer, including its query and fragment. */
const MAX_LENGTH = 300;

/**
 * Reads a reference to one paper.
 * @returns its id, or `undefined` for any other text, which is then searched for as words
 */
export function readReference(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return undefined;
  if (isGeneratedId(trimmed)) return trimmed;
  try {
    return parsePaperReference(trimmed)?.id;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function stemIn(word: string): string {
  return stemOf(foldWord(word));
}
