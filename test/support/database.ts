/** A real database with the real migrations, in memory or in its own folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { migrate } from '../../src/db/migrator.ts';
import { type Connection, openDatabase } from '../../src/db/open.ts';

/** Closes the database when the test ends. */
export async function openTestDatabase(path = ':memory:'): Promise<Connection> {
  const connection = openDatabase(path);
  onTestFinished(() => void connection.close());
  await migrate(connection);
  return connection;
}

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
