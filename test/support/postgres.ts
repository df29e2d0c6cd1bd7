/** Starts a PostgreSQL server for a run of tests, with a database that the tests copy. */
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { createSchema } from '../../src/db/postgres/create-schema.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { type PostgresServer, startPglite, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server; `undefined` for tests on SQLite. */
    readonly postgres?: string;
  }
}

export const TEMPLATE = 'paperboy_template';

/** Brings a used database back to what the template has; a new one takes twenty times as long. */
const STARTING_OVER = `
  CREATE SCHEMA fresh;
  DO $$ DECLARE name text; has_rows boolean; BEGIN
    FOR name IN SELECT table_name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' LOOP
      EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO has_rows;
      IF has_rows THEN EXECUTE format('CREATE TABLE fresh.%I AS SELECT * FROM public.%I', name, name); END IF;
    END LOOP;
  END $$;
  CREATE TABLE fresh.numbers (name text, number bigint, is_given boolean);
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
      EXECUTE format('INSERT INTO fresh.numbers SELECT %L, last_value, is_called FROM public.%I', name, name);
    END LOOP;
  END $$;
  CREATE FUNCTION fresh.start_over() RETURNS void LANGUAGE plpgsql AS $$ DECLARE name text; BEGIN
    -- Without foreign keys and triggers.
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT table_name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' LOOP
      EXECUTE format('DELETE FROM public.%I', name);
    END LOOP;
    FOR name IN SELECT table_name FROM information_schema.tables
      WHERE table_schema = 'fresh' AND table_name <> 'numbers' LOOP
      EXECUTE format('INSERT INTO public.%I SELECT * FROM fresh.%I', name, name);
    END LOOP;
    PERFORM setval(format('public.%I', numbers.name)::regclass, number, is_given) FROM fresh.numbers;
  END $$;`;

/** With `TEST_DATABASE_URL`, on that server, as a user who may create databases; or on PGlite (`pglite`). */
export default async function start({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startServer(process.env['TEST_DATABASE_URL']);
  const made = openPostgres(server.url);
  made.exec(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  made.exec(`CREATE DATABASE ${TEMPLATE}`);
  made.close();
  const migrated = openDatabase(':memory:');
  await migrate(migrated);
  const template = openPostgres(new URL(TEMPLATE, server.url).href);
  createSchema(template, migrated);
  template.exec(STARTING_OVER);
  template.close();
  migrated.close();
  provide('postgres', server.url);
  return () => server.stop();
}

async function startServer(given: string | undefined): Promise<Pick<PostgresServer, 'url' | 'stop'>> {
  if (given === undefined) return startPostgres();
  return given === 'pglite' ? startPglite() : { url: given, stop: async () => {} };
}
