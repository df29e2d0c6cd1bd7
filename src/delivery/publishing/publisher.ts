/** Publishes due rows on one platform: in the ledger's order, fair between workspaces, within the limits. */

import { withDeadline } from '../../resilience/deadline.ts';
import type { DueDelivery } from '../ledger/ledger.ts';
import { STOP_WITHIN_MS } from '../timing.ts';
import { openThread, send } from './deliver.ts';
import { prepare } from './prepare.ts';
import type { PublisherContext } from './publisher-context.ts';

export interface Publisher {
  /** Checks for due rows. Returns at once. */
  wake(): void;
  /** Resolves when nothing is due. */
  idle(): Promise<void>;
  /**
   * Waits a limited time for running requests, after the context's signal. The next start recovers the rest.
   */
  stop(): Promise<void>;
}

/** Later retries are left to the ticks. */
const OWN_WAKE_MS = 30_000;

export function openPublisher(context: PublisherContext): Publisher {
  const { ledger, concurrency, breaker, clock, log, port, signal } = context;
  const inFlight = new Map<number, Promise<void>>();
  /** Rows with unexpected errors, ignored until the next tick. */
  const resting = new Set<number>();
  const wakes = new Set<number>();
  let running: Promise<void> | undefined;
  let woken = false;

  async function step(row: DueDelivery): Promise<void> {
    if (!(await prepare(context, row))) return;
    // Before the claim, because the lease covers only the request. An ambiguous row may need no request.
    if (row.state !== 'sending') await context.rateLimiter.acquire(signal);
    if (breaker.isOpen()) return;
    const claimedAt = clock.now().getTime();
    const claimed = await ledger.claim(row.id, context.owner, claimedAt);
    if (!claimed) return;
    const back = await (claimed.message
      ? openThread(context, claimed, claimed.message)
      : send(context, claimed, claimedAt));
    if (back !== undefined) wakeAt(back);
  }

  async function work(row: DueDelivery): Promise<void> {
    try {
      await step(row);
    } catch (error) {
      if (signal.aborted) return;
      resting.add(row.id);
      log.error({ err: error, id: row.id }, 'delivery: row failed');
    } finally {
      inFlight.delete(row.id);
      concurrency.leave(row.channel.workspace);
    }
  }

  const isStopped = () => signal.aborted || breaker.isOpen();

  /** Returns the number of started rows. */
  async function begin(rows: readonly DueDelivery[]): Promise<number> {
    let begun = 0;
    for (const row of rows) {
      await concurrency.whenRoom();
      if (isStopped()) break;
      if (!concurrency.tryEnter(row.channel.workspace)) continue;
      begun++;
      inFlight.set(row.id, work(row));
    }
    return begun;
  }

  async function drain(): Promise<void> {
    while (!isStopped()) {
      woken = false;
      const except = [...inFlight.keys(), ...resting];
      const rows = await ledger.due(
        { platform: port.platform, owner: context.owner, limit: context.batch, except },
        clock.now().getTime(),
      );
      if (isStopped() || (await begin(rows)) > 0) continue;
      if (inFlight.size > 0) await concurrency.whenLeft();
      else if (!woken) return;
    }
  }

  function run(): void {
    woken = true;
    running ??= drain()
      .catch((error: unknown) => log.error({ err: error }, 'delivery: publishing failed'))
      .finally(() => {
        running = undefined;
      });
  }

  /** Sets one timer per second for all rows in it. */
  function wakeAt(instant: number): void {
    const wait = instant - clock.now().getTime();
    const second = Math.ceil(instant / 1000);
    if (wait > OWN_WAKE_MS || wakes.has(second)) return;
    wakes.add(second);
    const wake = () => {
      wakes.delete(second);
      if (!signal.aborted) run();
    };
    clock.sleep(Math.max(wait, second * 1000 - clock.now().getTime()), signal).then(wake, wake);
  }

  return {
    wake() {
      if (signal.aborted) return;
      resting.clear();
      run();
    },

    async idle() {
      while (running || inFlight.size > 0) await Promise.all([running, ...inFlight.values()]);
    },

    async stop() {
      await withDeadline(
        { ms: STOP_WITHIN_MS, clock },
        () => this.idle(),
        () => undefined,
      );
      if (inFlight.size > 0) log.warn({ rows: inFlight.size }, 'delivery: requests unfinished at stop');
    },
  };
}
