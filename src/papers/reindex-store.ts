/**
 * Indexes papers again that an older version indexed, in small steps, so that search continues and a restart
 * resumes. Texts from before LaTeX and HTML entities were decoded are cleaned again first.
 */
import type { DatabaseConnection } from '../db/connection.ts';
import { isSqlite } from '../db/open.ts';
import { takeTurn } from '../db/postgres/own-schema.ts';
import { toCredits } from '../text/authors.ts';
import { cleanAbstract, cleanText, cleanTitle } from '../text/clean.ts';
import { titleKey } from '../text/ids.ts';
import { INDEX_FORM } from '../text/index-text.ts';
import { openPaperIndex } from './paper-index-store.ts';

interface Words {
  readonly title: string;
  readonly abstract: string;
  /** JSON. */
  readonly authors: string;
  readonly families: string | null;
  readonly comment: string | null;
  readonly journal_ref: string | null;
  readonly venue: string | null;
}

interface Row extends Words {
  readonly pk: number;
  readonly title_key: string;
}

export interface Reindexing {
  /** Papers with keys above this, up to `last`, are pending. */
  readonly reached: number;
  readonly last: number;
  /** True when no paper is pending and the entries of the older form are gone. */
  readonly isDone: boolean;
}

interface State {
  readonly form: number;
  readonly reached: number;
  readonly last: number;
  readonly letters_reached: number;
  readonly letters_last: number;
  readonly is_merged: number;
}

export interface Reindexer {
  state(): Reindexing;
  /** Indexes the next papers, or merges a part of the index, in one transaction. */
  step(limit: number): Reindexing;
}

/** Pages of the index that one step merges, in about 50 ms. */
const MERGED_PAGES = 100;
/**
 * Percentage of deleted entries from which FTS5 rewrites a segment; 10 is its default
 * (https://www.sqlite.org/fts5.html#the_deletemerge_configuration_option). While all papers are indexed again
 * it never does: the merge at the end drops them all at once, in half the time.
 */
const DELETE_MERGE = { usual: 10, reindexing: 0 } as const;

/** Most texts contain none of these and do not change. */
const SIGNS = /[^ -~]|[\\&$<^_{}~`*]|--|''/;
/** Signs of several names in one, of “Family, Given”, and of notes. */
const NAME_SIGNS = /[;:()]|[^"],|\d|\b(?:and|al|others)\b/;

export function openReindexer(connection: DatabaseConnection): Reindexer {
  const index = openPaperIndex(connection);
  const state = connection.prepare<[], State>(
    'SELECT form, reached, last, letters_reached, letters_last, is_merged FROM index_form',
  );
  const slice = connection.prepare<[number, number, number], Row>(
    `SELECT pk, title, title_key, abstract, authors, families, comment, journal_ref, venue
     FROM papers WHERE pk > ? AND pk <= ? ORDER BY pk LIMIT ?`,
  );
  const update = connection.prepare<Row>(
    `UPDATE papers SET title = :title, title_key = :title_key, abstract = :abstract, authors = :authors,
       families = :families, comment = :comment, journal_ref = :journal_ref, venue = :venue
     WHERE pk = :pk`,
  );
  const advance = connection.prepare<{ end: number }>(
    'UPDATE index_form SET reached = :end, letters_reached = max(letters_reached, :end)',
  );

  const endMerging = connection.prepare('UPDATE index_form SET is_merged = 1');
  const mergeSome = openMerger(connection);

  beginAgain(connection);

  function read(): State {
    return (
      state.get() ?? {
        form: INDEX_FORM,
        reached: 0,
        last: 0,
        letters_reached: 0,
        letters_last: 0,
        is_merged: 1,
      }
    );
  }

  function progress(): Reindexing {
    const { reached, last, is_merged } = read();
    return { reached, last, isDone: reached >= last && is_merged === 1 };
  }

  function indexSome({ reached, last, letters_reached, letters_last }: State, limit: number): void {
    const papers = slice.all(reached, last, limit).map((before) => {
      const isOld = before.pk > letters_reached && before.pk <= letters_last;
      const words = isOld ? withLetters(before) : before;
      return { before, after: { ...before, ...words, title_key: titleKey(words.title) } };
    });
    const changed = papers.filter(({ before, after }) => !isSame(before, after));
    const isChanged = new Set(changed.map(({ after }) => after.pk));
    for (const { after } of papers) {
      const words = { ...after, authors: JSON.parse(after.authors) as string[] };
      index.rewrite(after.pk, words, isChanged.has(after.pk));
    }
    // After all index updates, because a write in between makes FTS5 flush its buffer.
    for (const { after } of changed) update.run(after);
    advance.run({ end: papers.length < limit ? last : (papers.at(-1)?.after.pk ?? last) });
  }

  const step = connection.transaction((limit: number): Reindexing => {
    takeTurn(connection, 'papers');
    const before = read();
    if (before.reached < before.last) indexSome(before, limit);
    else if (!mergeSome(MERGED_PAGES)) {
      endMerging.run();
      setDeleteMerge(connection, DELETE_MERGE.usual);
    }
    return progress();
  });

  return { state: progress, step: (limit) => step.immediate(limit) };
}

/**
 * Merges the word index into one segment, which drops the entries of deleted rows. FTS5 looks up each match
 * among them, and neighbours that were deleted together make that slow: searches took three to ten times as
 * long after all papers had been indexed again (https://www.sqlite.org/fts5.html#the_merge_command).
 * @returns merges at least `pages` pages; false when nothing is left to merge
 */
function openMerger(connection: DatabaseConnection): (pages: number) => boolean {
  // PostgreSQL has none.
  if (!isSqlite(connection)) return () => false;
  const merge = connection.prepare<[number]>(`INSERT INTO papers_fts (papers_fts, rank) VALUES ('merge', ?)`);
  const changes = connection.prepare<[], number>('SELECT total_changes()').pluck();
  return (pages) => {
    const before = changes.get() ?? 0;
    // A negative number puts all segments on one level first.
    merge.run(-pages);
    // The statement itself counts as one change.
    return (changes.get() ?? 0) - before >= 2;
  };
}

/** Starts over when the index has an older format: indexes all papers and packs their terms again. */
function beginAgain(connection: DatabaseConnection): void {
  const form = connection.prepare<[], number>('SELECT form FROM index_form').pluck();
  const hasPapers = connection.prepare('SELECT 1 FROM papers LIMIT 1');
  connection
    .transaction(() => {
      if (form.get() === INDEX_FORM) return;
      connection
        .prepare(
          `UPDATE index_form SET form = ?, reached = 0, last = (SELECT coalesce(max(pk), 0) FROM papers),
             is_merged = iif(EXISTS (SELECT 1 FROM papers), 0, 1)`,
        )
        .run(INDEX_FORM);
      if (hasPapers.get() !== undefined) setDeleteMerge(connection, DELETE_MERGE.reindexing);
      // A new id, so that terms packed in the old format are not used.
      const next =
        connection.prepare<[], number>('SELECT max(id) + 1 FROM embedding_models').pluck().get() ?? 1;
      connection.prepare(`DELETE FROM embedding_models WHERE maker = 'words'`).run();
      connection
        .prepare(
          `INSERT INTO embedding_models (id, maker, name, dimensions, state, papers, share, begun_at)
           VALUES (?, 'words', ?, 0, 'serving', 0, 0, '')`,
        )
        .run(next, `words-${INDEX_FORM}`);
    })
    .immediate();
}

function setDeleteMerge(connection: DatabaseConnection, percentage: number): void {
  if (!isSqlite(connection)) return;
  // FTS5 takes whole numbers only, and better-sqlite3 binds a number as a real one.
  connection
    .prepare<[bigint]>(`INSERT INTO papers_fts (papers_fts, rank) VALUES ('deletemerge', ?)`)
    .run(BigInt(percentage));
}

/** Returns the texts as they would be stored today. */
function withLetters(before: Words): Words {
  const { title, abstract, comment, journal_ref, venue } = before;
  const hasSigns = [title, abstract, comment ?? '', journal_ref ?? '', venue ?? ''].some((text) =>
    SIGNS.test(text),
  );
  if (!hasSigns && !SIGNS.test(before.authors) && !NAME_SIGNS.test(before.authors)) return before;
  const { authors = [], families } = toCredits(JSON.parse(before.authors) as string[]);
  return {
    title: cleanTitle(title) || title,
    abstract: cleanAbstract(abstract),
    authors: JSON.stringify(authors),
    families: families ? JSON.stringify(families) : before.families,
    comment: comment && cleanText(comment),
    journal_ref: journal_ref && cleanText(journal_ref),
    venue: venue && cleanText(venue),
  };
}

function isSame(before: Row, after: Row): boolean {
  return (Object.keys(before) as Array<keyof Row>).every((column) => before[column] === after[column]);
}
