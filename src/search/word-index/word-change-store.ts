/** Sources of the word index: changes of papers, in order, and their words. */
import type { DatabaseConnection } from '../../db/connection.ts';
import { INDEXED_FROM } from '../../papers/paper-index-store.ts';
import type { WordChange } from './manifest.ts';

export interface IndexedPaper {
  readonly pk: number;
  readonly title: string;
  readonly abstract: string;
  /** JSON. */
  readonly authors: string;
}

export interface WordChanges {
  readonly changes: readonly WordChange[];
  /** The papers of the changes that still exist, in order of their keys. */
  readonly papers: readonly IndexedPaper[];
}

export interface WordChangeStore {
  /** Returns the last change. */
  last(): WordChange;
  /** Whether the database is the one whose change this was. */
  has(change: Pick<WordChange, 'id' | 'token'>): boolean;
  /**
   * Returns the next changes and the papers as they are now.
   * @returns `undefined` if the database does not have the change, so others may be missing, too
   */
  after(change: Pick<WordChange, 'id' | 'token'>, limit: number): WordChanges | undefined;
  /** Returns papers with keys above `pk`, in order. */
  papersAbove(pk: number, limit: number): IndexedPaper[];
}

/** The table is never empty. */
const NO_CHANGE: WordChange = { id: 0, paper: 0, token: 0 };

/** @param connection read-only is enough */
export function openWordChangeStore(connection: DatabaseConnection): WordChangeStore {
  const last = connection.prepare<[], WordChange>(
    'SELECT id, paper, token FROM word_changes ORDER BY id DESC LIMIT 1',
  );
  const has = connection.prepare<{ id: number; token: number }>(
    'SELECT 1 FROM word_changes WHERE id = :id AND token = :token',
  );
  const from = connection.prepare<{ id: number; limit: number }, WordChange>(
    'SELECT id, paper, token FROM word_changes WHERE id >= :id ORDER BY id LIMIT +:limit',
  );
  const named = connection.prepare<[string], IndexedPaper>(
    `SELECT pk, title, abstract, authors FROM papers
     WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) ORDER BY pk`,
  );
  const above = connection.prepare<{ pk: number; limit: number }, IndexedPaper>(
    'SELECT pk, title, abstract, authors FROM papers WHERE pk > :pk ORDER BY pk LIMIT +:limit',
  );
  return {
    last: () => last.get() ?? NO_CHANGE,
    has: ({ id, token }) => has.get({ id, token }) !== undefined,
    after({ id, token }, limit) {
      const [known, ...changes] = from.all({ id, limit: limit + 1 });
      if (known?.id !== id || known.token !== token) return undefined;
      if (changes.length === 0) return { changes, papers: [] };
      // A paper that changes before it is read has a change that comes later.
      const keys = [...new Set(changes.map(({ paper }) => paper))];
      return { changes, papers: named.all(JSON.stringify(keys)) };
    },
    papersAbove: (pk, limit) => above.all({ pk, limit }),
  };
}

export interface WordChangeTrimmer {
  /** Forgets changes that the index contains. The last of them stays, so that no number is used again. */
  trim(reached: number): Promise<void>;
  /** False for a store in which FTS5 is fast enough. */
  isLarge(): Promise<boolean>;
  /** Number of the last change. */
  last(): Promise<number>;
}

/**
 * Changes that stay for other processes on the same database, each of which has an index of its own. One that
 * is further behind makes its index anew.
 */
const KEPT_FOR_OTHERS = 100_000;
/** Only PostgreSQL is shared, and it has no FTS5. */
const BY_ENGINE = {
  sqlite: { indexedFrom: INDEXED_FROM, kept: 0 },
  postgres: { indexedFrom: 0, kept: KEPT_FOR_OTHERS },
} as const;

/**
 * @param indexedFrom papers from which the store is large
 * @param kept changes that are not forgotten
 */
export function openWordChangeTrimmer(
  connection: DatabaseConnection,
  indexedFrom: number = BY_ENGINE[connection.engine].indexedFrom,
  kept: number = BY_ENGINE[connection.engine].kept,
): WordChangeTrimmer {
  const trim = connection.prepare<[number]>('DELETE FROM word_changes WHERE id < ?');
  const newest = connection.prepare<[], number>('SELECT coalesce(max(pk), 0) FROM papers').pluck();
  const last = connection.prepare<[], number>('SELECT coalesce(max(id), 0) FROM word_changes').pluck();
  return {
    trim: async (reached) => void trim.run(reached - kept),
    isLarge: async () => (newest.get() ?? 0) >= indexedFrom,
    last: async () => last.get() ?? 0,
  };
}
