import { beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { MIGRATIONS } from '../../../src/db/migrator.ts';
import { migratePostgres, versionOf } from '../../../src/db/postgres/migrate-postgres.ts';
import { openPostgres } from '../../../src/db/postgres/postgres.ts';

/** The first version that PostgreSQL can be upgraded from. */
const FIRST = 40;
let made = 0;

function openEmpty(): { open(): DatabaseConnection } {
  const server = inject('postgres') ?? '';
  const name = `empty_${process.pid}_${++made}`;
  const creator = openPostgres(server);
  creator.exec(`CREATE DATABASE ${name}`);
  onTestFinished(() => {
    creator.exec(`DROP DATABASE ${name} WITH (FORCE)`);
    creator.close();
  });
  return {
    open() {
      const connection = openPostgres(new URL(name, server).href);
      onTestFinished(() => connection.close());
      return connection;
    },
  };
}

/** Columns with types, defaults and checks, and indexes. */
function schemaOf(connection: DatabaseConnection): unknown[] {
  const columns = connection
    .prepare(
      `SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name
       FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2`,
    )
    .all();
  const indexes = connection
    .prepare('SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1')
    .all();
  return [...columns, ...indexes];
}

describe('a PostgreSQL database', () => {
  let first: DatabaseConnection;
  let second: DatabaseConnection;
  beforeEach(() => {
    const database = openEmpty();
    first = database.open();
    second = database.open();
  });

  it('gets its tables once, whichever process is first', async () => {
    const reports = [await migratePostgres(first), await migratePostgres(second)];
    expect(reports).toEqual([
      { from: 0, to: MIGRATIONS.length },
      { from: MIGRATIONS.length, to: MIGRATIONS.length },
    ]);
    expect(versionOf(second)).toBe(MIGRATIONS.length);
  });

  it('is the same after an upgrade as when it is new', async () => {
    await migratePostgres(first, MIGRATIONS.slice(0, FIRST));
    const upgrades: object[] = [];
    await migratePostgres(second, MIGRATIONS, (upgrade) => upgrades.push(upgrade));
    expect(upgrades).toEqual([{ from: FIRST, to: MIGRATIONS.length }]);
    const upgraded = schemaOf(second);
    const fresh = openEmpty().open();
    await migratePostgres(fresh);
    expect(upgraded).toEqual(schemaOf(fresh));
  });

  it('from a newer version is refused', async () => {
    await migratePostgres(first);
    first.exec('UPDATE schema_version SET version = version + 1');
    await expect(migratePostgres(second)).rejects.toThrow(/written by a newer Paperboy/);
  });
});
