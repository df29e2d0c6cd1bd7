/** Starts a PostgreSQL server for a run of tests, with a database that the tests copy. */
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { createSchema } from '../../src/db/postgres/create-schema.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server; `undefined` for tests on SQLite. */
    readonly postgres?: string;
  }
}

export const TEMPLATE = 'paperboy_template';

export default async function start({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const made = openPostgres(server.url);
  made.exec(`CREATE DATABASE ${TEMPLATE}`);
  made.close();
  const migrated = openDatabase(':memory:');
  await migrate(migrated);
  const template = openPostgres(new URL(TEMPLATE, server.url).href);
  createSchema(template, migrated);
  template.close();
  migrated.close();
  provide('postgres', server.url);
  return () => server.stop();
}
