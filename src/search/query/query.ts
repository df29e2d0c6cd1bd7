/** What somebody typed, as words, phrases and exclusions, and as an FTS5 expression that is never a syntax error. */

import { UserError } from '../../base/errors.ts';
import { isGeneratedId, parsePaperReference } from '../../text/ids.ts';
import { decodeLetters } from '../../text/tex-letters.ts';
import { STOP_WORDS } from '../text/stop-words.ts';
import { compoundsIn, foldWord, splitWords, stemOf } from '../text/words.ts';

export interface QueryWord {
  /** As typed: FTS5 folds and stems it itself. */
  readonly text: string;
  readonly stem: string;
  /** How often the query says it. */
  readonly times: number;
}

/** Two words with a hyphen between them, which others write as one: “pre-training”, or “in-context”, whose first word alone says nothing. */
export interface Compound extends QueryWord {
  /** Stems of its two words. */
  readonly parts: readonly [string, string];
}

export interface TextQuery {
  /** Each stem once, without stop words unless there is nothing else. */
  readonly words: readonly QueryWord[];
  /** None in prose, which has words enough: there they find nothing better (docs/decisions/search.md). */
  readonly compounds: readonly Compound[];
  /** Quoted by their author: every paper must hold each of them word by word. */
  readonly phrases: ReadonlyArray<readonly string[]>;
  /** `-word`: no paper may hold one of them. */
  readonly excluded: readonly string[];
}

/** Longer texts are pasted by mistake or in bad faith; a long abstract has 2,500 characters. */
const MAX_TEXT = 4_000;
/** The words that are read. How many of them are looked for is decided by how rare they are. */
const MAX_WORDS = 40;
/** A longer text is prose, in which quotes and dashes mean what they mean in prose. */
const MAX_BESIDE_OPERATORS = 8;
const MAX_PHRASES = 4;
const MAX_PHRASE_WORDS = 16;
const MAX_EXCLUDED = 8;
const MAX_COMPOUNDS = 8;
/** Nothing that a paper is found by is longer. */
const MAX_WORD_LENGTH = 64;

const PHRASE = /(?<![\p{L}\p{N}])["“”„«]([^"“”„«»]+)["“”»]/gu;
const EXCLUSION = /(?<!\S)-(?=[\p{L}\p{N}])(\S+)/gu;

export function readQuery(text: string): TextQuery {
  // First of all, as an accent in LaTeX would be taken for a quote: `K\"ahler`.
  const typed = decodeLetters(text.slice(0, MAX_TEXT));
  const rest = typed.replace(PHRASE, ' ');
  if (searchable(rest).length > MAX_BESIDE_OPERATORS) {
    return {
      words: countWords(searchable(typed)),
      compounds: [],
      phrases: [],
      excluded: [],
    };
  }
  const phrases = [...typed.matchAll(PHRASE)]
    .map(([, inside = '']) => searchable(inside).slice(0, MAX_PHRASE_WORDS))
    .filter((phrase) => phrase.length > 0)
    .slice(0, MAX_PHRASES);
  const excluded = [...rest.matchAll(EXCLUSION)].flatMap(([, word = '']) => searchable(word));
  const wanted = rest.replace(EXCLUSION, ' ');
  const words = countWords(searchable(wanted));
  if (words.length === 0 && phrases.length === 0) {
    return { words: countWords(excluded), compounds: [], phrases: [], excluded: [] };
  }
  return { words, compounds: readCompounds(wanted), phrases, excluded: excluded.slice(0, MAX_EXCLUDED) };
}

function readCompounds(text: string): Compound[] {
  const compounds = compoundsIn(text).map(([left, right]): Compound => {
    const joined = left + right;
    return { text: joined, stem: stemOf(joined), times: 1, parts: [stemOf(left), stemOf(right)] };
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
 * An FTS5 expression (https://www.sqlite.org/fts5.html#full_text_query_syntax). Every word stands in
 * double quotes and holds letters and digits only, so that none is read as syntax.
 * @param words at least one, unless the query has phrases
 */
export function toMatch(
  { phrases, excluded }: TextQuery,
  words: readonly QueryWord[],
  operator: 'AND' | 'OR',
): string {
  const anyOrAll = words.map(({ text }) => quote(text)).join(` ${operator} `);
  const wanted = [
    ...phrases.map((phrase) => quote(phrase.join(' '))),
    ...(words.length > 0 ? [`(${anyOrAll})`] : []),
  ].join(' AND ');
  return excluded.length === 0 ? wanted : `(${wanted}) NOT (${excluded.map(quote).join(' OR ')})`;
}

export function quote(words: string): string {
  return `"${words}"`;
}

function searchable(text: string): string[] {
  return splitWords(text).filter((word) => word.length <= MAX_WORD_LENGTH);
}

function countWords(texts: readonly string[]): QueryWord[] {
  const content = texts.filter((text) => !STOP_WORDS.has(foldWord(text)));
  const byStem = new Map<string, QueryWord>();
  for (const text of content.length > 0 ? content : texts) {
    const stem = stemOf(foldWord(text));
    const known = byStem.get(stem);
    if (known) byStem.set(stem, { ...known, times: known.times + 1 });
    else if (byStem.size < MAX_WORDS) byStem.set(stem, { text, stem, times: 1 });
  }
  return [...byStem.values()];
}

// The id that a text names, when it is nothing but a reference to one paper.

/** No link to a paper is longer, query and fragment included. */
const MAX_LENGTH = 300;

/** What looks like an id and cannot be one is searched for as it stands: commands tell people so, search never fails. */
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
