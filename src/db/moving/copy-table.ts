/** Copies the rows of a table to a database of the other engine, and compares them. */
import type { DatabaseConnection } from '../connection.ts';
import type { MovedTable } from './tables.ts';

type Row = readonly unknown[];

/** Values in one statement; PostgreSQL allows 65,535. */
const MOST_VALUES = 20_000;
/** Rows in one transaction. */
const MOST_ROWS = 1_000;

export interface Ends {
  readonly from: DatabaseConnection;
  readonly to: DatabaseConnection;
}

/**
 * Copies the rows whose keys come after the last one that is there, so that an interrupted copy goes on.
 * @param onRows called after each transaction with its number of rows
 */
export function copyTable({ from, to }: Ends, table: MovedTable, onRows: (rows: number) => void): void {
  const { name, columns } = table;
  const last = to.prepare<[], Row>(lastKey(table)).raw().get();
  const rows = from
    .prepare<unknown[], Row>(select(table, last !== undefined))
    .raw()
    .iterate(...(last ?? []));
  const atOnce = Math.min(MOST_ROWS, Math.floor(MOST_VALUES / columns.length));
  const write = to.transaction((batch: readonly Row[]) => {
    const values = batch.map((row) => `(${row.map(() => '?').join(', ')})`);
    to.prepare(`INSERT INTO ${name} (${columns.map(quoted).join(', ')}) VALUES ${values.join(', ')}`).run(
      batch.flat(),
    );
  });
  let batch: Row[] = [];
  const flush = () => {
    if (batch.length === 0) return;
    write.immediate(batch);
    onRows(batch.length);
    batch = [];
  };
  for (const row of rows) {
    batch.push(row);
    if (batch.length === atOnce) flush();
  }
  flush();
}

/** @returns true if both have the same rows with the same values */
export function isSameTable({ from, to }: Ends, table: MovedTable, onRows: (rows: number) => void): boolean {
  const [ours, theirs] = [from, to].map((connection) =>
    connection.prepare<[], Row>(select(table, false)).raw().iterate(),
  ) as [IterableIterator<Row>, IterableIterator<Row>];
  let seen = 0;
  try {
    for (;;) {
      const [one, other] = [ours.next(), theirs.next()];
      if (one.done || other.done) return one.done === other.done;
      if (!one.value.every((value, at) => isSame(value, other.value[at]))) return false;
      if (++seen % MOST_ROWS === 0) onRows(MOST_ROWS);
    }
  } finally {
    ours.return?.();
    theirs.return?.();
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0;
  return one === other;
}

/** SQLite has capitals in some names, which PostgreSQL would make small. */
function quoted(column: string): string {
  return `"${column}"`;
}

const list = (columns: readonly string[]) => columns.map(quoted).join(', ');

function select({ name, columns, key }: MovedTable, after: boolean): string {
  const condition = after ? `WHERE (${list(key)}) > (${key.map(() => '?').join(', ')})` : '';
  return `SELECT ${list(columns)} FROM ${name} ${condition} ORDER BY ${list(key)}`;
}

function lastKey({ name, key }: MovedTable): string {
  return `SELECT ${list(key)} FROM ${name} ORDER BY ${key.map((column) => `${quoted(column)} DESC`).join(', ')} LIMIT 1`;
}
