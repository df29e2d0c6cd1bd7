/** Checks a PostgreSQL database for the doctor. */
import { type Diagnostic, failing, info, ok } from '../base/diagnostic.ts';
import { messageOf } from '../base/errors.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { MIGRATIONS } from '../db/migrator.ts';
import { versionOf } from '../db/postgres/migrate-postgres.ts';
import { toOutage } from '../db/postgres/outage.ts';
import { openPostgres } from '../db/postgres/postgres.ts';
import { openLeases } from '../processes/leases-store.ts';
import { systemClock } from '../time/clock.ts';
import { examineHarvests } from './sources.ts';

const NAME = 'database';
const BACKUPS = info(
  'backups',
  'made by PostgreSQL’s administrator, such as with pg_dump; Paperboy cannot see them',
);

/** Never throws, and never shows the password. */
export async function examineServer(url: string): Promise<Diagnostic[]> {
  let connection: DatabaseConnection | undefined;
  try {
    connection = openPostgres(url);
    return [...(await examineTables(connection, hostOf(url))), BACKUPS];
  } catch (error) {
    return [failing(NAME, messageOf(toOutage(error) ?? error))];
  } finally {
    connection?.close();
  }
}

async function examineTables(connection: DatabaseConnection, host: string): Promise<Diagnostic[]> {
  const version = versionOf(connection);
  const server = connection.prepare<[], string>('SHOW server_version').pluck().get();
  const place = `${connection.name} on ${host}, PostgreSQL ${server}`;
  if (version === 0) return [info(NAME, `${place}: empty. The first start creates the tables.`)];
  if (version > MIGRATIONS.length)
    return [failing(NAME, `${place}: written by a newer Paperboy. Update this one.`)];
  if (version < MIGRATIONS.length)
    return [info(NAME, `${place}: from an older Paperboy. The next start upgrades it.`)];
  const papers = connection.prepare<[], number>('SELECT count(*) FROM papers').pluck().get() ?? 0;
  const holders = new Set((await openLeases(connection).held()).map(({ holder }) => holder));
  const running = holders.size === 0 ? 'no process is running' : 'in use';
  return [
    ok(NAME, `${place}: ${papers.toLocaleString('en-GB')} papers, ${running}`),
    ...(await examineHarvests(connection, papers, systemClock.now())),
  ];
}

function hostOf(url: string): string {
  return new URL(url).host;
}
