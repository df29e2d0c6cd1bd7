import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '../../../src/db/migrator.ts';
import { openDatabase } from '../../../src/db/open.ts';
import { openPersonalData } from '../../../src/privacy/personal-data-store.ts';
import { temporaryFolder } from '../../support/database.ts';

const CANARY = 'U0CANARY0PERSON';
const AT = '2026-05-29T12:00:00.000Z';
const OTHER = 'U0SOMEBODY0ELSE';
/** Columns with the ID of a person, in any table. */
const NAMING = ['person', 'manager', 'named_by'];

async function openFile() {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = openDatabase(path);
  await migrate(connection);
  connection.pragma('foreign_keys = OFF');
  const tables = connection
    .prepare<[string], string>(
      `SELECT DISTINCT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
       WHERE m.type = 'table' AND c.name IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(JSON.stringify(NAMING));
  return { path, connection, tables };
}

it('a person’s data is deleted from every table that names people, and from the bytes of the file and its journal', async () => {
  const { path, connection, tables } = await openFile();
  expect(tables.length).toBeGreaterThanOrEqual(5);
  for (const table of tables) {
    for (const person of [CANARY, OTHER]) {
      const columns = connection
        .prepare<[], { name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${table}')`)
        .all();
      const given: Readonly<Record<string, unknown>> = {
        platform: 'slack',
        workspace: 'T1',
        origin: 'command',
        id: person === CANARY ? 'a' : 'b',
        channel: person === CANARY ? 'C1' : 'C2',
      };
      const values = columns.map(({ name, type }) => {
        if (NAMING.includes(name)) return person;
        return given[name] ?? (type === 'INTEGER' ? 1 : 'x');
      });
      connection.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`).run(...values);
    }
  }
  const people = openPersonalData(connection);
  const canary = { platform: 'slack', workspace: 'T1', person: CANARY };
  expect(await people.of(canary)).toEqual({ saves: 1, reactions: 1, channels: 1, named: 1, questions: 1 });
  await people.forget({ ...canary, workspace: 'T2' }, AT);
  expect(await people.of(canary)).toEqual({ saves: 1, reactions: 1, channels: 1, named: 1, questions: 1 });
  await people.forget(canary, AT);
  expect(await people.of(canary)).toEqual({ saves: 0, reactions: 0, channels: 0, named: 0, questions: 0 });
  expect(await people.of({ ...canary, person: OTHER })).toMatchObject({ saves: 1, reactions: 1 });
  for (const file of [path, `${path}-wal`]) expect(readFileSync(file).includes(CANARY)).toBe(false);
  expect(readFileSync(path).includes(OTHER)).toBe(true);
  connection.close();
});
