/** Keeps rows of removed workspaces from coming back. */
import type { DatabaseConnection } from './connection.ts';

/**
 * Ignores what is inserted for a workspace in `gone_workspaces`, such as by a request that was under way when
 * the workspace was removed. Each table needs the columns `platform` and `workspace`.
 */
export function ignoreGoneWorkspaces(connection: DatabaseConnection, tables: readonly string[]): void {
  for (const table of tables) {
    connection.exec(`
      CREATE TRIGGER ${table}_not_of_gone BEFORE INSERT ON ${table}
      WHEN EXISTS (SELECT 1 FROM gone_workspaces WHERE platform = NEW.platform AND workspace = NEW.workspace)
      BEGIN SELECT RAISE(IGNORE); END;
    `);
  }
}
