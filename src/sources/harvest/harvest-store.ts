/** Stores where each harvest is, and the papers that its check missed. */
import { compact } from '../../base/compact.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import type { Schema } from '../../db/schema.ts';
import type { Day } from '../../time/clock.ts';
import type { ListedPaper } from './metadata-server.ts';

/**
 * - `list`: reads records page by page
 * - `check`: reads the list of IDs and notes the papers that are missing
 * - `fetch`: requests the missing papers one by one
 * - `rest`: complete, until the next list begins
 */
export type HarvestPhase = 'list' | 'check' | 'fetch' | 'rest';

export interface HarvestState {
  readonly name: string;
  readonly phase: HarvestPhase;
  /** First day of the list that is being read; absent for all. */
  readonly fromDay?: Day;
  /** Of its next page. Absent at the beginning. */
  readonly token?: string;
  /** When the token ends by our clock, an ISO 8601 instant. */
  readonly tokenUntil?: string;
  /** The server's day when the list began. */
  readonly listDay?: Day;
  /** The last day seen on the list's pages. */
  readonly seenDay?: Day;
  /** Times in a row that the list began again without getting further. */
  readonly stalls: number;
  /** Times that too many papers were missing to request them one by one. */
  readonly rounds: number;
  /** Records of this list so far; some twice after an interruption. */
  readonly read: number;
  /** All records of this list, if the server says. */
  readonly size?: number;
  /** Milliseconds that reading them took. */
  readonly busyMs: number;
  /** The papers that changed from this day are stored; all if absent. */
  readonly since?: Day;
  /** …to this day. Absent until the first list is complete. */
  readonly completeTo?: Day;
  readonly completedAt?: string;
}

export interface MissingPapers {
  readonly count: number;
  /** The one that changed first. */
  readonly first?: ListedPaper;
}

export interface HarvestStore {
  get(name: string): Promise<HarvestState | undefined>;
  /** Ordered by name. */
  list(): Promise<HarvestState[]>;
  save(state: HarvestState): Promise<void>;
  /** Deletes harvests that are no longer wanted. */
  forget(names: readonly string[]): Promise<void>;
  /** Returns the ids that have a paper. */
  storedAmong(ids: readonly string[]): Promise<string[]>;
  /** Notes those listed papers that are not stored. */
  noteMissing(name: string, listed: readonly ListedPaper[]): Promise<void>;
  missing(name: string): Promise<MissingPapers>;
  /** Strikes out a missing paper, or all. */
  strike(name: string, paper?: ListedPaper): Promise<void>;
}

type Row = Schema['harvests'];

/** Runs in the store thread. */
export function openHarvestStore(connection: DatabaseConnection): HarvestStore {
  const columns = Object.keys(toRow({ name: '', phase: 'rest', stalls: 0, rounds: 0, read: 0, busyMs: 0 }));
  const byName = connection.prepare<[string], Row>('SELECT * FROM harvests WHERE name = ?');
  const all = connection.prepare<[], Row>('SELECT * FROM harvests ORDER BY name');
  const save = connection.prepare(
    `INSERT INTO harvests (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (name) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  );
  const forget = connection.prepare<[string]>('DELETE FROM harvests WHERE name = ?');
  const isStored = (id: string) =>
    `(EXISTS (SELECT 1 FROM papers WHERE id = ${id}) OR EXISTS (SELECT 1 FROM paper_aliases WHERE alias = ${id}))`;
  const stored = connection
    .prepare<[string], string>(`SELECT value FROM json_each(?) WHERE ${isStored('value')}`)
    .pluck();
  const note = connection.prepare<[{ name: string; listed: string }]>(`
    INSERT INTO harvest_missing (harvest, day, id)
    SELECT @name, day, id
    FROM (SELECT json_extract(value, '$.day') AS day, json_extract(value, '$.id') AS id FROM json_each(@listed)) AS listed
    WHERE NOT ${isStored('listed.id')} ON CONFLICT DO NOTHING`);
  const count = connection
    .prepare<[string], number>('SELECT count(*) FROM harvest_missing WHERE harvest = ?')
    .pluck();
  const first = connection.prepare<[string], ListedPaper>(
    'SELECT id, day FROM harvest_missing WHERE harvest = ? ORDER BY day, id LIMIT 1',
  );
  const strikeOne = connection.prepare<[string, Day, string]>(
    'DELETE FROM harvest_missing WHERE harvest = ? AND day = ? AND id = ?',
  );
  const strikeAll = connection.prepare<[string]>('DELETE FROM harvest_missing WHERE harvest = ?');
  const forgetAll = connection.transaction((names: readonly string[]) => {
    for (const name of names) {
      forget.run(name);
      strikeAll.run(name);
    }
  });

  return {
    async get(name) {
      const row = byName.get(name);
      return row && toState(row);
    },
    list: async () => all.all().map(toState),
    save: async (state) => void save.run(...Object.values(toRow(state))),
    forget: async (names) => void forgetAll.immediate(names),
    storedAmong: async (ids) => stored.all(JSON.stringify(ids)),
    noteMissing: async (name, listed) => void note.run({ name, listed: JSON.stringify(listed) }),
    async missing(name) {
      const next = first.get(name);
      return { count: count.get(name) ?? 0, ...(next && { first: next }) };
    },
    async strike(name, paper) {
      if (paper) strikeOne.run(name, paper.day, paper.id);
      else strikeAll.run(name);
    },
  };
}

function toState(row: Row): HarvestState {
  const { name, phase, stalls, rounds, read } = row;
  return {
    ...{ name, phase, stalls, rounds, read },
    busyMs: row.busy_ms,
    ...compact({
      fromDay: row.from_day,
      token: row.token,
      tokenUntil: row.token_until,
      listDay: row.list_day,
      seenDay: row.seen_day,
      size: row.size,
      since: row.since,
      completeTo: row.complete_to,
      completedAt: row.completed_at,
    }),
  };
}

function toRow(state: HarvestState): Row {
  return {
    name: state.name,
    phase: state.phase,
    from_day: state.fromDay ?? null,
    token: state.token ?? null,
    token_until: state.tokenUntil ?? null,
    list_day: state.listDay ?? null,
    seen_day: state.seenDay ?? null,
    stalls: state.stalls,
    rounds: state.rounds,
    read: state.read,
    size: state.size ?? null,
    busy_ms: state.busyMs,
    since: state.since ?? null,
    complete_to: state.completeTo ?? null,
    completed_at: state.completedAt ?? null,
  };
}
