/**
 * Work of which each part is done by one process at a time. The parts are shared out evenly, and another
 * process takes them over when one ends or cannot be reached.
 */
import type { Logger } from '../base/log.ts';
import { backoffDelay } from '../resilience/backoff.ts';
import { withDeadline } from '../resilience/deadline.ts';
import type { Clock } from '../time/clock.ts';
import { AGREED, type Leases } from './processes.ts';

export interface ShareOptions {
  /** Names of the parts; the same in all processes. */
  readonly parts: readonly string[];
  /** Unique per process start. */
  readonly holder: string;
  readonly leases: Pick<Leases, 'take' | 'release' | 'held'>;
  readonly clock: Clock;
  readonly log: Logger;
  /**
   * Starts a part and returns what stops it. If it fails, another process tries, and this one after a pause.
   */
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
const ANSWER_MS = 3_000;
/** After a look that failed. */
const LOOK_AGAIN_MS = 1_000;
/** Without an answer of the database, a part ends so long before its lease that it can stop in time. */
const UNSURE_AFTER_MS = 12_000;
const AGE_EVERY_MS = 1_000;
/** After failed starts of a part. */
const BACKOFF = { firstMs: 30_000, longestMs: 1_800_000 };
/** Leases by which processes count each other. */
const PROCESS = 'process ';

export function openShares({ parts, holder, leases, clock, log, start }: ShareOptions): Shares {
  const stopping = new AbortController();
  const { signal } = stopping;
  const held = new Map<string, Held>();
  /** Parts that are being stopped. They are not begun again before their lease is released. */
  const ending = new Map<string, Promise<void>>();
  const failures = new Map<string, { readonly count: number; readonly until: number }>();

  const ask = <Answer>(question: () => Promise<Answer>): Promise<Answer> =>
    withDeadline({ ms: ANSWER_MS, clock }, question, () => {
      throw new Error('the database does not answer');
    });
  const take = (name: string) => ask(() => leases.take(name, holder, LEASE_MS));

  async function begin(part: string): Promise<void> {
    const renewed = clock.elapsed();
    if (!(await take(part))) return;
    log.info({ part }, 'shares: taken');
    // Starting may take longer than the lease, which is renewed meanwhile.
    const work = start(part).then(
      (running) => {
        failures.delete(part);
        return running;
      },
      (error: unknown) => {
        if (!signal.aborted) log.error({ err: error, part }, 'shares: start failed');
        const count = (failures.get(part)?.count ?? 0) + 1;
        failures.set(part, { count, until: clock.elapsed() + backoffDelay(BACKOFF, count) });
        giveAway(part);
        return undefined;
      },
    );
    held.set(part, { work, renewed });
  }

  async function end(part: string, work: Held['work']): Promise<void> {
    try {
      await (await work)?.stop();
    } catch (error) {
      log.error({ err: error, part }, 'shares: stop failed');
    }
    try {
      await ask(() => leases.release(part, holder));
    } catch {
      // The lease ends by itself.
    }
    ending.delete(part);
    log.info({ part }, 'shares: ended');
  }

  function giveAway(part: string): void {
    const kept = held.get(part);
    if (!kept) return;
    held.delete(part);
    ending.set(part, end(part, kept.work));
  }

  const isStartable = (part: string) =>
    !held.has(part) && !ending.has(part) && clock.elapsed() >= (failures.get(part)?.until ?? 0);

  async function look(): Promise<void> {
    for (const [part, kept] of held) {
      const asked = clock.elapsed();
      if (await take(part)) kept.renewed = asked;
      else giveAway(part);
    }
    if (parts.length > 1) await take(PROCESS + holder);
    const all = await ask(() => leases.held());
    const processes = all.filter(({ name }) => name.startsWith(PROCESS)).length;
    const fair = Math.ceil(parts.length / Math.max(1, processes));
    const taken = new Set(all.map(({ name }) => name));
    for (const part of parts) {
      if (held.size >= fair || signal.aborted) break;
      if (!taken.has(part) && isStartable(part)) await begin(part);
    }
    const [surplus] = held.keys();
    // One in each look, so that the bot is not away from many servers at once.
    if (held.size > fair && surplus !== undefined) giveAway(surplus);
  }

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      let waitMs = LOOK_EVERY_MS;
      try {
        await look();
      } catch (error) {
        waitMs = LOOK_AGAIN_MS;
        log.warn({ err: error }, 'shares: leases not renewed');
      }
      await clock.sleep(waitMs, signal).catch(() => undefined);
    }
  }

  /** By its own clock, while a look may be waiting. */
  async function watchAges(): Promise<void> {
    while (!signal.aborted) {
      for (const [part, { renewed }] of held) {
        if (clock.elapsed() - renewed > UNSURE_AFTER_MS) giveAway(part);
      }
      await clock.sleep(AGE_EVERY_MS, signal).catch(() => undefined);
    }
  }

  const keeping = Promise.all([keep(), watchAges()]);
  return {
    holds(part) {
      const kept = held.get(part);
      return kept !== undefined && clock.elapsed() - kept.renewed <= LEASE_MS;
    },
    async stop() {
      stopping.abort();
      await keeping;
      for (const part of [...held.keys()]) giveAway(part);
      await Promise.all(ending.values());
      await ask(() => leases.release(PROCESS + holder, holder)).catch(() => undefined);
    },
  };
}

/** Without any process for this long, the next one decides anew. */
const AGREED_MS = 60_000;

export interface AgreementOptions {
  readonly leases: Pick<Leases, 'take' | 'holderOf'>;
  readonly clock: Clock;
  /** Ends the renewals. */
  readonly signal: AbortSignal;
}

/**
 * Finds the value that all running processes go by, such as the number of parts. It is the holder of a lease,
 * which they all renew.
 * @returns the wanted value if no process runs with another one
 */
export async function agreeOn(
  { leases, clock, signal }: AgreementOptions,
  name: string,
  wanted: string,
): Promise<string> {
  const lease = AGREED + name;
  let value = wanted;
  const renew = () => leases.take(lease, value, AGREED_MS);
  while (!(await renew())) value = (await leases.holderOf(lease)) ?? value;
  void keep();
  return value;

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      // While the database is away, nobody else can decide.
      await renew().catch(() => undefined);
      await clock.sleep(AGREED_MS / 4, signal).catch(() => undefined);
    }
  }
}
