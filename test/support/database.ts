/** A real database with the real migrations, in memory or in its own folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { migrate } from '../../src/db/migrator.ts';
import { type Connection, openDatabase } from '../../src/db/open.ts';

/** A new database's bytes: migrating thousands of them in a run would take half a minute. */
let empty: Buffer | undefined;

/** Closes the database when the test ends. */
export async function openTestDatabase(path = ':memory:'): Promise<Connection> {
  const isTemporary = path === ':memory:';
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
