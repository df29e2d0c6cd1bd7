/** Stores papers in the database. */
import { type SelectQueryBuilder, sql } from 'kysely';
import type { DatabaseConnection } from '../db/connection.ts';
import { takeTurn } from '../db/postgres/own-schema.ts';
import { type Query, queryOver } from '../db/query.ts';
import type { Schema } from '../db/schema.ts';
import { titleKey } from '../text/ids.ts';
import type { Day } from '../time/clock.ts';
import { type BatchProgress, openProgressWriter } from './batch-progress-store.ts';
import type { Appearance, Paper, PaperRecord, VoteSnapshot } from './paper.ts';
import { openPaperCounts, type StoreCounts } from './paper-counts-store.ts';
import { toPaper } from './paper-row.ts';
import { type BatchOutcome, type OnMerged, openPaperWriter } from './paper-writer-store.ts';
import { openRandomPapers, type RandomFilter } from './random-paper-store.ts';
import type { SourceName } from './source-names.ts';

export interface BatchContext {
  readonly source: SourceName;
  /** Time of the source's response, as an ISO 8601 instant. */
  readonly at: string;
  /** Stored in the same transaction. */
  readonly progress?: BatchProgress;
}

export interface PaperHistory {
  readonly appearances: readonly Appearance[];
  readonly snapshots: readonly VoteSnapshot[];
}

/** A slice of the store in order of insertion, for exports. */
export interface ExportSlice {
  readonly records: readonly PaperRecord[];
  /** Start of the next slice; absent after the last. */
  readonly next?: number;
}

export interface PaperStore {
  /** Stores validated records in one transaction, and merges each with existing data about the same paper. */
  importBatch(records: readonly PaperRecord[], context: BatchContext): Promise<BatchOutcome>;
  /** Finds a paper by its id or a former id. */
  find(id: string): Promise<Paper | undefined>;
  /** Returns papers in the given order and omits unknown ids. */
  findMany(ids: readonly string[]): Promise<Paper[]>;
  findByTitle(title: string): Promise<Paper[]>;
  /** The case of a DOI makes no difference. */
  findByDoi(doi: string): Promise<Paper | undefined>;
  history(id: string): Promise<PaperHistory>;
  /** Returns papers listed on that day or later, the most voted first. */
  listedSince(day: Day): Promise<Paper[]>;
  random(filter: RandomFilter): Promise<Paper | undefined>;
  counts(): Promise<StoreCounts>;
  exportSlice(from: number, limit: number): Promise<ExportSlice>;
}

/**
 * Runs in the database thread. Every transaction begins and ends within one call.
 * @param onMerged called for each record that changes a stored paper, in the same transaction
 */
export function openPaperStore(connection: DatabaseConnection, onMerged?: OnMerged): PaperStore {
  const query = queryOver(connection);
  const writer = openPaperWriter(connection, onMerged);
  const reach = openProgressWriter(connection);
  const counts = openPaperCounts(connection);
  const randomPapers = openRandomPapers(connection);
  const importAll = connection.transaction(
    (records: readonly PaperRecord[], { source, at, progress }: BatchContext) => {
      takeTurn(connection, 'papers');
      const outcome = writer.write(records, source, at);
      if (progress) reach(progress, at);
      return outcome;
    },
  );

  async function find(id: string): Promise<Paper | undefined> {
    const alias = query.selectFrom('paper_aliases').select('paper').where('alias', '=', id);
    const row = await query
      .selectFrom('papers')
      .selectAll()
      .where((is) => is.or([is('id', '=', id), is('pk', '=', alias)]))
      .executeTakeFirst();
    return row && toPaper(row);
  }

  return {
    importBatch: async (records, context) => importAll.immediate(records, context),
    find,

    async findMany(ids) {
      const papers = await Promise.all(ids.map(find));
      return papers.filter((paper) => paper !== undefined);
    },

    async findByTitle(title) {
      const rows = await query
        .selectFrom('papers')
        .selectAll()
        .where('title_key', '=', titleKey(title))
        .orderBy('pk')
        .execute();
      return rows.map(toPaper);
    },

    async findByDoi(doi) {
      const row = await query
        .selectFrom('papers')
        .selectAll()
        .where(sql<string>`lower(doi)`, '=', doi.toLowerCase())
        .where('doi', 'is not', null)
        .orderBy('pk')
        .executeTakeFirst();
      return row && toPaper(row);
    },

    async history(id) {
      const paper = query.selectFrom('papers').select('pk').where('id', '=', id);
      return historyOf(query, paper);
    },

    async listedSince(day) {
      const listed = query.selectFrom('appearances').select('paper').where('day', '>=', day);
      const rows = await query
        .selectFrom('papers')
        .selectAll()
        .where('pk', 'in', listed)
        .orderBy('votes', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(toPaper);
    },

    random: async (filter) => randomPapers.draw(filter),
    counts: counts.count,

    async exportSlice(from, limit) {
      const rows = await query
        .selectFrom('papers')
        .selectAll()
        .where('pk', '>', from)
        .orderBy('pk')
        .limit(limit)
        .execute();
      const records = await Promise.all(
        rows.map(async (row) => {
          const history = await historyOf(
            query,
            query.selectFrom('papers').select('pk').where('pk', '=', row.pk),
          );
          return { ...toPaper(row), ...history };
        }),
      );
      const last = rows.at(-1);
      return { records, ...(last && rows.length === limit && { next: last.pk }) };
    },
  };
}

async function historyOf(
  query: Query,
  paper: SelectQueryBuilder<Schema, 'papers', { pk: number }>,
): Promise<PaperHistory> {
  const appearances = await query
    .selectFrom('appearances')
    .select(['day', 'rank', 'votes', 'comments'])
    .where('paper', '=', paper)
    .orderBy('day')
    .execute();
  const snapshots = await query
    .selectFrom('vote_snapshots')
    .select(['at', 'votes', 'comments', 'stars'])
    .where('paper', '=', paper)
    .orderBy('at')
    .execute();
  return {
    appearances,
    snapshots: snapshots.map(({ stars, ...counted }) => ({ ...counted, ...(stars !== null && { stars }) })),
  };
}
