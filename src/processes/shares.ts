/**
 * Work of which each part is done by one process at a time. The parts are shared out evenly, and another
 * process takes them over when one ends or cannot be reached.
 */
import type { Logger } from '../base/log.ts';
import { withDeadline } from '../resilience/deadline.ts';
import type { Clock } from '../time/clock.ts';
import type { Leases } from './processes.ts';

export interface ShareOptions {
  /** Names of the parts; the same in all processes. */
  readonly parts: readonly string[];
  /** Unique per process start. */
  readonly holder: string;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly log: Logger;
  /** Starts a part and returns what stops it. If it fails, this or another process tries again. */
  readonly start: (part: string) => Promise<RunningWork>;
}

export interface RunningWork {
  stop(): Promise<void>;
}

export interface Shares {
  /** False from the moment when another process may have taken the part. */
  holds(part: string): boolean;
  /** Stops all parts and lets other processes take them at once. */
  stop(): Promise<void>;
}

interface Held {
  /** Undefined if it could not be started. */
  readonly work: Promise<RunningWork | undefined>;
  /** By `clock.elapsed()`, when the renewal was asked for. */
  renewed: number;
}

/** A dead process is replaced within the lease and one look: 25 s. */
const LEASE_MS = 20_000;
const LOOK_EVERY_MS = 5_000;
/** Without an answer of the database, a part ends before its lease does. */
const UNSURE_AFTER_MS = 15_000;
/** Leases by which processes count each other. */
const PROCESS = 'process ';

export function openShares({ parts, holder, leases, clock, log, start }: ShareOptions): Shares {
  const stopping = new AbortController();
  const { signal } = stopping;
  const held = new Map<string, Held>();

  const ask = <Answer>(question: () => Promise<Answer>): Promise<Answer> =>
    withDeadline({ ms: LOOK_EVERY_MS, clock }, question, () => {
      throw new Error('the database does not answer');
    });
  const take = (name: string) => ask(() => leases.take(name, holder, LEASE_MS));

  async function begin(part: string): Promise<void> {
    const renewed = clock.elapsed();
    if (!(await take(part))) return;
    log.info({ part }, 'shares: taken');
    // Starting may take longer than the lease, which is renewed meanwhile.
    const work = start(part).catch((error: unknown) => {
      log.error({ err: error, part }, 'shares: start failed');
      void giveAway(part);
      return undefined;
    });
    held.set(part, { work, renewed });
  }

  async function end(part: string): Promise<void> {
    const ending = held.get(part);
    held.delete(part);
    await (await ending?.work)?.stop();
    if (ending) log.info({ part }, 'shares: ended');
  }

  async function giveAway(part: string): Promise<void> {
    try {
      await end(part);
      await ask(() => leases.release(part, holder));
    } catch (error) {
      // The lease ends by itself.
      log.warn({ err: error, part }, 'shares: part not given away');
    }
  }

  async function look(): Promise<void> {
    if (parts.length > 1) await take(PROCESS + holder);
    for (const [part, kept] of held) {
      const asked = clock.elapsed();
      if (await take(part)) kept.renewed = asked;
      else void giveAway(part);
    }
    const all = await ask(() => leases.held());
    const processes = all.filter(({ name }) => name.startsWith(PROCESS)).length;
    const fair = Math.ceil(parts.length / Math.max(1, processes));
    const taken = new Set(all.map(({ name }) => name));
    for (const part of parts) {
      if (held.size >= fair || signal.aborted) break;
      if (!taken.has(part)) await begin(part);
    }
    const [surplus] = held.keys();
    // One in each look, so that the bot is not away from many servers at once.
    if (held.size > fair && surplus !== undefined) void giveAway(surplus);
  }

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      try {
        await look();
      } catch (error) {
        log.warn({ err: error }, 'shares: leases not renewed');
      }
      for (const [part, { renewed }] of held) {
        if (clock.elapsed() - renewed > UNSURE_AFTER_MS) void giveAway(part);
      }
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  }

  const keeping = keep();
  return {
    holds(part) {
      const kept = held.get(part);
      return kept !== undefined && clock.elapsed() - kept.renewed <= LEASE_MS;
    },
    async stop() {
      stopping.abort();
      await keeping;
      const parts = [...held.keys()];
      await Promise.all(parts.map(end));
      // If it fails, the leases end by themselves.
      await Promise.allSettled([...parts, PROCESS + holder].map((name) => leases.release(name, holder)));
    },
  };
}
