/** A migration of the schema. */
import type { DatabaseConnection } from './connection.ts';
import type { SqliteConnection } from './open.ts';

export interface Migration {
  readonly name: string;
  /** Runs inside the migrator's transaction. */
  up(connection: SqliteConnection): void;
  /**
   * The same for PostgreSQL, in a transaction as well. Absent for those that are older than its first tables,
   * which are made as SQLite has them after all migrations.
   */
  upPostgres?(connection: DatabaseConnection): void;
}
