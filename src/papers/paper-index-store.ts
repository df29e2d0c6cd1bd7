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
  const addCategory = connection.prepare<[string, number]>(
    'INSERT INTO paper_categories (category, paper) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const dropCategory = connection.prepare<[string, number]>(
    'DELETE FROM paper_categories WHERE category = ? AND paper = ?',
  );
  const counts = openPaperCounts(connection);
  const dropVectors = connection.prepare<[number]>('DELETE FROM paper_vectors WHERE paper = ?');
  // Also of a new paper whose key belonged to another one.
  const modelsPast = connection
    .prepare<[number], number>('SELECT id FROM embedding_models WHERE reached >= ?')
    .pluck();
  // A row at a time: a statement that writes several makes FTS5 flush its buffer.
  const noteMissing = connection.prepare<[number, number]>(
    'INSERT INTO missing_vectors (paper, model) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  // For the word index beside the database. A single row, so that FTS5 keeps its buffer.
  const noteChange = connection.prepare<[number]>('INSERT INTO word_changes (paper) VALUES (?)');
  const write = (pk: number, paper: Words) => {
    if (pk <= INDEXED_FROM) words?.add(pk, paper);
  };
  const drop = (pk: number) => {
    if (pk <= INDEXED_FROM) words?.drop(pk);
  };
  const add = (pk: number, paper: Paper) => {
    for (const model of modelsPast.all(pk)) noteMissing.run(pk, model);
    write(pk, paper);
    noteChange.run(pk);
  };
  return {
    add(pk: number, paper: Paper) {
      add(pk, paper);
      for (const category of paper.categories) addCategory.run(category, pk);
    },
    /** Deletes the words only: categories and vectors are deleted together with the paper's row. */
    drop(pk: number) {
      counts.remove(pk);
      drop(pk);
      noteChange.run(pk);
    },
    /**
     * Indexes the same paper again in the present form. Older versions indexed all papers. The word index
     * notices another form by itself.
     * @param isChanged whether its texts are no longer the same
     */
    rewrite(pk: number, paper: Words, isChanged: boolean) {
      words?.drop(pk);
      write(pk, paper);
      if (isChanged) noteChange.run(pk);
    },
    replace(pk: number, before: Paper, after: Paper) {
      drop(pk);
      dropVectors.run(pk);
      const gone = without(before.categories, after.categories);
      const come = without(after.categories, before.categories);
      for (const category of gone) dropCategory.run(category, pk);
      for (const category of come) addCategory.run(category, pk);
      counts.move(pk, gone, come);
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

function without(all: readonly string[], others: readonly string[]): Set<string> {
  return new Set(all.filter((one) => !others.includes(one)));
}

export type PaperIndex = ReturnType<typeof openPaperIndex>;
