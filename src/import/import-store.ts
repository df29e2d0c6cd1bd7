/**
 * The position of each import, so that an interrupted one can resume. The paper store writes it in the
 * transaction of a batch.
 */
import { createHash } from 'node:crypto';
import type { DatabaseConnection } from '../db/connection.ts';
import { queryOver } from '../db/query.ts';

export interface ImportProgressStore {
  /** Returns the last stored line; `undefined` for a file whose import never began or has finished. */
  find(file: string): Promise<number | undefined>;
  forget(file: string): Promise<void>;
}

interface FileIdentity {
  /** Absolute, with links resolved. */
  readonly path: string;
  readonly bytes: number;
  readonly modified: Date;
  /** Another format numbers lines differently. */
  readonly format?: string;
}

/** Changes with the file, because line numbers only apply to the same content. */
export function fileKey({ path, bytes, modified, format }: FileIdentity): string {
  const facts = JSON.stringify([path, bytes, modified.getTime(), format ?? null]);
  return createHash('sha256').update(facts).digest('hex');
}

export function openImportProgressStore(connection: DatabaseConnection): ImportProgressStore {
  const query = queryOver(connection);
  return {
    async find(file) {
      const row = await query
        .selectFrom('import_progress')
        .select('lines')
        .where('file', '=', file)
        .executeTakeFirst();
      return row?.lines;
    },

    async forget(file) {
      await query.deleteFrom('import_progress').where('file', '=', file).execute();
    },
  };
}
