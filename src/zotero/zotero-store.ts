/** Stores connections to Zotero, and the items of their collections. Runs in the store thread. */
import { compact } from '../base/compact.ts';
import type { PersonRef } from '../chat/caller.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { rewriteTables } from '../db/erase.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import type { ZoteroConnectionTable, ZoteroItemTable } from '../db/tables/people.ts';
import type { PaperRecord } from '../papers/paper.ts';
import { toPaper } from '../papers/paper-row.ts';
import { openPaperWriter } from '../papers/paper-writer-store.ts';
import { generatedId } from '../text/ids.ts';
import type { SaveState } from './decide.ts';
import { openSavedPapers } from './saved-papers-store.ts';
import { isSameTags } from './tags.ts';
import type { ConnectionRef, ItemRow, LocalStep, ZoteroConnection, ZoteroStore } from './zotero.ts';

const WHO = 'platform = @platform AND workspace = @workspace AND person = @person';
const HELD = `${WHO} AND token = @token`;
/** What a person has before the first sync. */
const FRESH = 'version = 0, failures = 0, problem = NULL, synced_changes = -1';

export function openZoteroStore(connection: DatabaseConnection): ZoteroStore {
  const saves = openSavedPapers(connection);
  const writer = openPaperWriter(connection);
  const find = connection.prepare<[PersonRef], ZoteroConnectionTable>(
    `SELECT * FROM zotero_connections WHERE ${WHO}`,
  );
  const held = connection.prepare<[ConnectionRef], ZoteroConnectionTable>(
    `SELECT * FROM zotero_connections WHERE ${HELD}`,
  );
  const due = connection.prepare<[{ now: number; limit: number }], ZoteroConnectionTable>(
    `SELECT * FROM zotero_connections
     WHERE state = 'on' AND not_before <= @now AND (next_at <= @now OR changes <> synced_changes)
     ORDER BY next_at LIMIT @limit`,
  );
  const insert = connection.prepare(
    `INSERT INTO zotero_connections (platform, workspace, person, token, team, sealed, account,
       library, library_name, collection, collection_name, is_created, state, problem, version, changes,
       synced_changes, next_at, not_before, failures, synced_at)
     VALUES (@platform, @workspace, @person, @token, @team, @sealed, @account, @library, @libraryName,
       @collection, @collectionName, @isCreated, @state, NULL, 0, 0, -1, @now, 0, 0, NULL)
     ON CONFLICT (platform, workspace, person) DO UPDATE SET token = excluded.token, team = excluded.team,
       sealed = excluded.sealed, account = excluded.account, library = excluded.library,
       library_name = excluded.library_name, collection = excluded.collection,
       collection_name = excluded.collection_name, is_created = excluded.is_created, state = excluded.state,
       problem = NULL, version = 0, changes = 0, synced_changes = -1, next_at = excluded.next_at, not_before = 0,
       failures = 0, synced_at = NULL`,
  );
  const dropConnection = connection.prepare<[PersonRef]>(`DELETE FROM zotero_connections WHERE ${WHO}`);
  const dropItems = connection.prepare<[PersonRef]>(`DELETE FROM zotero_items WHERE ${WHO}`);
  const dropItem = connection.prepare<[PersonRef & { item: string }]>(
    `DELETE FROM zotero_items WHERE ${WHO} AND item = @item`,
  );
  const start = connection.prepare<[ConnectionRef & { now: number }]>(
    `UPDATE zotero_connections SET state = 'on', next_at = @now, ${FRESH} WHERE ${HELD} AND state = 'asked'`,
  );
  const created = connection.prepare<[ConnectionRef]>(
    `UPDATE zotero_connections SET is_created = 1 WHERE ${HELD}`,
  );
  const items = connection.prepare<[PersonRef], ZoteroItemTable>(`SELECT * FROM zotero_items WHERE ${WHO}`);
  const putItem = connection.prepare<[PersonRef & Omit<ZoteroItemTable, keyof PersonRef>]>(
    `INSERT INTO zotero_items (platform, workspace, person, item, paper, version, present, tags,
       saved_at)
     VALUES (@platform, @workspace, @person, @item, @paper, @version, @present, @tags, @saved_at)
     ON CONFLICT (platform, workspace, person, item) DO UPDATE SET paper = excluded.paper,
       version = excluded.version, present = excluded.present, tags = excluded.tags, saved_at = excluded.saved_at`,
  );
  const setChanges = connection.prepare<[ConnectionRef & { changes: number }]>(
    `UPDATE zotero_connections SET changes = @changes WHERE ${HELD}`,
  );
  const finish = connection.prepare(
    `UPDATE zotero_connections SET version = @version, synced_changes = @changes, synced_at = @syncedAt,
       next_at = @nextAt, not_before = @notBefore, failures = 0, problem = @problem
     WHERE ${HELD}`,
  );
  const postpone = connection.prepare(
    `UPDATE zotero_connections SET next_at = @nextAt, not_before = @notBefore, failures = @failures,
       problem = coalesce(@problem, problem)
     WHERE ${HELD}`,
  );
  const stop = connection.prepare<[ConnectionRef & { problem: string }]>(
    `UPDATE zotero_connections SET state = 'stopped', problem = @problem WHERE ${HELD} AND state = 'on'`,
  );
  const paperById = connection
    .prepare<[{ id: string }], number>(
      `SELECT pk FROM papers WHERE id = @id
       UNION ALL SELECT paper FROM paper_aliases WHERE alias = @id LIMIT 1`,
    )
    .pluck();
  const paperByTitle = connection
    .prepare<[string], number>('SELECT pk FROM papers WHERE title_key = ? ORDER BY pk LIMIT 1')
    .pluck();
  const paper = connection.prepare<[number], PaperTable>('SELECT * FROM papers WHERE pk = ?');

  /** Runs work in a transaction if the connection is still the same. */
  function whileHeld<Result>(
    ref: ConnectionRef,
    work: (row: ZoteroConnectionTable) => Result,
  ): Result | undefined {
    return connection
      .transaction(() => {
        const row = held.get(named(ref));
        return row && work(row);
      })
      .immediate();
  }

  function meet(record: PaperRecord, at: string): number {
    writer.write([record], 'zotero', at);
    const id = generatedId(record.title);
    const found =
      record.id === undefined
        ? (paperByTitle.get(id.slice(id.indexOf('-') + 1)) ?? paperById.get({ id }))
        : paperById.get({ id: record.id });
    if (found === undefined) throw new Error(`The paper “${record.title}” was not stored`);
    return found;
  }

  function applyOne(
    row: ZoteroConnectionTable,
    { paper: pk, expected, to }: LocalStep,
    at: string,
  ): SaveState | 'refused' | 'removed' {
    const now = saves.find(row, pk);
    const isAsRead = now?.savedAt === expected?.savedAt && isSameTags(now?.tags ?? [], expected?.tags ?? []);
    if (!isAsRead) return 'refused';
    if (to === 'unsave') {
      saves.unsave(row, pk);
      return 'removed';
    }
    if (!now) saves.save(row, pk, at);
    saves.setTags(row, pk, to.tags);
    return saves.find(row, pk) ?? 'refused';
  }

  return {
    async connect(person, made, now) {
      connection
        .transaction(() => {
          const before = find.get(named(person));
          const isSame = before?.library === made.library && before.collection === made.collection;
          if (before && !isSame) dropItems.run(named(person));
          insert.run({ ...named(person), ...made, isCreated: Number(made.isCreated), now });
        })
        .immediate();
    },
    async of(person) {
      const row = find.get(named(person));
      return row && toConnection(row);
    },
    async disconnect(person) {
      return connection
        .transaction(() => {
          dropItems.run(named(person));
          const isGone = dropConnection.run(named(person)).changes > 0;
          if (isGone) rewriteTables(connection, ['zotero_connections', 'zotero_items']);
          return isGone;
        })
        .immediate();
    },
    start: async (ref, now) => void start.run({ ...named(ref), now }),
    due: async (now, limit) => due.all({ now, limit }).map(toConnection),
    read: async (ref) =>
      whileHeld(ref, (row) => ({
        connection: toConnection(row),
        saves: saves.all(row),
        items: items.all(row).map(toItemRow),
        changes: row.changes,
      })),
    created: async (ref) => (created.run(named(ref)).changes > 0 ? true : undefined),
    meet: async (ref, records, at) => whileHeld(ref, () => records.map((record) => meet(record, at))),
    async papers(papers) {
      return new Map(
        papers.flatMap((pk) => {
          const row = paper.get(pk);
          return row ? [[pk, toPaper(row)] as const] : [];
        }),
      );
    },
    apply: async (ref, steps, at) =>
      whileHeld(ref, (row) => {
        const after = steps.map((step) => applyOne(row, step, at));
        // The triggers counted these changes, which Zotero need not hear of.
        setChanges.run({ ...named(ref), changes: row.changes });
        return after;
      }),
    mark: async (ref, rows, gone = []) =>
      whileHeld(ref, (row) => {
        for (const item of gone) dropItem.run({ ...row, item });
        for (const { isPresent, tags, savedAt, ...facts } of rows) {
          putItem.run({
            ...named(row),
            ...facts,
            present: Number(isPresent),
            tags: JSON.stringify(tags),
            saved_at: savedAt,
          });
        }
        return true as const;
      }),
    finish: async (ref, end) =>
      finish.run({ problem: null, ...end, ...named(ref) }).changes > 0 ? true : undefined,
    postpone: async (ref, end) =>
      postpone.run({ problem: null, ...end, ...named(ref) }).changes > 0 ? true : undefined,
    stop: async (ref, problem) => stop.run({ ...named(ref), problem }).changes > 0,
  };
}

function named<Ref extends PersonRef & { readonly token?: string }>({
  platform,
  workspace,
  person,
  token,
}: Ref) {
  return { platform, workspace, person, token: token ?? '' };
}

function toConnection(row: ZoteroConnectionTable): ZoteroConnection {
  const { library_name, collection_name, is_created, state, problem, synced_at } = row;
  const {
    platform,
    workspace,
    person,
    token,
    team,
    sealed,
    account,
    library,
    collection,
    version,
    failures,
  } = row;
  return {
    ...{ platform, workspace, person, token, team, sealed, account, library, collection, version, failures },
    libraryName: library_name,
    collectionName: collection_name,
    isCreated: is_created === 1,
    state: state === 'on' || state === 'asked' ? state : 'stopped',
    ...compact({ problem: problem ?? undefined, syncedAt: synced_at ?? undefined }),
  };
}

function toItemRow({ item, paper, version, present, tags, saved_at }: ZoteroItemTable): ItemRow {
  return {
    ...{ item, paper, version },
    isPresent: present === 1,
    tags: JSON.parse(tags) as string[],
    savedAt: saved_at,
  };
}
