/** Typed queries over an open connection. */
import { Kysely, SqliteDialect } from 'kysely';
import type { DatabaseConnection } from './connection.ts';
import type { Schema } from './schema.ts';

export type Query = Kysely<Schema>;

export function queryOver(connection: DatabaseConnection): Query {
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: connection }) });
}
