/** Stores the state of each polling job, so that the schedule survives a restart. */

import { compact } from '../base/compact.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { queryOver } from '../db/query.ts';
import type { Schema } from '../db/schema.ts';

/** State of one list or query of one source. Instants are ISO 8601. */
export interface SourceState {
  readonly source: string;
  /** `latest`, `votes`, `day:2026-05-29` … */
  readonly key: string;
  readonly etag?: string;
  /** Time of the last usable response. */
  readonly fetchedAt?: string;
  readonly nextAt?: string;
  /** Consecutive failures since the last success. */
  readonly failures: number;
  /** Reason for the last failure, one sentence. Absent after a success. */
  readonly error?: string;
}

export interface SourceSuccess {
  readonly etag?: string;
  readonly at: string;
  readonly nextAt?: string;
}

export interface SourceFailure {
  readonly error: string;
  readonly nextAt: string;
}

export interface SourceStore {
  get(source: string, key: string): Promise<SourceState | undefined>;
  succeeded(source: string, key: string, success: SourceSuccess): Promise<void>;
  /** Keeps the ETag and the time of the last good response. */
  failed(source: string, key: string, failure: SourceFailure): Promise<void>;
  /** Ordered by source and key. */
  list(): Promise<SourceState[]>;
}

/** Runs in the database thread. */
export function openSourceStore(connection: DatabaseConnection): SourceStore {
  const query = queryOver(connection);
  const rows = () => query.selectFrom('source_state').selectAll();

  return {
    async get(source, key) {
      const row = await rows().where('source', '=', source).where('key', '=', key).executeTakeFirst();
      return row && toState(row);
    },

    async succeeded(source, key, { etag, at, nextAt }) {
      const facts = {
        etag: etag ?? null,
        fetched_at: at,
        next_at: nextAt ?? null,
        failures: 0,
        error: null,
      };
      await query
        .insertInto('source_state')
        .values({ source, key, ...facts })
        .onConflict((conflict) => conflict.columns(['source', 'key']).doUpdateSet(facts))
        .execute();
    },

    async failed(source, key, { error, nextAt }) {
      await query
        .insertInto('source_state')
        .values({ source, key, etag: null, fetched_at: null, next_at: nextAt, failures: 1, error })
        .onConflict((conflict) =>
          conflict.columns(['source', 'key']).doUpdateSet((row) => ({
            next_at: nextAt,
            failures: row('source_state.failures', '+', 1),
            error,
          })),
        )
        .execute();
    },

    list: async () => (await rows().orderBy('source').orderBy('key').execute()).map(toState),
  };
}

function toState(row: Schema['source_state']): SourceState {
  const { source, key, failures } = row;
  return {
    source,
    key,
    failures,
    ...compact({ etag: row.etag, fetchedAt: row.fetched_at, nextAt: row.next_at, error: row.error }),
  };
}
