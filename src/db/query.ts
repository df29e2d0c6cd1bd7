/** Typed queries over an open connection. */
import { Kysely, SqliteDialect } from 'kysely';
import type { Connection } from './open.ts';
import type { Schema } from './schema.ts';

export type Query = Kysely<Schema>;

export function queryOver(connection: Connection): Query {
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: connection }) });
}
