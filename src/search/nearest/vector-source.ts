/** Reads the vectors of the active model, in the order in which they were stored. */
import type { DatabaseConnection } from '../../db/connection.ts';
import { modelKey } from './files.ts';

export interface StoredVector {
  /** Grows with each vector that is stored. */
  readonly row: number;
  readonly paper: number;
  readonly packed: Uint8Array;
}

interface SourceModel {
  readonly id: number;
  readonly key: string;
  readonly dimensions: number;
}

export type VectorSource = ReturnType<typeof openVectorSource>;

/** @param connection read-only is enough */
export function openVectorSource(connection: DatabaseConnection) {
  const serving = connection.prepare<[], Parameters<typeof modelKey>[0]>(
    `SELECT id, maker, name, dimensions, papers FROM embedding_models WHERE state = 'serving' AND maker <> 'words'`,
  );
  const last = connection.prepare<[], { row: number; paper: number }>(
    'SELECT rowid AS row, paper FROM paper_vectors ORDER BY rowid DESC LIMIT 1',
  );
  const paperOf = connection
    .prepare<[number], number>('SELECT paper FROM paper_vectors WHERE rowid = ?')
    .pluck();
  const above = connection.prepare<{ row: number; to: number; model: number }, StoredVector>(
    'SELECT rowid AS row, paper, packed FROM paper_vectors WHERE rowid > :row AND rowid <= :to AND model = :model',
  );
  return {
    model(): SourceModel | undefined {
      const found = serving.get();
      return found && { id: found.id, key: modelKey(found), dimensions: found.dimensions };
    },
    /** The vector that was stored last, of any model. */
    last: (): { row: number; paper: number } => last.get() ?? { row: 0, paper: 0 },
    /** False if rows were numbered again, by SQLite or because the last ones were deleted. */
    has: ({ row, paper }: { row: number; paper: number }) => row === 0 || paperOf.get(row) === paper,
    between: (model: number, row: number, to: number): StoredVector[] => above.all({ model, row, to }),
  };
}
