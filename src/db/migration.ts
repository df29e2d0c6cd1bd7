/** A migration of the schema. */
import type { Connection } from './open.ts';

export interface Migration {
  readonly name: string;
  /** Runs inside the migrator's transaction. */
  up(connection: Connection): void;
}
