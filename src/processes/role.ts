/** Work that one process does at a time, and another one takes over when it ends or cannot be reached. */
import type { Logger } from '../base/log.ts';
import { withDeadline } from '../resilience/deadline.ts';
import type { Clock } from '../time/clock.ts';
import type { Leases, RoleName } from './processes.ts';

export interface RoleOptions {
  readonly name: RoleName;
  /** Unique per process start. */
  readonly holder: string;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly log: Logger;
  /** Starts the work and returns what stops it. */
  readonly start: () => Promise<RunningWork>;
}

export interface RunningWork {
  stop(): Promise<void>;
}

export interface Role {
  isHeld(): boolean;
  /** Stops the work and lets another process take over at once. */
  stop(): Promise<void>;
}

/** A dead process is replaced within the lease and one look: 25 s. */
const LEASE_MS = 20_000;
const LOOK_EVERY_MS = 5_000;
/** Without an answer of the database, the work ends before the lease does. */
const UNSURE_AFTER_MS = 15_000;

export function openRole({ name, holder, leases, clock, log, start }: RoleOptions): Role {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: RunningWork | undefined;
  let renewed = clock.elapsed();

  async function begin(): Promise<void> {
    running = await start();
    log.info({ role: name }, 'role: taken');
  }

  async function end(): Promise<void> {
    const work = running;
    running = undefined;
    await work?.stop();
    if (work) log.info({ role: name }, 'role: ended');
  }

  async function look(): Promise<void> {
    const asked = clock.elapsed();
    const isHeld = await withDeadline(
      { ms: LOOK_EVERY_MS, clock },
      () => leases.take(name, holder, LEASE_MS),
      () => {
        throw new Error('the database does not answer');
      },
    );
    if (isHeld) {
      renewed = asked;
      if (!running) await begin();
    } else if (running) await end();
  }

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      try {
        await look();
      } catch (error) {
        log.warn({ err: error, role: name }, 'role: lease not renewed');
      }
      if (running && clock.elapsed() - renewed > UNSURE_AFTER_MS) await end();
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  }

  const keeping = keep();
  return {
    isHeld: () => running !== undefined && clock.elapsed() - renewed <= LEASE_MS,
    async stop() {
      stopping.abort();
      await keeping;
      await end();
      // If it fails, the lease ends by itself.
      await leases.release(name, holder).catch(() => undefined);
    },
  };
}
