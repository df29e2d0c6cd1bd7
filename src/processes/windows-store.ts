/** Stores the places of request windows, over all processes. */
import type { DatabaseConnection } from '../db/connection.ts';
import { databaseNow } from '../db/now.ts';
import type { WindowPlace, Windows } from './processes.ts';

/** Longer than any request takes. A process that dies gives its places back so late. */
const HELD_MS = 15_000;

/** Runs in the team thread. */
export function openWindows(connection: DatabaseConnection): Windows {
  const now = databaseNow(connection);
  const create = connection.prepare<[{ name: string; place: number }]>(
    `INSERT INTO request_places (name, place, starts_at, free_at) VALUES (@name, @place, 0, 0)
     ON CONFLICT (name, place) DO NOTHING`,
  );
  const createAll = connection.transaction((name: string, places: number) => {
    for (let place = 0; place < places; place++) create.run({ name, place });
  });
  const start = `CASE WHEN free_at > ${now} THEN free_at ELSE ${now} END`;
  const isFree = `name = @name AND free_at <= ${now} + @windowMs`;
  // Two processes may choose the same row. The second one waits for the first, then finds that the row is not
  // free any more, and gets none. It asks again.
  const take = connection.prepare<[{ name: string; windowMs: number }], WindowPlace>(
    `UPDATE request_places SET starts_at = ${start}, free_at = ${start} + ${HELD_MS}
     WHERE ${isFree} AND place = (
       SELECT free.place FROM request_places free WHERE free.name = @name ORDER BY free.free_at, free.place LIMIT 1)
     RETURNING place, starts_at AS "startsAt", starts_at - ${now} AS "waitMs"`,
  );
  const leave = connection.prepare<[{ name: string; place: number; startsAt: number; windowMs: number }]>(
    `UPDATE request_places SET free_at = ${now} + @windowMs
     WHERE name = @name AND place = @place AND starts_at = @startsAt`,
  );
  return {
    create: async (name, places) => createAll.immediate(name, places),
    async take(name, windowMs) {
      const taken = take.get({ name, windowMs });
      // The clock goes on within the statement.
      return taken && { ...taken, waitMs: Math.max(0, taken.waitMs) };
    },
    leave: async (name, { place, startsAt }, windowMs) => void leave.run({ name, place, startsAt, windowMs }),
  };
}
