/** Descriptions of the tables that are moved, in an order in which each row finds those that it refers to. */
import type { SqliteConnection } from '../open.ts';

export interface MovedTable {
  readonly name: string;
  /** With `rowid` for tables whose rows SQLite numbers. */
  readonly columns: readonly string[];
  /** The primary key, by which rows are read, compared and continued. */
  readonly key: readonly string[];
}

/** What only running processes need. */
const OF_RUNNING: ReadonlySet<string> = new Set(['leases', 'paces', 'request_places']);

interface ListedTable {
  readonly name: string;
  readonly type: 'table' | 'virtual' | 'shadow' | 'view';
  /** 1 without a rowid. */
  readonly wr: number;
}

/** @param pattern a migrated database */
export function movedTables(pattern: SqliteConnection): MovedTable[] {
  const listed = (pattern.pragma('table_list') as ListedTable[]).filter(
    ({ name, type }) => type === 'table' && !name.startsWith('sqlite_') && !OF_RUNNING.has(name),
  );
  return inOrder(pattern, listed).map((table) => describe(pattern, table));
}

function describe(pattern: SqliteConnection, { name, wr }: ListedTable): MovedTable {
  const columns = pattern.pragma(`table_info(${name})`) as ReadonlyArray<{
    name: string;
    type: string;
    pk: number;
  }>;
  const key = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  // Such a column is the rowid itself.
  const isNumbered = key.length === 1 && key[0]?.type === 'INTEGER';
  const hasRowid = wr === 0 && !isNumbered;
  return {
    name,
    columns: [...(hasRowid ? ['rowid'] : []), ...columns.map((column) => column.name)],
    key: key.length > 0 ? key.map((column) => column.name) : ['rowid'],
  };
}

function inOrder(pattern: SqliteConnection, tables: readonly ListedTable[]): ListedTable[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const ordered = new Set<ListedTable>();
  function add(table: ListedTable): void {
    const referred = pattern.pragma(`foreign_key_list(${table.name})`) as ReadonlyArray<{ table: string }>;
    for (const { table: name } of referred) {
      const other = byName.get(name);
      if (other && other !== table && !ordered.has(other)) add(other);
    }
    ordered.add(table);
  }
  for (const table of tables.toSorted((a, b) => (a.name < b.name ? -1 : 1))) add(table);
  return [...ordered];
}
