/**
 * Searches by words in the texts of the newest papers, which are kept in memory. PostgreSQL has no FTS5: this
 * answers what the word index cannot, and everything else while there is none.
 */
import { sql } from 'kysely';
import type { DatabaseConnection } from '../../db/connection.ts';
import { isSqlite } from '../../db/open.ts';
import type { WordMatch } from '../query/word-match.ts';
import { scoreTermVectors } from '../ranking/bm25.ts';
import type { IndexedField } from '../text/beginnings.ts';
import { type TermVector, toTermVector } from '../text/term-vector.ts';
import { foldedWords, foldWord, stemOf } from '../text/words.ts';
import { openWordChangeStore } from '../word-index/word-change-store.ts';
import { openFts } from './candidate-store.ts';
import { type Condition, EVERYTHING, ORDERS, openConditionReader, passingOf } from './filter-store.ts';
import { type CheckedPaper, compileMatch, stemsOfTexts } from './text-check.ts';
import type { SomeWords } from './word-search-port.ts';

/** Papers that are kept, three megabytes of texts. They are read again after a change, in 50 ms. */
const MOST_KEPT = 2_000;

interface KeptPaper extends CheckedPaper {
  readonly pk: number;
  /** Stems of the title, the abstract and the names, when they were needed. */
  stems?: readonly string[];
  termVector?: TermVector;
}

/** @param most papers to keep */
export function openNewestPapers(connection: DatabaseConnection, most = MOST_KEPT): SomeWords {
  const conditions = openConditionReader(connection);
  const changes = openWordChangeStore(connection);
  const newest = connection.prepare<[number], CheckedPaper & { readonly pk: number }>(
    'SELECT pk, title, abstract, authors FROM papers ORDER BY pk DESC LIMIT ?',
  );
  const named = connection.prepare<[string], CheckedPaper & { readonly pk: number }>(
    `SELECT pk, title, abstract, authors FROM papers
     WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))`,
  );
  let kept: ReadonlyMap<number, KeptPaper> = new Map();
  let readAt: string | undefined;

  function papers(): readonly KeptPaper[] {
    const { id, token } = changes.last();
    const now = `${id} ${token}`;
    if (now !== readAt) {
      kept = new Map(newest.all(most).map((paper) => [paper.pk, known(kept.get(paper.pk), paper)]));
      readAt = now;
    }
    return [...kept.values()];
  }

  function matching(match: WordMatch, among: readonly KeptPaper[] = papers()) {
    const { fields, holds } = compileMatch(match);
    return among.filter((paper) => {
      const stems = stemsOf(paper).slice(0, fields);
      return holds(({ phrase }) => stems.some((text) => text.includes(phrase.text)));
    });
  }

  const keysOf = (found: readonly KeptPaper[]) => found.map(({ pk }) => pk);
  const withKeys = (found: readonly KeptPaper[]) =>
    sql`p.pk IN (SELECT CAST(value AS BIGINT) FROM json_each(${JSON.stringify(keysOf(found))}))`;

  function passing(found: readonly KeptPaper[], condition: Condition): readonly KeptPaper[] {
    if (condition === EVERYTHING || found.length === 0) return found;
    const keys = new Set(
      conditions.all(
        sql`SELECT p.pk FROM papers p WHERE ${withKeys(found)} AND ${passingOf(condition, sql`p.pk`)}`,
      ),
    );
    return found.filter(({ pk }) => keys.has(pk));
  }

  return {
    ranked(match, { terms, pairs = [] }, condition, limit) {
      const found = passing(matching(match), condition);
      const scores = scoreTermVectors(found.map(termVectorOf), terms, pairs);
      return found
        .map(({ pk }, at) => ({ pk, score: scores[at] ?? 0 }))
        .toSorted((a, b) => b.score - a.score || a.pk - b.pk)
        .slice(0, limit)
        .map(({ pk }) => pk);
    },
    listed(match, order, condition, limit) {
      const found = matching(match);
      if (found.length === 0) return [];
      return conditions.all(
        sql`SELECT p.pk FROM papers p WHERE ${withKeys(found)} AND ${passingOf(condition, sql`p.pk`)}
          ORDER BY ${ORDERS[order]} LIMIT ${limit}`,
      );
    },
    count: (match, condition, limit) => Math.min(limit, passing(matching(match), condition).length),
    /** Those that are not kept are read. */
    among(match, keys) {
      papers();
      const others = named.all(JSON.stringify(keys.filter((key) => !kept.has(key))));
      return keysOf(matching(match, [...keys.flatMap((key) => kept.get(key) ?? []), ...others]));
    },
    holders: (word) => keysOf(matching({ any: [word], all: [], none: [] })),
    inField: (field, words, beginning) => keysOf(papers().filter(openFieldCheck(field, words, beginning))),
    papersWith: (stem) => papers().filter((paper) => hasStem(stemsOf(paper), stem)).length,
    papers: (last) => Math.min(last, most),
  };
}

/**
 * The papers that a store without a word index is searched in: the first ones in FTS5, which only SQLite has,
 * or the newest ones.
 */
export function openSomeWords(connection: DatabaseConnection): SomeWords {
  return isSqlite(connection) ? openFts(connection) : openNewestPapers(connection);
}

/** What was computed for the same texts is still right. */
function known(before: KeptPaper | undefined, paper: CheckedPaper & { readonly pk: number }): KeptPaper {
  const isSame =
    before?.title === paper.title && before.abstract === paper.abstract && before.authors === paper.authors;
  return isSame ? before : paper;
}

function stemsOf(paper: KeptPaper): readonly string[] {
  paper.stems ??= stemsOfTexts(paper);
  return paper.stems;
}

function termVectorOf(paper: KeptPaper): TermVector {
  paper.termVector ??= toTermVector(paper);
  return paper.termVector;
}

function hasStem(stems: readonly string[], stem: string): boolean {
  return stems.some((text) => text.includes(` ${stem} `));
}

/** Whether a field seems to have all words, and one with a beginning. */
function openFieldCheck(
  field: IndexedField,
  words: readonly string[],
  beginning: string | undefined,
): (paper: KeptPaper) => boolean {
  const isInitial = (word: string) => field === 'authors' && word.length === 1;
  const stems = words.filter((word) => !isInitial(word)).map(stemOf);
  const begun = [...words.filter(isInitial), ...(beginning === undefined ? [] : [beginning])];
  return (paper) => {
    const [title = '', , names = ''] = stemsOf(paper);
    const stemmed = [field === 'title' ? title : names];
    if (!stems.every((stem) => hasStem(stemmed, stem))) return false;
    if (begun.length === 0) return true;
    const folded = ` ${foldedWords(paper[field]).join(' ')}`;
    return begun.every(
      (letters) => folded.includes(` ${foldWord(letters)}`) || hasStem(stemmed, stemOf(letters)),
    );
  };
}
