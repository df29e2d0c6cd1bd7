/** Stores when the next request of a kind may start, over all processes. */
import type { DatabaseConnection } from '../db/connection.ts';
import { databaseNow } from '../db/now.ts';
import type { Paces } from './processes.ts';

const KEPT_MS = 3_600_000;
/** A pause is a row of its own, because requests are booked beyond it. */
const PAUSED = 'paused ';

/** Runs in the store thread. */
export function openPaces(connection: DatabaseConnection): Paces {
  const now = databaseNow(connection);
  const later = `CASE WHEN paces.free_at > ${now} THEN paces.free_at ELSE ${now} END`;
  // The generic cell rate algorithm, as in `resilience/rate-limiter.ts`.
  const book = connection
    .prepare<[{ name: string; everyMs: number }], number>(
      `INSERT INTO paces (name, free_at) VALUES (@name, ${now} + @everyMs)
       ON CONFLICT (name) DO UPDATE SET free_at = ${later} + @everyMs
       RETURNING free_at - @everyMs - ${now}`,
    )
    .pluck();
  const left = connection
    .prepare<[string], number>(`SELECT free_at - ${now} FROM paces WHERE name = ? AND free_at > ${now}`)
    .pluck();
  const pause = connection.prepare<[{ name: string; ms: number }]>(
    `INSERT INTO paces (name, free_at) VALUES (@name, ${now} + @ms)
     ON CONFLICT (name) DO UPDATE SET free_at = CASE WHEN paces.free_at > excluded.free_at
       THEN paces.free_at ELSE excluded.free_at END`,
  );
  const forget = connection.prepare<[]>(`DELETE FROM paces WHERE free_at < ${now} - ${KEPT_MS}`);
  // Each start of a process has one of its own.
  const forgetLeases = connection.prepare<[]>(`DELETE FROM leases WHERE until < ${now} - ${KEPT_MS}`);
  const rebook = connection.prepare<[{ name: string; ms: number }]>(
    `UPDATE paces SET free_at = ${now} + @ms WHERE name = @name`,
  );
  const pauseAll = connection.transaction((name: string, ms: number) => {
    const before = left.get(PAUSED + name) ?? 0;
    pause.run({ name: PAUSED + name, ms });
    // Everybody who waits books again after the pause.
    if (ms > before) rebook.run({ name, ms });
  });
  return {
    async forget() {
      forget.run();
      forgetLeases.run();
    },
    // A part of a millisecond is kept on average.
    book: async (name, everyMs) =>
      Math.max(0, book.get({ name, everyMs: Math.floor(everyMs + Math.random()) }) ?? 0),
    pause: async (name, ms) => pauseAll.immediate(name, Math.ceil(ms)),
    pauseLeft: async (name) => left.get(PAUSED + name) ?? 0,
  };
}
