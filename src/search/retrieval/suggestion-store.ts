/** Autocompletion of titles, ids and names. Called for every key press, so each query stops early. */

import type { DatabaseConnection } from '../../db/connection.ts';
import { isUnspaced } from '../../text/index-text.ts';
import { readable } from '../../text/readable.ts';
import { isNamed } from '../query/author.ts';
import type { PaperSuggestion } from '../search.ts';
import type { IndexedField } from '../text/beginnings.ts';
import { beginningOf, foldedWords, readWords, stemOf } from '../text/words.ts';
import type { WordSearch } from './word-search-port.ts';

/** Only this many of the newest matches are sorted. */
const MAX_LOOKED_AT = 500;
const MAX_TYPED = 200;
/** Papers to look at if nothing but a short prefix was typed. */
const LATEST = 2_000;

/** Letters of whole words that are looked up, and of a beginning. */
const SHORTEST: Readonly<Record<IndexedField, number>> = { title: 3, authors: 2 };
const SHORTEST_BEGINNING = 3;

export interface SuggestionStore {
  papers(typed: string, limit: number): PaperSuggestion[];
  authors(typed: string, limit: number): string[];
}

interface Row extends PaperSuggestion {
  readonly authors: string;
}

export function openSuggestionStore(
  connection: DatabaseConnection,
  { inField }: Pick<WordSearch, 'inField'>,
): SuggestionStore {
  const byId = connection.prepare<[string, string, number], PaperSuggestion>(
    'SELECT id, title FROM papers WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?',
  );
  const newest = connection.prepare<[number], PaperSuggestion>(
    'SELECT id, title FROM papers ORDER BY published DESC, pk DESC LIMIT ?',
  );
  const order = 'ORDER BY p.votes DESC, p.published DESC, p.pk DESC';
  const byKeys = connection.prepare<[string], Row>(
    `SELECT p.id, p.title, p.authors FROM papers p
     WHERE p.pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) ${order}`,
  );
  const latest = connection.prepare<[number], Row>(
    `SELECT p.id, p.title, p.authors FROM papers p
     WHERE p.pk IN (SELECT pk FROM papers ORDER BY pk DESC LIMIT ?) ${order}`,
  );

  /**
   * The newest papers that seem to have all words but the last in full, and the last as a beginning. Very
   * many words begin with one or two letters, so these are not looked up.
   */
  function lookUp(field: IndexedField, typed: readonly string[]): Row[] {
    const last = typed.at(-1) ?? '';
    const others = typed.slice(0, -1).filter((word) => !isShort(word, SHORTEST[field]));
    const isLastShort = isShort(last, SHORTEST_BEGINNING);
    if (isLastShort && others.length === 0) return latest.all(LATEST);
    const keys = isLastShort ? inField(field, others) : inField(field, others, last);
    const newestFirst = Float64Array.from(keys).sort().reverse();
    return byKeys.all(JSON.stringify([...newestFirst.subarray(0, MAX_LOOKED_AT)]));
  }

  /** Titles that begin with what was typed are first. */
  function byTitle(typed: readonly string[]): Row[] {
    const compare = openTitleComparison(typed);
    const found = lookUp('title', typed).map((row) => ({ row, match: compare(row.title) }));
    return (['begins', 'has'] as const).flatMap((wanted) =>
      found.filter(({ match }) => match === wanted).map(({ row }) => row),
    );
  }

  return {
    papers(typed, limit) {
      const text = typed.trim().slice(0, MAX_TYPED);
      if (text === '') return newest.all(limit).map(shown);
      const named = /^[\w-]+(?:[./]\d*)?$/.test(text) ? byId.all(text, `${text}~`, limit) : [];
      const words = foldedWords(text);
      const found = words.length > 0 ? [...named, ...byTitle(words)] : named;
      const byPaper = new Map(found.map((paper) => [paper.id, paper]));
      return [...byPaper.values()].slice(0, limit).map(shown);
    },

    authors(typed, limit) {
      const wanted = foldedWords(typed.slice(0, MAX_TYPED));
      if (wanted.length === 0) return [];
      const papers = new Map<string, number>();
      for (const { authors } of lookUp('authors', wanted)) {
        for (const author of JSON.parse(authors) as string[]) {
          if (isMeant(author, wanted)) papers.set(author, (papers.get(author) ?? 0) + 1);
        }
      }
      return [...papers]
        .sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB))
        .slice(0, limit)
        .map(([author]) => author);
    },
  };
}

function shown({ id, title }: PaperSuggestion): PaperSuggestion {
  return { id, title: readable(title) };
}

/** Compares all words but the last in full, and the last as a prefix. */
function isMeant(author: string, typed: readonly string[]): boolean {
  const name = foldedWords(author);
  return isNamed(author, typed.slice(0, -1)) && name.some((part) => part.startsWith(typed.at(-1) ?? ''));
}

/** The same for titles, in which a word can be another form of a typed one. */
function openTitleComparison(typed: readonly string[]): (title: string) => 'begins' | 'has' | undefined {
  const beginning = typed.join(' ');
  const last = typed.at(-1) ?? '';
  const stems = typed.map(stemOf);
  const [lastStem = ''] = stems.slice(-1);
  return (title) => {
    const { words, further } = readWords(title);
    if (words.join(' ').startsWith(beginning)) return 'begins';
    const all = [...words, ...further];
    const isLastIn = all.some((word) => word.startsWith(last)) || hasStem(all, lastStem);
    return isLastIn && stems.slice(0, -1).every((stem) => hasStem(all, stem)) ? 'has' : undefined;
  };
}

/** Finds stems only of words that begin alike. */
function hasStem(words: readonly string[], stem: string): boolean {
  const begun = beginningOf(stem);
  return words.some((word) => word.startsWith(begun) && stemOf(word) === stem);
}

/** Chinese, Japanese and Korean words are pairs of signs. */
function isShort(word: string, shortest: number): boolean {
  return word.length < shortest && !isUnspaced(word);
}
