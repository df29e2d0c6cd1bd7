/**
 * Divides work between the processes on one database. With SQLite there is one, which does everything; with
 * PostgreSQL, leases say who does what.
 */
import { randomUUID } from 'node:crypto';
import { compact } from '../base/compact.ts';
import type { Logger } from '../base/log.ts';
import type { DatabaseLocation } from '../db/location.ts';
import type { DeliveryEngine, EngineOptions } from '../delivery/engine.ts';
import type { RoleName } from '../processes/processes.ts';
import { openRole, type Role, type RunningWork } from '../processes/role.ts';
import { openSharedClock } from '../processes/shared-clock.ts';
import { openSharedRateLimiter } from '../processes/shared-rate-limiter.ts';
import type { RateLimiter } from '../resilience/rate-limiter.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import type { Stores } from './stores.ts';

export interface SharedWork {
  readonly clock: Clock;
  /** Runs work while this process has the role. */
  take(name: RoleName, start: () => Promise<RunningWork>): Pick<Role, 'isHeld' | 'stop'>;
  /** A pace that holds over all processes. Absent if there is only one. */
  readonly openSharedPace?: (name: string, everyMs: number) => RateLimiter;
  /** Calls back when another process has planned posts. */
  onPlanned(wake: () => void): RunningWork;
  close(): Promise<void>;
}

/** @throws UserError if the database does not answer */
export async function openSharedWork(
  { url }: DatabaseLocation,
  { database, leases, paces }: Pick<Stores, 'database' | 'leases' | 'paces'>,
  log: Logger,
): Promise<SharedWork> {
  if (url === undefined) return ALONE;
  const clock = await openSharedClock(() => database.now());
  // A file of SQLite needs no client of PostgreSQL, which takes a while to load.
  const { openWakes } = await import('../processes/wakes.ts');
  const holder = randomUUID();
  return {
    clock,
    take: (name, start) => openRole({ name, holder, leases, clock, log, start }),
    openSharedPace: (name, everyMs) => openSharedRateLimiter({ paces, clock }, name, everyMs),
    onPlanned: (wake) => openWakes({ url, log, wake }),
    close: async () => clock.stop(),
  };
}

/** Starts delivery. Each process posts, and one of them plans. */
export async function deliverTogether(
  { take, onPlanned, openSharedPace }: SharedWork,
  start: (shared: Pick<EngineOptions, 'isPlanner' | 'openSharedPace'>) => Promise<DeliveryEngine>,
): Promise<DeliveryEngine> {
  const planning = take('planning', async () => ({ stop: async () => undefined }));
  const engine = await start({ isPlanner: planning.isHeld, ...compact({ openSharedPace }) });
  const wakes = onPlanned(engine.wake);
  return {
    ...engine,
    async stop() {
      await Promise.all([engine.stop(), wakes.stop(), planning.stop()]);
    },
  };
}

const ALONE: SharedWork = {
  clock: systemClock,
  take(_, start) {
    const started = start();
    return { isHeld: () => true, stop: async () => (await started).stop() };
  },
  onPlanned: () => ({ stop: async () => undefined }),
  close: async () => undefined,
};
