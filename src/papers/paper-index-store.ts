/**
 * The indexes of words and categories, updated only by the paper writer. Vectors take longer to compute, so
 * this deletes outdated ones and the vector indexer replaces them in the background.
 */

import type { DatabaseConnection } from '../db/connection.ts';
import { isSqlite } from '../db/open.ts';
import { toIndex } from '../text/index-text.ts';
import type { Paper } from './paper.ts';
import { openPaperCounts } from './paper-counts-store.ts';

type Words = Pick<Paper, 'title' | 'abstract' | 'authors'>;

/**
 * FTS5 has this many papers. With more, the word index beside the database is kept, which searches faster and
 * is written by another thread (docs/decisions/index.md).
 */
export const INDEXED_FROM = 5_000;

export function openPaperIndex(connection: DatabaseConnection) {
  const words = isSqlite(connection) ? openFirstWords(connection) : undefined;
  const addCategories = openRows(
    connection,
    'paper_categories (category, paper)',
    2,
    'ON CONFLICT DO NOTHING',
  );
  const dropCategory = connection.prepare<[string, number]>(
    'DELETE FROM paper_categories WHERE category = ? AND paper = ?',
  );
  const counts = openPaperCounts(connection);
  const dropVectors = connection.prepare<[number]>('DELETE FROM paper_vectors WHERE paper = ?');
  const furthest = connection.prepare<[], number | null>('SELECT max(reached) FROM embedding_models').pluck();
  const modelsPast = connection
    .prepare<[number], number>('SELECT id FROM embedding_models WHERE reached >= ?')
    .pluck();
  // A row at a time: a statement that writes several makes FTS5 flush its buffer.
  const noteMissing = connection.prepare<[number, number]>(
    'INSERT INTO missing_vectors (paper, model) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  // For the word index beside the database.
  const noteChanges = openRows(connection, 'word_changes (paper)', 1);
  const noteWithoutVector = (pk: number) => {
    for (const model of modelsPast.all(pk)) noteMissing.run(pk, model);
  };
  const write = (pk: number, paper: Words) => {
    if (pk <= INDEXED_FROM) words?.add(pk, paper);
  };
  const drop = (pk: number) => {
    if (pk <= INDEXED_FROM) words?.drop(pk);
  };
  const add = (pk: number, paper: Paper) => {
    write(pk, paper);
    changed.push(pk);
  };
  /** Papers of which the word index is to be told, and pairs of a category and a paper. */
  let changed: number[] = [];
  let categories: Array<string | number> = [];
  /** The last paper that any model has looked at when the batch began. */
  let reached = 0;
  const finish = () => {
    addCategories(categories);
    noteChanges(changed);
    categories = [];
    changed = [];
  };
  return {
    /** Called first in each transaction; what an earlier one that failed left is forgotten. */
    begin() {
      categories = [];
      changed = [];
      reached = furthest.get() ?? 0;
    },
    /**
     * Called last in each transaction. Rows that only others read are kept until then: several in a statement
     * cost half as much, and would have FTS5 flush its buffer in between.
     */
    finish,
    add(pk: number, paper: Paper) {
      // A new paper whose key belonged to another one.
      if (pk <= reached) noteWithoutVector(pk);
      add(pk, paper);
      for (const category of paper.categories) categories.push(category, pk);
    },
    /** Deletes the words only: categories and vectors are deleted together with the paper's row. */
    drop(pk: number) {
      finish();
      counts.remove(pk);
      drop(pk);
      changed.push(pk);
    },
    /**
     * Indexes the same paper again in the present form. Older versions indexed all papers. The word index
     * notices another form by itself.
     * @param isChanged whether its texts are no longer the same
     */
    rewrite(pk: number, paper: Words, isChanged: boolean) {
      words?.drop(pk);
      write(pk, paper);
      if (isChanged) noteChanges([pk]);
    },
    replace(pk: number, before: Paper, after: Paper) {
      finish();
      drop(pk);
      dropVectors.run(pk);
      const gone = without(before.categories, after.categories);
      const come = without(after.categories, before.categories);
      for (const category of gone) dropCategory.run(category, pk);
      for (const category of come) categories.push(category, pk);
      counts.move(pk, gone, come);
      noteWithoutVector(pk);
      add(pk, after);
    },
  };
}

/** FTS5, which only SQLite has. With PostgreSQL, the word index has all papers. */
function openFirstWords(connection: DatabaseConnection) {
  const add = connection.prepare<[number, string, string, string]>(
    'INSERT INTO papers_fts (rowid, title, abstract, authors) VALUES (?, ?, ?, ?)',
  );
  const drop = connection.prepare<[number]>('DELETE FROM papers_fts WHERE rowid = ?');
  return {
    add: (pk: number, { title, abstract, authors }: Words) =>
      add.run(pk, toIndex(title), toIndex(abstract), toIndex(authors.join('\n'))),
    drop: (pk: number) => drop.run(pk),
  };
}

/** Rows that one statement inserts. */
const ROWS = 50;

/** Returns a function that inserts rows, whose values follow each other. */
function openRows(connection: DatabaseConnection, into: string, width: number, conflict = '') {
  const row = `(${Array(width).fill('?').join(', ')})`;
  const prepare = (rows: number) =>
    connection.prepare(`INSERT INTO ${into} VALUES ${Array(rows).fill(row).join(', ')} ${conflict}`);
  const [many, one] = [prepare(ROWS), prepare(1)];
  return (values: ReadonlyArray<string | number>) => {
    let at = 0;
    for (const [statement, size] of [
      [many, ROWS * width],
      [one, width],
    ] as const) {
      for (; at + size <= values.length; at += size) statement.run(...values.slice(at, at + size));
    }
  };
}

function without(all: readonly string[], others: readonly string[]): Set<string> {
  return new Set(all.filter((one) => !others.includes(one)));
}

export type PaperIndex = ReturnType<typeof openPaperIndex>;
