/**
 * Divides work between the processes on one database. With SQLite there is one, which does everything; with
 * PostgreSQL, leases say who does what.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from '../base/log.ts';
import type { DatabaseLocation } from '../db/location.ts';
import type { DeliveryEngine, EngineOptions } from '../delivery/engine.ts';
import type { Leases, Paces, Windows } from '../processes/processes.ts';
import { openSharedClock } from '../processes/shared-clock.ts';
import { openSharedRateLimiter, openSharedWindow } from '../processes/shared-limits.ts';
import { agreeOn, openShares, type RunningWork, type Shares } from '../processes/shares.ts';
import type { OpenSharedPace } from '../resilience/rate-limiter.ts';
import type { OpenSharedWindow } from '../resilience/request-window.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { startWorker, workerModule } from '../workers/worker.ts';
import type { Stores } from './stores.ts';

/** Parts that exist once. */
const PLANNING = 'planning';
export const BACKGROUND_WORK = 'background';

/** @param parts the same names in all processes */
export type OpenShares = (parts: readonly string[], start: (part: string) => Promise<RunningWork>) => Shares;

export interface ProcessTeam {
  readonly share: OpenShares;
  readonly openSharedPace: OpenSharedPace;
  readonly openSharedWindow: OpenSharedWindow;
  /** A value that all running processes go by: the wanted one, if none goes by another. */
  agreeOn(name: string, wanted: string): Promise<string>;
}

export interface SharedWork {
  readonly clock: Clock;
  /** Runs the parts of some work that this process holds. */
  share: OpenShares;
  /** Absent if there is only one process. */
  readonly team?: ProcessTeam;
  /** Calls back when another process has planned posts. */
  onPlanned(wake: () => void): RunningWork;
  close(): Promise<void>;
}

/** @throws UserError if the database does not answer */
export async function openSharedWork(
  { url }: DatabaseLocation,
  { database }: Pick<Stores, 'database'>,
  log: Logger,
  onDeath: (error: Error) => void,
): Promise<SharedWork> {
  if (url === undefined) return ALONE;
  const clock = await openSharedClock(() => database.now());
  // A file of SQLite needs no client of PostgreSQL, which takes a while to load.
  const { openWakes } = await import('../processes/wakes.ts');
  const module = workerModule('../processes/team', import.meta.url);
  const thread = await startWorker<{ leases: Leases; paces: Paces; windows: Windows }>(
    module,
    { url },
    onDeath,
  );
  const { leases, paces, windows } = thread.services;
  const holder = randomUUID();
  const closing = new AbortController();
  const share: OpenShares = (parts, start) => openShares({ parts, holder, leases, clock, log, start });
  return {
    clock,
    share,
    team: {
      share,
      openSharedPace: (name, everyMs) => openSharedRateLimiter({ paces, clock }, name, everyMs),
      openSharedWindow: (name, rules) => openSharedWindow({ windows, clock }, name, rules),
      agreeOn: (name, wanted) => agreeOn({ leases, clock, signal: closing.signal }, name, wanted),
    },
    onPlanned: (wake) => openWakes({ url, log, wake }),
    async close() {
      closing.abort();
      clock.stop();
      await thread.stop();
    },
  };
}

/** Starts delivery. Each process posts, and one of them plans. */
export async function deliverTogether(
  { share, onPlanned, team }: SharedWork,
  start: (shared: Pick<EngineOptions, 'isPlanner' | 'openSharedPace'>) => Promise<DeliveryEngine>,
): Promise<DeliveryEngine> {
  const planning = share([PLANNING], async () => ({ stop: async () => undefined }));
  const shared = {
    isPlanner: () => planning.holds(PLANNING),
    ...(team && { openSharedPace: team.openSharedPace }),
  };
  const engine = await start(shared).catch(async (error: unknown) => {
    await planning.stop();
    throw error;
  });
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
  share(parts, start) {
    const started = parts.map(start);
    return {
      holds: () => true,
      stop: async () => void (await Promise.all(started.map(async (work) => (await work).stop()))),
    };
  },
  onPlanned: () => ({ stop: async () => undefined }),
  close: async () => undefined,
};
