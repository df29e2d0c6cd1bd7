/** Moves everything that is stored to a database of the other engine, and checks it row by row. */
import { UserError } from '../../base/errors.ts';
import type { DatabaseConnection } from '../connection.ts';
import { migrate } from '../migrator.ts';
import { isSqlite, openDatabase, type SqliteConnection } from '../open.ts';
import { continueNumbers } from '../postgres/create-schema.ts';
import { copyTable, type Ends, isSameTable } from './copy-table.ts';
import { type MovedTable, movedTables } from './tables.ts';

export interface MoveProgress {
  readonly table: string;
  readonly step: 'copying' | 'checking';
  /** Rows of this step, over all tables. */
  readonly rows: number;
}

export interface MoveReport {
  readonly tables: number;
  readonly rows: number;
}

/** A table that marks a database as incomplete until everything is there. */
const MARK = 'unfinished_move';

/**
 * Both databases must have the current schema, and nothing else may write to them. What an interrupted move
 * has copied stays, and the next one goes on from there.
 * @param finish makes anew what depends on the engine, such as indexes
 * @throws UserError if the other database has data already
 */
export async function moveEverything(
  ends: Ends,
  onProgress: (progress: MoveProgress) => void,
  finish: (to: DatabaseConnection) => void,
): Promise<MoveReport> {
  const { to } = ends;
  const pattern = openDatabase(':memory:');
  try {
    await migrate(pattern);
    const tables = movedTables(pattern);
    refuseOtherData(to, tables);
    to.exec(`CREATE TABLE IF NOT EXISTS ${MARK} (one INTEGER)`);
    clearFirstRows(to, pattern, tables);
    setTriggers(to, pattern, tables, false);
    let rows = 0;
    for (const table of tables) {
      copyTable(ends, table, (more) => {
        rows += more;
        onProgress({ table: table.name, step: 'copying', rows });
      });
    }
    let checked = 0;
    for (const table of tables) {
      const onRows = (more: number) => {
        checked += more;
        onProgress({ table: table.name, step: 'checking', rows: checked });
      };
      if (!isSameTable(ends, table, onRows)) copyAgain(ends, table);
    }
    setTriggers(to, pattern, tables, true);
    continueAll(ends);
    finish(to);
    to.exec(`DROP TABLE ${MARK}`);
    return { tables: tables.length, rows: countRows(to, tables) };
  } finally {
    pattern.close();
  }
}

/** @throws UserError for a database into which a move was not finished */
export function refuseUnfinished(connection: DatabaseConnection): void {
  if (!hasMark(connection)) return;
  throw new UserError(
    'Moving to this database was interrupted. Run the same paperboy move again, or use the former database.',
  );
}

function hasMark(connection: DatabaseConnection): boolean {
  const found = isSqlite(connection)
    ? `SELECT 1 FROM sqlite_schema WHERE name = '${MARK}'`
    : `SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = '${MARK}'`;
  return connection.prepare(found).get() !== undefined;
}

/** What a new database has, such as counts that are 0, is not data. */
const DATA = ['papers', 'feeds', 'saves', 'deliveries', 'inboxes', 'watches', 'installations'];

function refuseOtherData(to: DatabaseConnection, tables: readonly MovedTable[]): void {
  if (hasMark(to)) return;
  const filled = tables.find(
    ({ name }) => DATA.includes(name) && to.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() !== undefined,
  );
  if (!filled) return;
  throw new UserError('The other database has data already. Choose an empty one, so that nothing is mixed.');
}

/** Rows that a new database has, which are replaced: those of tables that also have rows in the pattern. */
function clearFirstRows(
  to: DatabaseConnection,
  pattern: SqliteConnection,
  tables: readonly MovedTable[],
): void {
  for (const { name } of tables.toReversed()) {
    if (pattern.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() !== undefined) to.exec(`DELETE FROM ${name}`);
  }
}

/** Triggers have done their work on the rows that are copied. */
function setTriggers(
  to: DatabaseConnection,
  pattern: SqliteConnection,
  tables: readonly MovedTable[],
  areOn: boolean,
): void {
  if (!isSqlite(to)) {
    for (const { name } of tables)
      to.exec(`ALTER TABLE ${name} ${areOn ? 'ENABLE' : 'DISABLE'} TRIGGER USER`);
    return;
  }
  const triggers = pattern
    .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  for (const { name, sql } of triggers) {
    to.exec(`DROP TRIGGER IF EXISTS ${name}`);
    if (areOn) to.exec(sql);
  }
}

/** For a table whose rows changed after an interrupted move had copied them. */
function copyAgain(ends: Ends, table: MovedTable): void {
  ends.to.exec(`DELETE FROM ${table.name}`);
  copyTable(ends, table, () => undefined);
  if (isSameTable(ends, table, () => undefined)) return;
  throw new UserError(
    `The rows of ${table.name} differ after the move. Check that nothing else uses the two databases, and run it again.`,
  );
}

/** Keys of deleted rows are not given again, and what is made from the rows is made anew. */
function continueAll({ from, to }: Ends): void {
  const given = from
    .prepare<[], { name: string; seq: number }>('SELECT name, seq FROM sqlite_sequence WHERE seq > 0')
    .all();
  if (!isSqlite(to)) {
    continueNumbers(to);
    const raise = to.prepare<[{ name: string; seq: number }]>(
      `SELECT setval(pg_get_serial_sequence(@name, (SELECT column_name FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = @name AND is_identity = 'YES' LIMIT 1)), @seq)`,
    );
    for (const each of given) raise.run(each);
    return;
  }
  const known = new Set(
    to.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%'`).pluck().all(),
  );
  const forget = to.prepare<[string]>('DELETE FROM sqlite_sequence WHERE name = ?');
  const set = to.prepare<[string, number]>('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)');
  for (const { name, seq } of given) {
    if (!known.has(name)) continue;
    forget.run(name);
    set.run(name, seq);
  }
  to.exec(`INSERT INTO notes_fts (notes_fts) VALUES ('rebuild')`);
  // The words of the first papers are indexed by the next start.
  to.exec(
    `UPDATE index_form SET reached = 0, is_merged = 0, last = (SELECT coalesce(max(pk), 0) FROM papers)`,
  );
}

function countRows(to: DatabaseConnection, tables: readonly MovedTable[]): number {
  return tables.reduce(
    (sum, { name }) => sum + (to.prepare<[], number>(`SELECT count(*) FROM ${name}`).pluck().get() ?? 0),
    0,
  );
}
