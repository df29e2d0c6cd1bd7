/** Tells other processes on the database that there is something to do. */
import type { DatabaseConnection } from '../db/connection.ts';
import { isSqlite } from '../db/open.ts';

/** The channel of `NOTIFY`. */
export const PLANNED = 'paperboy_planned';

/** Returns a function to call in the transaction that plans posts. Others hear of it after the commit. */
export function openPlannedSignal(connection: DatabaseConnection): () => void {
  return () => {
    if (!isSqlite(connection)) connection.exec(`NOTIFY ${PLANNED}`);
  };
}
