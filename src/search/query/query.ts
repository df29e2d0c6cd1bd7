/** Parses a query into words, phrases and exclusions. */

import { UserError } from '../../base/errors.ts';
import { isGeneratedId, parsePaperReference } from '../../text/ids.ts';
import { decodeLetters } from '../../text/tex-letters.ts';
import { STOP_WORDS } from '../text/stop-words.ts';
import { readUnits, type Unit, type Ways } from '../text/units.ts';
import { foldWord, readWords, splitWords, stemOf } from '../text/words.ts';

export interface QueryWord {
  /** As typed: FTS5 folds and stems it itself. */
  readonly text: string;
  readonly stem: string;
  /** Count in the query. */
  readonly times: number;
}

/**
 * A hyphenated word that others write as one, “pre-training”, or that has a meaningless part, “in-context”.
 */
export interface Compound extends QueryWord {
  /** Stems of its parts. */
  readonly parts: readonly string[];
}

export interface TextQuery {
  /** Each stem once, without stop words, unless there are only stop words. */
  readonly words: readonly QueryWord[];
  /** Empty for prose, in which they do not help (docs/decisions/search.md). */
  readonly compounds: readonly Compound[];
  /** Quoted phrases; every paper must contain each of them. */
  readonly phrases: ReadonlyArray<readonly string[]>;
  /** Of each `-word`; no paper may have one of the ways. */
  readonly excluded: readonly Ways[];
  /** The typed words without stop words. A strict match needs all of them. */
  readonly units: ReadonlyArray<Pick<Unit, 'words' | 'ways' | 'exactWays' | 'isPlain'>>;
}

/** Characters. A long abstract has 2,500; longer texts are mistakes or attacks. */
const MAX_TEXT = 4_000;
/** Words to read; a long abstract has 200. Their rarity decides how many are searched. */
export const MAX_WORDS = 250;
/** A query with more words is a text, such as an abstract, that asks for similar papers. */
export const LONG_QUERY = 24;
/** A longer text is prose, in which quotes and dashes are not operators. */
export const MAX_BESIDE_OPERATORS = 8;
export const MAX_PHRASES = 4;
const MAX_PHRASE_WORDS = 16;
const MAX_EXCLUDED = 8;
const MAX_COMPOUNDS = 8;

const PHRASE = /(?<![\p{L}\p{N}])["“”„«]([^"“”„«»]+)["“”»]/gu;
const EXCLUSION = /(?<!\S)-(?=[\p{L}\p{N}])(\S+)/gu;

export function readQuery(text: string): TextQuery {
  // Decoded first, because a LaTeX accent looks like a quote: `K\"ahler`.
  const typed = decodeLetters(text.slice(0, MAX_TEXT));
  const rest = typed.replace(PHRASE, ' ');
  if (wordsBesidePhrases(typed) > MAX_BESIDE_OPERATORS) {
    return proseOf(typed);
  }
  const phrases = [...typed.matchAll(PHRASE)]
    .map(([, inside = '']) => splitWords(inside).slice(0, MAX_PHRASE_WORDS))
    .filter((phrase) => phrase.length > 0)
    .slice(0, MAX_PHRASES);
  const excluded = [...rest.matchAll(EXCLUSION)].flatMap(([, word = '']) => readUnits(word));
  const wanted = readUnits(rest.replace(EXCLUSION, ' '));
  if (wanted.length === 0 && phrases.length === 0) return { ...queryOf(excluded), compounds: [] };
  const kept = excluded.slice(0, MAX_EXCLUDED);
  return { ...queryOf(wanted), phrases, excluded: kept.map(({ exactWays }) => exactWays) };
}

/** Reads a text in which nothing is an operator, such as a title and an abstract. */
export function readProse(text: string): TextQuery {
  return proseOf(decodeLetters(text.slice(0, MAX_TEXT)));
}

/** Counts the words outside of quoted phrases. */
export function wordsBesidePhrases(text: string): number {
  return readUnits(text.replace(PHRASE, ' ')).length;
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

/** In a whole text, joined forms count like other words, as they do in papers. */
function proseOf(text: string): TextQuery {
  const query: TextQuery = { ...queryOf(readUnits(text)), compounds: [] };
  if (query.words.length <= LONG_QUERY) return query;
  const { words, further } = readWords(text);
  return { ...query, words: countWords([...words, ...further]) };
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

/** Returns all words that count in the score, including those in phrases. */
export function scoredWords({ words, phrases }: TextQuery): readonly QueryWord[] {
  return phrases.length === 0
    ? words
    : countWords([...words.flatMap(({ text, times }) => Array<string>(times).fill(text)), ...phrases.flat()]);
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

/** Characters. Links to papers are shorter, including query and fragment. */
const MAX_LENGTH = 300;

/**
 * Returns the id of a query that is just a reference to one paper. Invalid ids are searched as text, without
 * an error.
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
