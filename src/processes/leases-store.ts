/** Stores leases, with the clock of the database. */
import type { DatabaseConnection } from '../db/connection.ts';
import { databaseNow } from '../db/now.ts';
import { AGREED, type Leases } from './processes.ts';

/** Runs in the store thread. */
export function openLeases(connection: DatabaseConnection): Leases {
  const now = databaseNow(connection);
  // Of two processes that take the same lease, the second waits for the first, and then finds its row.
  const take = connection.prepare<[{ name: string; holder: string; forMs: number }]>(
    `INSERT INTO leases (name, holder, until) VALUES (@name, @holder, ${now} + @forMs)
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
       WHERE leases.holder = excluded.holder OR leases.until <= ${now}`,
  );
  const release = connection.prepare<[{ name: string; holder: string }]>(
    'DELETE FROM leases WHERE name = @name AND holder = @holder',
  );
  const holderOf = connection
    .prepare<[string], string>(`SELECT holder FROM leases WHERE name = ? AND until > ${now}`)
    .pluck();
  const held = connection.prepare<[], { name: string; holder: string }>(
    `SELECT name, holder FROM leases WHERE until > ${now} AND name NOT LIKE '${AGREED}%' ORDER BY name`,
  );
  return {
    take: async (name, holder, forMs) => take.run({ name, holder, forMs }).changes > 0,
    release: async (name, holder) => void release.run({ name, holder }),
    holderOf: async (name) => holderOf.get(name),
    held: async () => held.all(),
  };
}
