/** A real database with the real migrations, in memory or in its own folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { migrate } from '../../src/db/migrator.ts';
import { type Connection, openDatabase } from '../../src/db/open.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { TEMPLATE } from './postgres.ts';

/** A new database's bytes: migrating thousands of them in a run would take half a minute. */
let empty: Buffer | undefined;

/** Closes the database when the test ends. */
export async function openTestDatabase(path = ':memory:'): Promise<Connection> {
  const isTemporary = path === ':memory:';
  const server = inject('postgres');
  if (isTemporary && server !== undefined) return openTestPostgres(server);
  const connection = openDatabase((isTemporary && empty) || path);
  onTestFinished(() => void connection.close());
  await migrate(connection);
  if (isTemporary) empty ??= connection.serialize();
  return connection;
}

/** The same data once more, in memory. Closes it when the test ends. */
export function copyDatabase(connection: Connection): Connection {
  const copy = openDatabase(connection.serialize());
  onTestFinished(() => void copy.close());
  return copy;
}

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let made = 0;

/** A new database of the server, which has the tables. */
function openTestPostgres(server: string): Connection {
  const name = `test_${process.pid}_${++made}`;
  const creator = openPostgres(server);
  creator.exec(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  creator.close();
  const connection = openPostgres(new URL(name, server).href);
  onTestFinished(() => connection.close());
  // Stores use no more of it than both engines have.
  return connection as unknown as Connection;
}
