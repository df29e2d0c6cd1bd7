import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openLedger } from '../../src/delivery/ledger/ledger-store.ts';
import { openFeedStore } from '../../src/feeds/feed-store.ts';
import { defaultSettings } from '../../src/feeds/options/feed-options.ts';
import { openMessageStore } from '../../src/messages/message-store.ts';
import { openWorkspaceStore } from '../../src/workspaces/workspace-store.ts';
import { columnsOf, openTestDatabase, temporaryFolder } from '../support/database.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2026-05-29T12:00:00Z');
const AT = '2026-05-29T12:00:00Z';
const SEALED = Buffer.from('sealed');

/** Every table with rows of a workspace, as the migrations created them. */
function tablesOfWorkspaces(connection: DatabaseConnection): string[] {
  return columnsOf(connection)
    .filter(({ table, column }) => column === 'workspace' && table !== 'gone_workspaces')
    .map(({ table }) => table);
}

/** Valid values of `kind` in tables that are not about deliveries. */
const KINDS: Readonly<Record<string, string>> = {
  feedback: 'more',
  taste_subjects: 'like',
  channel_acts: 'saved',
  channel_subjects: 'pinned',
};

/** A row with any valid values in its other columns. */
function addRow(connection: DatabaseConnection, table: string, workspace: string, row = ''): void {
  const given: Readonly<Record<string, unknown>> = {
    platform: 'slack',
    workspace,
    channel: `C${workspace}${row}`,
    paper: 1,
    kind: KINDS[table] ?? 'root',
    state: table === 'save_details' ? 'read' : 'planned',
    pk: null,
    hash: Buffer.from(`${workspace}${row}`),
    origin: table === 'channel_subjects' ? 'name' : 'command',
    key: `${table} ${workspace}${row}`,
    root: null,
    ready: 1,
    person: `x${row}`,
    id: ['deliveries', 'recipients', 'watches', 'inboxes', 'mail_codes'].includes(table) ? null : 'a',
    ...(table === 'mail_addresses' && { id: `${workspace}${row}`, token: `${workspace}${row}` }),
  };
  // The database gives a key itself.
  const columns = columnsOf(connection, table).filter(({ column }) => given[column] !== null);
  const values = columns.map(({ column, type }) => {
    if (Object.hasOwn(given, column)) return given[column];
    return type === 'INTEGER' ? 1 : type === 'BLOB' ? SEALED : 'x';
  });
  const names = columns.map(({ column }) => column).join(', ');
  const marks = columns.map(() => '?').join(', ');
  connection.prepare(`INSERT INTO ${table} (${names}) VALUES (${marks})`).run(...values);
}

function rowsOf(connection: DatabaseConnection, workspace: string): Record<string, number> {
  return Object.fromEntries(
    tablesOfWorkspaces(connection).map((table) => [
      table,
      connection
        .prepare<[string], number>(`SELECT count(*) FROM ${table} WHERE workspace = ?`)
        .pluck()
        .get(workspace) ?? 0,
    ]),
  );
}

async function opened() {
  const connection = await openTestDatabase();
  connection
    .prepare(
      `INSERT INTO papers (pk, id, title_key, title, abstract, authors, categories, keywords, text_rank, on_hugging_face, added_at, changed_at)
       VALUES (1, '2605.00001', 'k', 't', 'a', '[]', '[]', '[]', 1, 0, '${AT}', '${AT}')`,
    )
    .run();
  const store = openWorkspaceStore(connection);
  const fill = (workspace: string) => {
    for (const table of tablesOfWorkspaces(connection)) addRow(connection, table, workspace);
  };
  return { connection, store, messages: openMessageStore(connection), fill };
}

const all = (tables: Record<string, number>, count: number) =>
  Object.fromEntries(Object.keys(tables).map((table) => [table, count]));

describe('an event’s key', () => {
  it('only one of a hundred concurrent events is the first', async () => {
    const { store } = await opened();
    const told = await Promise.all(
      Array.from({ length: 100 }, () => store.markSeen('slack', ['Ev1', 'v0=abc'], NOW)),
    );
    expect(told.filter(Boolean)).toEqual([true]);
  });

  it('an event is recognised by any of its keys, on its platform, for a day', async () => {
    const { store } = await opened();
    expect(await store.markSeen('slack', ['Ev1', 'shared'], NOW)).toBe(true);
    expect(await store.markSeen('slack', ['Ev2', 'shared'], NOW)).toBe(false);
    expect(await store.markSeen('discord', ['Ev1'], NOW)).toBe(true);
    expect(await store.markSeen('slack', ['Ev1'], NOW + 24 * HOUR_MS)).toBe(false);
    expect(await store.markSeen('slack', ['Ev1'], NOW + 24 * HOUR_MS + 1)).toBe(true);
  });
});

it('handled events name no channel and no message', async () => {
  const { connection, store } = await opened();
  await store.markSeen('slack', ['link C0SECRET 1748.5 2605.00001'], NOW);
  const keys = connection.prepare('SELECT key FROM handled_events').pluck().all();
  expect(keys).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
});

describe('a workspace that is deleted', () => {
  it('deleting a workspace leaves no byte of it in the file or journal except the mark that it is gone', async () => {
    const path = join(temporaryFolder(), 'paperboy.db');
    const connection = openDatabase(path);
    await migrate(connection);
    connection.pragma('foreign_keys = OFF');
    const store = openWorkspaceStore(connection);
    connection.transaction(() => {
      const found = tablesOfWorkspaces(connection);
      for (let row = 0; row < 300; row++) {
        const tables = found.filter((table) => row === 0 || table !== 'installations');
        for (const workspace of ['T0GONE', 'T0OTHER'])
          for (const table of tables) addRow(connection, table, workspace, ` ${row}`);
      }
    })();
    await store.forget('slack', 'T0GONE', NOW);
    connection.exec('DELETE FROM gone_workspaces');
    connection.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(path).includes('T0GONE')).toBe(false);
    expect(readFileSync(path).includes('T0OTHER')).toBe(true);
    connection.close();
  });

  it('deleting a workspace removes all its rows and no others', async () => {
    const { connection, store, fill } = await opened();
    fill('T1');
    fill('T2');
    expect(rowsOf(connection, 'T1')).toEqual(all(rowsOf(connection, 'T1'), 1));
    await store.forget('slack', 'T1', NOW);
    expect(rowsOf(connection, 'T1')).toEqual(all(rowsOf(connection, 'T1'), 0));
    expect(rowsOf(connection, 'T2')).toEqual(all(rowsOf(connection, 'T2'), 1));
    await store.forget('slack', 'T1', NOW);
    expect(rowsOf(connection, 'T2')).toEqual(all(rowsOf(connection, 'T2'), 1));
  });

  it('work in progress writes nothing for a deleted workspace for an hour, or until it is installed again', async () => {
    const { connection, store, fill } = await opened();
    await store.forget('slack', 'T1', NOW);
    fill('T1');
    const { installations, ...written } = rowsOf(connection, 'T1');
    expect(installations).toBe(1);
    expect(written).toEqual(all(written, 0));
    await store.install('slack', { workspace: 'T1', sealed: SEALED }, AT);
    fill2('T1');
    await store.forget('slack', 'T1', NOW);
    await store.markSeen('slack', ['Ev1'], NOW + HOUR_MS + 1);
    fill('T1');
    expect(rowsOf(connection, 'T1')).toEqual(all(rowsOf(connection, 'T1'), 1));

    function fill2(workspace: string): void {
      for (const table of Object.keys(written)) addRow(connection, table, workspace);
      expect(rowsOf(connection, workspace)).toEqual(all(rowsOf(connection, workspace), 1));
    }
  });

  it('a workspace that is marked as installed accepts rows again', async () => {
    const { connection, store, fill } = await opened();
    await store.forget('slack', 'T1', NOW);
    await store.welcome('slack', 'T1');
    fill('T1');
    expect(rowsOf(connection, 'T1')).toEqual(all(rowsOf(connection, 'T1'), 1));
  });

  it('deleting a workspace removes the lines of its buttons unless others use them', async () => {
    const { store, messages } = await opened();
    const of = (workspace: string) => ({ platform: 'slack', workspace });
    await messages.keepLines(new Map([['own', '/papers search own']]), of('T1'), AT);
    await messages.keepLines(new Map([['both', '/papers search both']]), of('T1'), AT);
    await messages.keepLines(new Map([['both', '/papers search both']]), of('T2'), AT);
    await store.forget('slack', 'T1', NOW);
    await messages.keepLines(new Map([['late', '/papers search late']]), of('T1'), AT);
    expect(await messages.lineOf('own')).toBeUndefined();
    expect(await messages.lineOf('late')).toBeUndefined();
    expect(await messages.lineOf('both')).toBe('/papers search both');
    await store.forget('slack', 'T2', NOW);
    expect(await messages.lineOf('both')).toBeUndefined();
  });

  it('deleting a workspace keeps its model calls counted per person, under a hash', async () => {
    const { connection, store } = await opened();
    for (const person of ['U1', 'U2']) {
      connection.prepare(`INSERT INTO model_calls VALUES ('2026-05-29', 'slack', 'T1', ?, 3)`).run(person);
    }
    await store.forget('slack', 'T1', NOW);
    const person = expect.stringMatching(/^[0-9a-f]{64}$/);
    const kept = { day: '2026-05-29', platform: '', workspace: '', person, calls: 3 };
    expect(connection.prepare('SELECT * FROM model_calls').all()).toEqual([kept, kept]);
  });
});

describe('a channel that gets another ID', () => {
  const channelsIn = (connection: DatabaseConnection) =>
    Object.fromEntries(
      columnsOf(connection)
        .filter(({ column }) => ['channel', 'message_channel'].includes(column))
        .map(({ table, column }) => [
          `${table}.${column}`,
          connection.prepare<[], string>(`SELECT ${column} FROM ${table} ORDER BY 1`).pluck().all(),
        ]),
    );

  it('a channel with a new id keeps all its rows, and other channels are unchanged', async () => {
    const { connection, store, fill } = await opened();
    fill('T1');
    fill('T2');
    connection.exec('UPDATE deliveries SET message_channel = channel');
    const before = channelsIn(connection);
    expect(Object.keys(before).length).toBeGreaterThanOrEqual(9);
    await store.moveChannel('slack', 'T1', 'CT1', 'CNEW', NOW);
    await store.moveChannel('slack', 'T2', 'CT1', 'COTHER', NOW);
    const expected = Object.keys(before).map((column) => [column, ['CNEW', 'CT2']]);
    expect(channelsIn(connection)).toEqual(Object.fromEntries(expected));
  });

  it('rows under the new id of a channel take precedence over the old ones', async () => {
    const { store, connection } = await opened();
    const feeds = openFeedStore(connection);
    const refOf = (channel: string) => ({ platform: 'slack', workspace: 'T1', channel });
    const follow = (channel: string, count: number) =>
      feeds.follow({
        channel: refOf(channel),
        settings: { ...defaultSettings('UTC'), count },
        manager: 'U1',
        at: AT,
      });
    await follow('COLD', 1);
    await follow('COLD', 2);
    await follow('CNEW', 9);
    await store.moveChannel('slack', 'T1', 'COLD', 'CNEW', NOW);
    expect((await feeds.of(refOf('CNEW'))).map(({ id, settings }) => [id, settings.count])).toEqual([
      ['a', 9],
      ['b', 2],
    ]);
    expect((await follow('CNEW', 3)).id).toBe('c');
  });

  it('a moved channel gets no posts before the engine reloads its feeds', async () => {
    const { store, connection } = await opened();
    const ledger = openLedger(connection);
    const channel = { platform: 'slack', workspace: 'T1', channel: 'COLD' };
    await ledger.plan([{ channel, feed: 'a', day: '2026-05-29', due: NOW }], NOW);
    expect(await ledger.due({ platform: 'slack', owner: 'test', limit: 10, except: [] }, NOW)).toHaveLength(
      1,
    );
    await store.moveChannel('slack', 'T1', 'COLD', 'CNEW', NOW);
    expect(
      await ledger.due({ platform: 'slack', owner: 'test', limit: 10, except: [] }, NOW + 30_000),
    ).toEqual([]);
    expect(
      await ledger.due({ platform: 'slack', owner: 'test', limit: 10, except: [] }, NOW + 60_000),
    ).toMatchObject([{ channel: { channel: 'CNEW' } }]);
  });
});

describe('the list of installations', () => {
  it('installations are listed by platform with date and number of feeds, one per workspace', async () => {
    const { connection, store } = await opened();
    await store.install('slack', { workspace: 'T2', sealed: SEALED }, '2026-05-02T00:00:00Z');
    await store.install('slack', { workspace: 'T1', sealed: Buffer.from('old') }, '2026-05-01T00:00:00Z');
    await store.install('slack', { workspace: 'T1', sealed: SEALED }, '2026-05-03T00:00:00Z');
    addRow(connection, 'feeds', 'T1');
    expect(await store.installed('slack')).toEqual([
      { workspace: 'T2', sealed: SEALED, installedAt: '2026-05-02T00:00:00Z', feeds: 0 },
      { workspace: 'T1', sealed: SEALED, installedAt: '2026-05-03T00:00:00Z', feeds: 1 },
    ]);
    expect(await store.installed('discord')).toEqual([]);
    expect(await store.installation('slack', 'T1')).toMatchObject({ feeds: 1 });
    expect(await store.installation('slack', 'T9')).toBeUndefined();
  });
});
