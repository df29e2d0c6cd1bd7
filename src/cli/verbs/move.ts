/** Subcommand `move`: moves everything from SQLite to PostgreSQL, or back. */
import { resolve } from 'node:path';
import { UserError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import { lockDatabase } from '../../db/lock.ts';
import { migrate } from '../../db/migrator.ts';
import { type MoveProgress, moveEverything, refuseUnfinished } from '../../db/moving/move.ts';
import { isSqlite, openDatabase } from '../../db/open.ts';
import { migratePostgres } from '../../db/postgres/migrate-postgres.ts';
import { toOutage } from '../../db/postgres/outage.ts';
import { openPostgres } from '../../db/postgres/postgres.ts';
import { convertNotes } from '../../library/details-store.ts';
import { openReindexer } from '../../papers/reindex-store.ts';
import { openLeases } from '../../processes/leases-store.ts';
import { count, duration } from '../output/words.ts';
import { readConfig, say } from '../session.ts';

export interface MoveOptions {
  /** An address of PostgreSQL, or a file. */
  readonly to: string;
}

const LINE_EVERY_MS = 5_000;
/** Reading a whole table may take longer than a command's statement. */
const STATEMENT_MS = 600_000;
const REINDEXED_AT_ONCE = 1_000;

/** Ctrl-C ends it at once; the next run goes on. */
export async function runMove({ to }: MoveOptions): Promise<void> {
  const config = readConfig();
  const started = Date.now();
  const locks: Array<{ release(): void }> = [];
  const open: DatabaseConnection[] = [];
  try {
    const from = await openEnd(config.database.url ?? config.database.path, locks);
    open.push(from);
    refuseUnfinished(from);
    const other = await openEnd(to, locks);
    open.push(other);
    if (isSqlite(from) === isSqlite(other)) throw sameEngine(config);
    const { tables, rows } = await moveEverything({ from, to: other }, sayNowAndThen(), convertWords);
    const seconds = (Date.now() - started) / 1_000;
    say(
      `Moved ${count(rows, 'row')} of ${count(tables, 'table')} in ${duration(seconds)}, and checked each of them.`,
    );
    say(isSqlite(other) ? 'To use it, remove DATABASE_URL.' : 'To use it, set DATABASE_URL to this address.');
  } catch (error) {
    throw toOutage(error) ?? error;
  } finally {
    for (const connection of open) connection.close();
    for (const lock of locks) lock.release();
  }
}

/** Each engine searches notes in its own form, and FTS5, which has the first papers, is not moved. */
function convertWords(connection: DatabaseConnection): void {
  convertNotes(connection);
  if (!isSqlite(connection)) return;
  const reindexer = openReindexer(connection);
  while (!reindexer.step(REINDEXED_AT_ONCE).isDone);
}

/** @throws UserError if a bot uses it */
async function openEnd(place: string, locks: Array<{ release(): void }>): Promise<DatabaseConnection> {
  if (!/^postgres(?:ql)?:/.test(place)) {
    locks.push(lockDatabase(resolve(place)));
    const connection = openDatabase(place);
    await migrate(connection);
    return connection;
  }
  const connection = openPostgres(place, { statementMs: STATEMENT_MS });
  await migratePostgres(connection);
  if ((await openLeases(connection).held()).length > 0) {
    connection.close();
    throw new UserError(
      'A bot uses the PostgreSQL database. Stop all of its processes, wait 20 seconds, and try again.',
    );
  }
  return connection;
}

function sameEngine({ database }: Config): UserError {
  return new UserError(
    database.url === undefined
      ? 'The data is in SQLite. Give an address of PostgreSQL, such as --to postgres://user:password@db.lab.example/paperboy.'
      : 'The data is in PostgreSQL. Give a new file, such as --to data/paperboy.db.',
  );
}

function sayNowAndThen(): (progress: MoveProgress) => void {
  let next = Date.now() + LINE_EVERY_MS;
  return ({ table, step, rows }) => {
    if (Date.now() < next) return;
    next = Date.now() + LINE_EVERY_MS;
    say(`${step === 'copying' ? 'Copying' : 'Checking'} ${table}: ${count(rows, 'row')} so far`);
  };
}
