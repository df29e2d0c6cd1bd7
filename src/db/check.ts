/** Checks a database with SQLite's quick check. */
import { codeOf, messageOf } from '../base/errors.ts';
import { openDatabase, type SqliteConnection } from './open.ts';

/** The first damage found in a file, or `undefined`. */
export function checkFile(path: string): string | undefined {
  try {
    const connection = openDatabase(path, { readonly: true });
    try {
      return checkConnection(connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    const { cause } = error instanceof Error ? error : {};
    return codeOf(error) ?? codeOf(cause) ?? messageOf(error);
  }
}

export function checkConnection(connection: SqliteConnection): string | undefined {
  const [first] = connection.pragma('quick_check(1)') as Array<{ quick_check: string }>;
  return first?.quick_check === 'ok' ? undefined : (first?.quick_check ?? 'no answer');
}
