/** Writes single papers inside the importer's transaction, with prepared statements for millions of rows. */
import type { DatabaseConnection, SqlStatement } from '../db/connection.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import { generatedId, isGeneratedId, titleKey } from '../text/ids.ts';
import { mergePaper, newPaper, rankOf } from './merge.ts';
import { openDuplicateMerger } from './merge-duplicates-store.ts';
import { openNewPapers } from './new-papers-store.ts';
import type { Paper, PaperRecord } from './paper.ts';
import { openPaperIndex } from './paper-index-store.ts';
import { fromPaper, type PaperColumns, toPaper } from './paper-row.ts';
import type { SourceName } from './source-names.ts';
import { openTrendWriter } from './trend-writer-store.ts';

export type WrittenPaper = 'added' | 'updated' | 'unchanged';

/** How many records were written in each way. */
export type BatchOutcome = Readonly<Record<WrittenPaper, number>>;

const COLUMNS = Object.keys(fromPaper(newPaper('', { title: '', abstract: '' }))) as Array<
  keyof PaperColumns
>;
const STORE_COLUMNS = [...COLUMNS, 'title_key', 'text_rank', 'changed_at'] as const;
const ALL_COLUMNS = [...STORE_COLUMNS, 'added_at'] as const;

/** A stored paper before and after a record was merged into it. */
export interface MergedPaper {
  /** Its row. */
  readonly pk: number;
  readonly before: Paper;
  readonly after: Paper;
  readonly record: PaperRecord;
  readonly source: SourceName;
  /** Time of the source's response, an ISO 8601 instant. */
  readonly at: string;
  /** When the paper was first stored, an ISO 8601 instant. */
  readonly addedAt: string;
  /** The trust in the source of the text before the merge. */
  readonly textRankBefore: number;
  /** False if the source's counts are older than the stored ones. */
  readonly isCurrent: boolean;
}

/** Called inside the importer's transaction. */
export type OnMerged = (merged: MergedPaper) => void;

export interface PaperWriter {
  /** @param at time of the source's response, an ISO 8601 instant */
  write(records: readonly PaperRecord[], source: SourceName, at: string): BatchOutcome;
}

export function openPaperWriter(connection: DatabaseConnection, onMerged?: OnMerged): PaperWriter {
  const rows = prepareRows(connection);
  const index = openPaperIndex(connection);
  const queue = openNewPapers(connection);
  const trends = openTrendWriter(connection, queue);
  const absorb = openDuplicateMerger(connection, index);

  /** Finds the stored paper that a record describes. A generated id is a hash of the title. */
  function findStored(record: PaperRecord, key: string): PaperTable | undefined {
    if (record.id === undefined) return rows.byTitle.get(key);
    const byId = rows.byId.get(record.id);
    if (byId) return byId;
    if (!isGeneratedId(record.id)) return rows.generatedByTitle.get(key);
    return rows.byAlias.get(record.id) ?? rows.byTitle.get(key);
  }

  function add(record: PaperRecord, key: string, rank: number, at: string): number {
    const paper = newPaper(record.id ?? generatedId(record.title), record);
    const pk = rows.insert({
      ...fromPaper(paper),
      title_key: key,
      text_rank: rank,
      added_at: at,
      changed_at: at,
    });
    index.add(pk, paper);
    queue.add(pk, paper, at);
    return pk;
  }

  function merge(stored: PaperTable, record: PaperRecord, source: SourceName, at: string): WrittenPaper {
    const before = toPaper(stored);
    const isCurrent = trends.isNews(stored.pk, record, at);
    const { merged, textRank } = mergePaper(before, stored.text_rank, {
      record,
      rank: rankOf(source),
      votesAreNews: isCurrent,
    });
    // A paper known only by its title gets the arXiv id; the generated id becomes an alias.
    const renamed = record.id !== undefined && isGeneratedId(stored.id) && !isGeneratedId(record.id);
    const paper = renamed ? { ...merged, id: record.id } : merged;
    const columns = fromPaper(paper);
    if (COLUMNS.every((column) => columns[column] === stored[column])) return 'unchanged';
    rows.update.run(...Object.values(columns), titleKey(paper.title), textRank, at, stored.pk);
    if (renamed) rows.addAlias.run(stored.id, stored.pk);
    if (before.abstract === '' && paper.abstract !== '') queue.add(stored.pk, paper, stored.added_at);
    if (wordsOf(before) !== wordsOf(paper)) index.replace(stored.pk, before, paper);
    onMerged?.({
      pk: stored.pk,
      before,
      after: paper,
      record,
      source,
      at,
      addedAt: stored.added_at,
      textRankBefore: stored.text_rank,
      isCurrent,
    });
    return 'updated';
  }

  function write(record: PaperRecord, source: SourceName, at: string): WrittenPaper {
    const key = titleKey(record.title);
    const stored = findStored(record, key);
    const pk = stored ? stored.pk : add(record, key, rankOf(source), at);
    const written = stored ? merge(stored, record, source, at) : 'added';
    // When a source changes a title, two rows can become the same paper. The one without an arXiv id is
    // merged.
    if (stored && stored.title_key !== key) absorb(pk, key);
    const trended = trends.add(pk, record);
    return written === 'unchanged' && trended ? 'updated' : written;
  }

  return {
    write(records, source, at) {
      const outcome = { added: 0, updated: 0, unchanged: 0 };
      index.begin();
      for (const record of records) outcome[write(record, source, at)]++;
      index.finish();
      return outcome;
    },
  };
}

function wordsOf(paper: Paper): string {
  return JSON.stringify([paper.title, paper.abstract, paper.authors, paper.categories]);
}

type NewRow = Omit<PaperTable, 'pk'>;

/** Statements to keep. The papers of one file have values in nearly the same columns. */
const MOST_STATEMENTS = 50;

/**
 * Returns a function that inserts a row and returns its key. Leaves empty columns out, because most are empty
 * and each costs as much as one with a value: a quarter of the time.
 */
function openInsert(connection: DatabaseConnection): (row: NewRow) => number {
  /** By the positions of their columns, a bit each. */
  const statements = new Map<number, SqlStatement<unknown[], unknown>>();
  return (row) => {
    let filled = 0;
    const values: Array<string | number> = [];
    for (const [at, column] of ALL_COLUMNS.entries()) {
      const value = row[column];
      if (value === null) continue;
      filled += 2 ** at;
      values.push(value);
    }
    let insert = statements.get(filled);
    if (!insert) {
      if (statements.size === MOST_STATEMENTS) statements.clear();
      const columns = ALL_COLUMNS.filter((column) => row[column] !== null);
      const names = columns.join(', ');
      // Without RETURNING, with which FTS5 would flush its buffer for each row.
      insert = connection.prepare(
        `INSERT INTO papers (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      statements.set(filled, insert);
    }
    // Positional parameters: binding by name takes a quarter of the insert's time.
    return Number(insert.run(...values).lastInsertRowid);
  };
}

function prepareRows(connection: DatabaseConnection) {
  return {
    byId: connection.prepare<[string], PaperTable>('SELECT * FROM papers WHERE id = ?'),
    byAlias: connection.prepare<[string], PaperTable>(
      'SELECT papers.* FROM paper_aliases JOIN papers ON pk = paper WHERE alias = ?',
    ),
    byTitle: connection.prepare<[string], PaperTable>(
      'SELECT * FROM papers WHERE title_key = ? ORDER BY pk LIMIT 1',
    ),
    generatedByTitle: connection.prepare<[string], PaperTable>(
      `SELECT * FROM papers WHERE title_key = ? AND substr(id, 1, 3) = 'pb-' LIMIT 1`,
    ),
    insert: openInsert(connection),
    update: connection.prepare(
      `UPDATE papers SET ${STORE_COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE pk = ?`,
    ),
    addAlias: connection.prepare<[string, number]>(
      'INSERT INTO paper_aliases (alias, paper) VALUES (?, ?) ON CONFLICT (alias) DO UPDATE SET paper = excluded.paper',
    ),
  };
}
