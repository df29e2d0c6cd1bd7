/** Writes how far the import of a file has come, inside the transaction that stores a batch of it. */
import type { DatabaseConnection } from '../db/connection.ts';

/** Where in a file a batch ends. */
export interface BatchProgress {
  readonly file: string;
  /** Lines of the file up to the end of the batch. */
  readonly lines: number;
}

export function openProgressWriter(connection: DatabaseConnection) {
  const reach = connection.prepare<[string, number, string]>(
    `INSERT INTO import_progress (file, lines, at) VALUES (?, ?, ?)
     ON CONFLICT (file) DO UPDATE SET lines = excluded.lines, at = excluded.at`,
  );
  return ({ file, lines }: BatchProgress, at: string) => {
    reach.run(file, lines, at);
  };
}
