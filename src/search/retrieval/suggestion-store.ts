/** Autocompletion of titles, ids and names. Called for every key press, so each query stops early. */

import type { Connection } from '../../db/open.ts';
import { readable } from '../../text/readable.ts';
import { isNamed } from '../query/author.ts';
import { quote } from '../query/word-match.ts';
import type { PaperSuggestion } from '../search.ts';
import { foldedWords, splitWords } from '../text/words.ts';

/** Only this many of the newest matches are sorted. */
const MAX_LOOKED_AT = 500;
const MAX_TYPED = 200;
/** Papers to look at if nothing but a short prefix was typed. */
const LATEST = 2_000;

/**
 * A stem can be shorter than the typed prefix: the index contains “diffus” while the user types “diffusio”.
 * The prefix is therefore also searched as a word with each of these endings.
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

export interface SuggestionStore {
  papers(typed: string, limit: number): PaperSuggestion[];
  authors(typed: string, limit: number): string[];
}

interface Row extends PaperSuggestion {
  readonly authors: string;
}

export function openSuggestionStore(connection: Connection): SuggestionStore {
  const byId = connection.prepare<[string, string, number], PaperSuggestion>(
    'SELECT id, title FROM papers WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?',
  );
  const newest = connection.prepare<[number], PaperSuggestion>(
    'SELECT id, title FROM papers ORDER BY published DESC, pk DESC LIMIT ?',
  );
  const order = 'ORDER BY p.votes DESC, p.published DESC, p.pk DESC';
  const byWords = connection.prepare<[string, number], Row>(
    `SELECT p.id, p.title, p.authors FROM papers p
     WHERE p.pk IN (SELECT rowid FROM papers_fts WHERE papers_fts MATCH ? ORDER BY rowid DESC LIMIT ?) ${order}`,
  );
  const latest = connection.prepare<[number], Row>(
    `SELECT p.id, p.title, p.authors FROM papers p
     WHERE p.pk IN (SELECT pk FROM papers ORDER BY pk DESC LIMIT ?) ${order}`,
  );

  /**
   * The newest papers that have all words but the last in full, and the last as a prefix. FTS5 would read all
   * words with a prefix of one or two letters, so it is not looked up.
   */
  function lookUp(column: 'title' | 'authors', typed: string): Row[] {
    const words = splitWords(typed);
    const last = words.at(-1) ?? '';
    if (!isShort(last)) return byWords.all(toPrefixMatch(column, words), MAX_LOOKED_AT);
    const others = words.slice(0, -1).map(quote).join(' AND ');
    return others === '' ? latest.all(LATEST) : byWords.all(`${column} : (${others})`, MAX_LOOKED_AT);
  }

  function byTitle(typed: string): Row[] {
    const words = foldedWords(typed).join(' ');
    const last = foldedWords(typed).at(-1) ?? '';
    const rows = lookUp('title', typed).filter(
      ({ title }) => !isShort(last) || foldedWords(title).some((word) => word.startsWith(last)),
    );
    const begins = ({ title }: Row) => foldedWords(title).join(' ').startsWith(words);
    return rows.filter(begins).concat(rows.filter((row) => !begins(row)));
  }

  return {
    papers(typed, limit) {
      const text = typed.trim().slice(0, MAX_TYPED);
      if (text === '') return newest.all(limit).map(shown);
      const named = /^[\w-]+(?:[./]\d*)?$/.test(text) ? byId.all(text, `${text}~`, limit) : [];
      const found = hasWords(text) ? [...named, ...byTitle(text)] : named;
      const byPaper = new Map(found.map((paper) => [paper.id, paper]));
      return [...byPaper.values()].slice(0, limit).map(shown);
    },

    authors(typed, limit) {
      const text = typed.slice(0, MAX_TYPED);
      if (!hasWords(text)) return [];
      const wanted = foldedWords(text);
      const papers = new Map<string, number>();
      for (const { authors } of lookUp('authors', text)) {
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

function isShort(word: string): boolean {
  return /^[a-z0-9]{1,2}$/i.test(word);
}

function hasWords(text: string): boolean {
  return splitWords(text).length > 0;
}

function toPrefixMatch(column: 'title' | 'authors', typed: readonly string[]): string {
  const words = typed.slice(0, -1);
  const last = typed.at(-1) ?? '';
  const beginning = [`${quote(last)} *`, ...ENDINGS.map((ending) => quote(last + ending))].join(' OR ');
  return `${column} : (${[...words.map(quote), `(${beginning})`].join(' AND ')})`;
}
