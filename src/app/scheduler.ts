/** Scheduled work: polling, indexing and syncing all the time, backup and clean-up every night. */
import { schedule } from 'node-cron';
import type { Logger } from '../base/log.ts';
import type { ChangeTeller } from '../changes/telling.ts';
import type { DeliveryEngine } from '../delivery/engine.ts';
import type { InboxSender } from '../inbox/inbox-sender.ts';
import type { MailAddresses } from '../inbox/mail-address.ts';
import type { MailHandOvers } from '../inbox/mail-hand-over-store.ts';
import type { LearnedLists } from '../learning/learned-lists.ts';
import { type MessageStore, RECONCILED_MS } from '../messages/messages.ts';
import type { BudgetStore } from '../model/budget.ts';
import type { Paces } from '../processes/processes.ts';
import { backoffDelay } from '../resilience/backoff.ts';
import { openInFlight } from '../resilience/in-flight.ts';
import { openPause } from '../resilience/pause.ts';
import type { VectorIndexer } from '../search/indexing/vector-indexer.ts';
import { SourceError } from '../sources/http/source-error.ts';
import type { Poller, PollReport } from '../sources/polling/poller.ts';
import { dayOf, systemClock } from '../time/clock.ts';
import type { Watches, WatchMatcher, WatchTeller } from '../watches/watch.ts';
import type { ZoteroSync } from '../zotero/sync-service.ts';
import type { DatabaseFile } from './stores.ts';

interface CleanedStores {
  readonly database: Pick<DatabaseFile, 'emptyJournal'>;
  readonly messages: Pick<MessageStore, 'forget' | 'forgetHashes' | 'forgetLines'>;
  readonly budget: Pick<BudgetStore, 'forgetBefore'>;
  readonly watches: Pick<Watches, 'forgetHits'>;
  readonly learning: Pick<LearnedLists, 'forgetSpent'>;
  readonly mailAddresses: Pick<MailAddresses, 'forgetCodes'>;
  readonly mailHandOvers: Pick<MailHandOvers, 'forget'>;
  readonly paces: Pick<Paces, 'forget'>;
}

interface ScheduledStores extends CleanedStores {
  readonly database: DatabaseFile;
  readonly watchMatcher: WatchMatcher;
  readonly watchTeller: WatchTeller;
  readonly changeTeller: ChangeTeller;
}

export interface ScheduleOptions {
  /** As a whole, because a thread's services cannot be copied one by one. */
  readonly stores: ScheduledStores;
  readonly poller?: Poller;
  /** Runs the jobs of sources that can take minutes. */
  readonly longPoller?: Poller;
  readonly vectorIndexer: VectorIndexer;
  readonly inboxSender: InboxSender;
  readonly zoteroSync?: ZoteroSync;
  /** Called after each polling round with results or failures. */
  readonly onPolled: (report: PollReport) => void;
  /** Nightly backups to keep; 0 makes none. */
  readonly backups: number;
  readonly log: Logger;
}

export interface Schedule {
  /** Stops running work; nothing that is stored is lost. */
  stop(): Promise<void>;
}

/** Time for which reactions to our messages save papers, and their buttons work. */
const REACTABLE_MS = 400 * 86_400_000;

/** Longer than the 30 days for which the list of watches counts hits. */
const HITS_KEPT_MS = 90 * 86_400_000;
/** Longer than a mail can wait to be looked up. */
const HAND_OVERS_KEPT_MS = 90 * 86_400_000;

/** Between two tries of an embedder that does not answer. */
const SYNC_BACKOFF = { firstMs: 120_000, longestMs: 3_600_000 };

const EVERY_MINUTE = '* * * * *';
/** Saves of the last seconds are synced together. */
const EVERY_20_SECONDS = '*/20 * * * * *';
/** UTC. After the day's list has closed and before most labs start work. */
const EACH_NIGHT = '17 3 * * *';

export function startSchedule(options: ScheduleOptions): Schedule {
  const { stores, poller, longPoller, vectorIndexer, inboxSender, zoteroSync } = options;
  const { onPolled, backups, log } = options;
  const { database, watchMatcher, watchTeller, changeTeller } = stores;
  const controller = new AbortController();
  let polling: Promise<unknown> = Promise.resolve();
  let syncing: Promise<void> | undefined;
  const libraries = openInFlight();
  let failures = 0;
  const pause = openPause(systemClock);

  async function poll(due: Poller | undefined, onReport?: ScheduleOptions['onPolled']): Promise<void> {
    try {
      const report = await due?.tick(controller.signal);
      if (report && report.did.length + report.failed.length > 0) onReport?.(report);
    } catch (error) {
      if (!controller.signal.aborted) log.error({ err: error }, 'scheduler: poll failed');
    }
  }

  /** Runs one round at a time, because learning can take longer than a minute. */
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
        if (error instanceof SourceError) log.warn({ reason: error.message }, 'embedder: unreachable');
        else log.error({ err: error }, 'embedder: sync failed');
      })
      .finally(() => {
        syncing = undefined;
      });
  }

  const { signal } = controller;
  const rounds = [
    // Compares new papers with the watches, and tells people what is due.
    openRound(
      async () => {
        const { papers, hits } = await matchNewPapers(watchMatcher, systemClock.now, signal);
        if (hits > 0) log.info({ papers, hits }, 'watches: new papers matched');
        await tellDue(watchTeller, systemClock.now, signal);
      },
      (error) => !signal.aborted && log.error({ err: error }, 'watches: matching failed'),
    ),
    openRound(
      () => tellDue(changeTeller, systemClock.now, signal),
      (error) => !signal.aborted && log.error({ err: error }, 'changes: telling failed'),
    ),
    // At nine in the morning there may be thousands of digests.
    openRound(
      async () => {
        const digests = await inboxSender.send(signal);
        if (digests > 0) log.info({ digests }, 'inbox: digests added');
      },
      (error) => !signal.aborted && log.error({ err: error }, 'inbox: sending failed'),
    ),
  ];

  function syncLibraries(): void {
    if (zoteroSync) void libraries.follow(zoteroSync.tick(controller.signal));
  }

  async function backUp(): Promise<void> {
    try {
      log.info({ file: await database.backUpNightly(dayOf(systemClock.now()), backups) }, 'backup: done');
    } catch (error) {
      log.error({ err: error }, 'backup: failed');
    }
  }

  const startPolling = () => {
    polling = Promise.all([poll(poller, onPolled), poll(longPoller)]);
  };
  startPolling();
  // What became due while the bot was down.
  for (const { start } of rounds) start();
  const tasks = [
    schedule(EVERY_MINUTE, startPolling, { timezone: 'UTC' }),
    schedule(EVERY_MINUTE, sync, { timezone: 'UTC' }),
    ...rounds.map(({ start }) => schedule(EVERY_MINUTE, start, { timezone: 'UTC' })),
    ...(zoteroSync ? [schedule(EVERY_20_SECONDS, syncLibraries, { timezone: 'UTC' })] : []),
    schedule(EACH_NIGHT, () => cleanUp(stores, log, systemClock.now()), { timezone: 'UTC' }),
    ...(backups > 0 ? [schedule(EACH_NIGHT, backUp, { timezone: 'UTC' })] : []),
  ];
  return {
    async stop() {
      controller.abort();
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.all([polling, syncing, libraries.drained(), ...rounds.map(({ drained }) => drained())]);
    },
  };
}

/**
 * Keeps the nearest vectors of a process that does not learn, because another one does.
 * @returns what stops it
 */
export function startNearestRounds(
  vectorIndexer: Pick<VectorIndexer, 'syncNearest'>,
  log: Logger,
): { stop(): Promise<void> } {
  const controller = new AbortController();
  const { signal } = controller;
  const round = openRound(
    () => vectorIndexer.syncNearest(signal),
    (error) => !signal.aborted && log.error({ err: error }, 'nearest vectors: update failed'),
  );
  round.start();
  const task = schedule(EVERY_MINUTE, round.start, { timezone: 'UTC' });
  return {
    async stop() {
      controller.abort();
      await task.destroy();
      await round.drained();
    },
  };
}

interface Round {
  /** Does nothing while the last round runs. */
  start(): void;
  drained(): Promise<void>;
}

/** Work that runs one round at a time. */
function openRound(work: () => Promise<void>, onError: (error: unknown) => void): Round {
  let running: Promise<void> | undefined;
  return {
    start() {
      running ??= work()
        .catch(onError)
        .finally(() => {
          running = undefined;
        });
    },
    drained: async () => running,
  };
}

/**
 * Compares new papers with the watches until none waits. Each step is a call of the store thread, so that
 * others get their turn in between.
 * @throws the signal's reason when it is aborted; all steps so far are stored
 */
export async function matchNewPapers(
  matcher: WatchMatcher,
  now: () => Date,
  signal: AbortSignal,
): Promise<{ readonly papers: number; readonly hits: number }> {
  let papers = 0;
  let hits = 0;
  for (;;) {
    signal.throwIfAborted();
    const step = await matcher.step(now());
    papers += step.papers;
    hits += step.hits;
    if (step.isDone) return { papers, hits };
  }
}

/** Adds notices for everything that is due, some of them in each call of the store thread. */
async function tellDue(
  teller: WatchTeller | ChangeTeller,
  now: () => Date,
  signal: AbortSignal,
): Promise<void> {
  do signal.throwIfAborted();
  while ((await teller.tell(now())) > 0);
}

/** Deletes what is no longer used. */
export async function cleanUp(stores: CleanedStores, log: Logger, now: Date): Promise<void> {
  const { database, messages, budget, watches, learning, mailAddresses, mailHandOvers, paces } = stores;
  try {
    const before = new Date(now.getTime() - REACTABLE_MS).toISOString();
    await messages.forget(before);
    await messages.forgetLines(before);
    await messages.forgetHashes(new Date(now.getTime() - RECONCILED_MS).toISOString());
    await budget.forgetBefore(dayOf(now));
    await watches.forgetHits(new Date(now.getTime() - HITS_KEPT_MS).toISOString());
    for (let channel = await learning.forgetSpent(undefined, before); channel; )
      channel = await learning.forgetSpent(channel, before);
    await mailAddresses.forgetCodes(now);
    await mailHandOvers.forget(new Date(now.getTime() - HAND_OVERS_KEPT_MS));
    await paces.forget();
    // Also for people and workspaces that were forgotten while somebody read the journal.
    if (!(await database.emptyJournal())) log.warn('clean-up: journal in use');
  } catch (error) {
    log.error({ err: error }, 'clean-up: failed');
  }
}

interface Ticker {
  stop(): Promise<void>;
}

const EVERY_HALF_MINUTE = '*/30 * * * * *';

/**
 * Wakes delivery at once and then every half minute. The ledger decides what is due, so a missed wake-up does
 * no harm.
 */
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
