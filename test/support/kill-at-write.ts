/** Ends this process as kill -9 does, before or after the n-th write to some tables. */
import type { SqliteConnection } from '../../src/db/open.ts';

/** @param count the writes to these tables, from 1; 0 for a process that ends by itself */
export function killAtWrite(connection: SqliteConnection, tables: readonly string[], count: number): void {
  let writes = 0;
  connection.function('kill_point', () => {
    writes += 1;
    if (writes === count) process.kill(process.pid, 'SIGKILL');
    return 0;
  });
  for (const table of tables) {
    for (const [when, what] of [
      ['BEFORE', 'INSERT'],
      ['AFTER', 'INSERT'],
      ['BEFORE', 'UPDATE'],
      ['AFTER', 'UPDATE'],
    ]) {
      connection.exec(`CREATE TEMP TRIGGER ${when}_${what}_${table} ${when} ${what} ON main.${table}
        BEGIN SELECT kill_point(); END`);
    }
  }
}
