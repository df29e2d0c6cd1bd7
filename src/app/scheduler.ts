/** What happens by the clock while the bot runs: polling and learning each minute, a backup each night. node-cron only wakes it. */
import { schedule } from 'node-cron';
import type { Logger } from '../base/log.ts';
import type { DeliveryEngine } from '../delivery/engine.ts';
import { type MessageStore, RECONCILED_MS } from '../messages/messages.ts';
import type { BudgetStore } from '../model/budget.ts';
import { backoffDelay } from '../resilience/backoff.ts';
import { openPause } from '../resilience/pause.ts';
import type { VectorIndexer } from '../search/indexing/vector-indexer.ts';
import { SourceError } from '../sources/http/source-error.ts';
import type { Poller, PollReport } from '../sources/polling/poller.ts';
import { dayOf, systemClock } from '../time/clock.ts';
import type { DatabaseFile } from './stores.ts';

export interface ScheduleOptions {
  readonly poller?: Poller;
  readonly vectorIndexer: VectorIndexer;
  /** Told after each round that did or failed something. */
  readonly onPolled: (report: PollReport) => void;
  readonly database: DatabaseFile;
  readonly messages: Pick<MessageStore, 'forget' | 'forgetHashes'>;
  readonly budget: Pick<BudgetStore, 'forgetBefore'>;
  /** How many nightly backups to keep; 0 makes none. */
  readonly backups: number;
  readonly log: Logger;
}

export interface Schedule {
  /** Ends what is under way; nothing that was stored is lost. */
  stop(): Promise<void>;
}

/** For how long a reaction on a message of ours saves its papers. */
const REACTABLE_MS = 400 * 86_400_000;

/** Between two tries of an embedder that does not answer. */
const SYNC_BACKOFF = { firstMs: 120_000, longestMs: 3_600_000 };

const EVERY_MINUTE = '* * * * *';
/** UTC: after the day's list has closed and before most labs are up. */
const EACH_NIGHT = '17 3 * * *';

export function startSchedule(options: ScheduleOptions): Schedule {
  const { poller, vectorIndexer, onPolled, database, messages, budget, backups, log } = options;
  const controller = new AbortController();
  let polling: Promise<void> = Promise.resolve();
  let syncing: Promise<void> | undefined;
  let failures = 0;
  const pause = openPause(systemClock);

  async function poll(): Promise<void> {
    try {
      const report = await poller?.tick(controller.signal);
      if (report && report.did.length + report.failed.length > 0) onPolled(report);
    } catch (error) {
      if (!controller.signal.aborted) log.error({ err: error }, 'polling failed');
    }
  }

  /** One round at a time: learning takes longer than a minute on a slow machine. */
  function sync(): void {
    if (pause.left() > 0) return;
    syncing ??= vectorIndexer
      .sync(controller.signal)
      .then(() => {
        failures = 0;
      })
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        failures += 1;
        pause.start(backoffDelay(SYNC_BACKOFF, failures));
        if (error instanceof SourceError) log.warn({ reason: error.message }, 'the embedder does not answer');
        else log.error({ err: error }, 'what papers mean could not be worked out');
      })
      .finally(() => {
        syncing = undefined;
      });
  }

  async function backUp(): Promise<void> {
    try {
      log.info({ file: await database.backUpNightly(dayOf(systemClock.now()), backups) }, 'backed up');
    } catch (error) {
      log.error({ err: error }, 'the nightly backup failed');
    }
  }

  async function forgetOld(): Promise<void> {
    const now = systemClock.now();
    try {
      await messages.forget(new Date(now.getTime() - REACTABLE_MS).toISOString());
      await messages.forgetHashes(new Date(now.getTime() - RECONCILED_MS).toISOString());
      await budget.forgetBefore(dayOf(now));
    } catch (error) {
      log.error({ err: error }, 'what is old could not be forgotten');
    }
  }

  const startPolling = () => {
    polling = poll();
  };
  startPolling();
  const tasks = [
    schedule(EVERY_MINUTE, startPolling, { timezone: 'UTC' }),
    schedule(EVERY_MINUTE, sync, { timezone: 'UTC' }),
    schedule(EACH_NIGHT, forgetOld, { timezone: 'UTC' }),
    ...(backups > 0 ? [schedule(EACH_NIGHT, backUp, { timezone: 'UTC' })] : []),
  ];
  return {
    async stop() {
      controller.abort();
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.all([polling, syncing]);
    },
  };
}

// Wakes the delivery each half minute. What is due, the ledger knows: a wake that is missed is made up by the next.

interface Ticker {
  stop(): Promise<void>;
}

const EVERY_HALF_MINUTE = '*/30 * * * * *';

/** Wakes at once, too: what fell due while nobody was there should not wait. */
export function startTicker(engine: Pick<DeliveryEngine, 'tick'>): Ticker {
  const wake = () => engine.tick();
  void wake();
  const task = schedule(EVERY_HALF_MINUTE, wake, { timezone: 'UTC' });
  return {
    async stop() {
      await task.destroy();
    },
  };
}
