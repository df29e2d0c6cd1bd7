/** Numbers of migrations that are made elsewhere at the same time. */
import type { Migration } from '../migration.ts';

export function reservedMigration(name: string): Migration {
  return { name, up: () => {} };
}
