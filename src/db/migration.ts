/** A migration of the schema. */
import type { SqliteConnection } from './open.ts';

export interface Migration {
  readonly name: string;
  /** Runs inside the migrator's transaction. */
  up(connection: SqliteConnection): void;
}
