/** Probes for a supervisor: liveness (`health`) and readiness (`readiness`). */
import type { ChatPort } from '../chat/port.ts';
import type { DeliveryEngine } from '../delivery/engine.ts';
import { LATE_MS } from '../delivery/timing.ts';
import { withDeadline } from '../resilience/deadline.ts';
import type { SourceStore } from '../sources/source-store.ts';
import type { Clock } from '../time/clock.ts';
import type { ObservedFiles } from './files.ts';
import type { Page } from './http-server.ts';

/** Observed parts of the process. */
export interface Observed {
  readonly ports: readonly Pick<ChatPort, 'platform' | 'isConnected'>[];
  /** Absent before every platform has started, and while the process stops. */
  engine(): Pick<DeliveryEngine, 'figures'> | undefined;
  readonly sources: Pick<SourceStore, 'list'>;
  readonly files: ObservedFiles;
  readonly clock: Clock;
}

/** Milliseconds after which the store counts as stuck. Supervisors time out after a few seconds. */
const STORE_MS = 3_000;

const OK: Page = { status: 200, text: 'ok\n' };

/**
 * Healthy while the store responds. A restart fixes a stuck store, but not a problem of a platform or source.
 */
export async function health({ sources, clock }: Observed): Promise<Page> {
  return inTime(async () => {
    await sources.list();
    return OK;
  }, clock);
}

/** Ready while every platform is connected and posts are on time. */
export async function readiness({ ports, engine, clock }: Observed): Promise<Page> {
  const running = engine();
  if (!running) return no(`Starting or stopping: ${namesOf(ports)}.`);
  const silent = ports.filter((port) => !port.isConnected());
  if (silent.length > 0) return no(`Not connected: ${namesOf(silent)}.`);
  return inTime(async () => {
    const { oldestDueSeconds } = await running.figures();
    if (oldestDueSeconds * 1_000 < LATE_MS) return OK;
    return no(`A delivery has been due for ${Math.floor(oldestDueSeconds / 60)} minutes.`);
  }, clock);
}

function namesOf(ports: Observed['ports']): string {
  return ports.map(({ platform }) => platform).join(', ');
}

export function no(why: string): Page {
  return { status: 503, text: `${why}\n` };
}

function inTime(ask: () => Promise<Page>, clock: Clock): Promise<Page> {
  return withDeadline({ ms: STORE_MS, clock }, ask, () => no('The store does not respond.'));
}
