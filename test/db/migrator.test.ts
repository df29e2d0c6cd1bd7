import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../src/db/check.ts';
import type { Migration } from '../../src/db/migration.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase, type SqliteConnection } from '../../src/db/open.ts';
import { openTestSqlite, temporaryFolder } from '../support/database.ts';

const first: Migration = { name: 'one', up: (db) => void db.exec('CREATE TABLE one (n INTEGER) STRICT') };
const second: Migration = { name: 'two', up: (db) => void db.exec('CREATE TABLE two (n INTEGER) STRICT') };
const failing: Migration = {
  name: 'fails half way',
  up(db) {
    db.exec('CREATE TABLE half (n INTEGER) STRICT');
    throw new Error('power cut');
  },
};

const tables = (connection: SqliteConnection) =>
  connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all();

describe('a migration', () => {
  it('migrating twice has no effect', async () => {
    const path = join(temporaryFolder(), 'paperboy.db');
    const connection = await openTestSqlite(path);
    const before = tables(connection);
    const report = await migrate(connection);
    expect(report.from).toBe(report.to);
    expect(tables(connection)).toEqual(before);
  });

  it('a database with data is backed up before a migration', async () => {
    const path = join(temporaryFolder(), 'paperboy.db');
    const connection = openDatabase(path);
    expect(await migrate(connection, [first])).toEqual({ from: 0, to: 1 });
    connection.exec('INSERT INTO one VALUES (7)');
    const { backup = '' } = await migrate(connection, [first, second]);
    connection.close();
    expect(checkFile(backup)).toBeUndefined();
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const copy = openDatabase(backup, { readonly: true });
    expect([tables(copy), copy.prepare('SELECT n FROM one').pluck().get()]).toEqual([['one'], 7]);
    copy.close();
  });

  it('of a database with data is announced before it begins, and no other one is', async () => {
    const connection = openDatabase(join(temporaryFolder(), 'paperboy.db'));
    const told: object[] = [];
    const announce = (upgrade: object) => void told.push({ ...upgrade, found: tables(connection) });
    await migrate(connection, [first], announce);
    await migrate(connection, [first], announce);
    expect(told).toEqual([]);
    await migrate(connection, [first, second], announce);
    expect(told).toEqual([{ from: 1, to: 2, found: ['one'] }]);
    connection.close();
  });

  it('a failed migration step leaves no changes and can be repeated', async () => {
    const connection = openDatabase(':memory:');
    await expect(migrate(connection, [first, failing])).rejects.toThrow('power cut');
    expect(tables(connection)).toEqual(['one']);
    expect(await migrate(connection, [first, second])).toMatchObject({ from: 1, to: 2 });
    connection.close();
  });

  it('a database from a newer version is refused and unchanged', async () => {
    const path = join(temporaryFolder(), 'paperboy.db');
    const connection = openDatabase(path);
    await migrate(connection, [first, second]);
    await expect(migrate(connection, [first])).rejects.toThrow(
      /newer Paperboy \(schema 2; this one supports 1\)/,
    );
    expect(tables(connection)).toEqual(['one', 'two']);
    connection.close();
  });

  it("refuses another program's database", async () => {
    const path = join(temporaryFolder(), 'paperboy.db');
    const foreign = new Database(path);
    foreign.exec('CREATE TABLE theirs (n INTEGER)');
    foreign.close();
    const connection = openDatabase(path);
    await expect(migrate(connection)).rejects.toThrow(/is not a Paperboy database/);
    expect(tables(connection)).toEqual(['theirs']);
    connection.close();
  });

  it('two concurrent processes migrate only once', async () => {
    const path = join(temporaryFolder(), 'paperboy.db');
    const one = openDatabase(path);
    const two = openDatabase(path);
    await Promise.all([migrate(one), migrate(two)]);
    expect(tables(one)).toContain('papers');
    one.close();
    two.close();
  });

  it('migrations survive kill -9 at any point', async () => {
    const steps = [first, second];
    for (const [killedAt] of steps.entries()) {
      const path = join(temporaryFolder(), 'paperboy.db');
      const script = join(temporaryFolder(), 'migrate.ts');
      const source = (name: string) => JSON.stringify(new URL(`../../src/db/${name}`, import.meta.url).href);
      writeFileSync(
        script,
        `import { migrate } from ${source('migrator.ts')};
         import { openDatabase } from ${source('open.ts')};
         const step = (n) => ({ name: String(n), up(db) {
           db.exec('CREATE TABLE t' + n + ' (n INTEGER) STRICT');
           if (n === ${killedAt}) process.kill(process.pid, 'SIGKILL');
         } });
         void migrate(openDatabase(${JSON.stringify(path)}), [step(0), step(1)]);`,
      );
      const { signal } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
      expect(signal).toBe('SIGKILL');
      const connection = openDatabase(path);
      expect(tables(connection)).toEqual(killedAt === 0 ? [] : ['t0']);
      expect(await migrate(connection, [first, second])).toMatchObject({ from: killedAt, to: 2 });
      connection.close();
    }
  });
});
