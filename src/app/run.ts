/** Runs the program, from opening its database to closing it, as the options describe. */
import { compact } from '../base/compact.ts';
import type { Logger } from '../base/log.ts';
import type { PostingPort } from '../chat/port.ts';
import type { Config } from '../config/config.ts';
import type { ProcessLock } from '../db/lock.ts';
import type { DeliveryEngine } from '../delivery/engine.ts';
import { loadFeedsFile } from '../feeds/feeds-file.ts';
import type { CountedActivity } from '../health/activity.ts';
import { observeFiles } from '../health/files.ts';
import type { HttpServer } from '../health/http-server.ts';
import type { ObservedAndCounted } from '../health/metrics.ts';
import { health, type Observed } from '../health/probes.ts';
import { type Systemd, tellSystemd } from '../health/systemd.ts';
import type { PollReport } from '../sources/polling/poller.ts';
import { systemClock } from '../time/clock.ts';
import type { App } from './app.ts';
import { BACKGROUND_WORK } from './shared-work.ts';
import { startWordIndex } from './stores.ts';
import { openThreads } from './threads.ts';

/** Milliseconds from the start until the warm-up, so that the first answer does not wait for it. */
const WARM_UP_AFTER_MS = 2_000;

export interface RunOptions {
  readonly log: Logger;
  /**
   * Lock of the database. The process that holds it polls sources and posts; one without it only answers
   * commands.
   */
  readonly lock: ProcessLock | undefined;
  /** Called if a part ends that the program needs. */
  readonly onDeath: (error: Error) => void;
  /** Called when the migration of a database with data begins. */
  readonly onUpgrade?: () => void;
  /** Adds papers to an empty database, before the first answer. */
  readonly fill: (app: App) => Promise<void>;
  readonly openPorts: (app: App) => Promise<Served>;
  /** Serves probes and notifies systemd, as a service does. */
  readonly isService: boolean;
  /** False for a run that ends before anything is due. */
  readonly posts: boolean;
  /** Called when every port is connected. */
  readonly onReady?: (ports: readonly PostingPort[]) => void;
  /** Called after each polling round with changes or failures. */
  readonly onPolled?: (report: PollReport) => void;
}

export interface Served {
  readonly ports: readonly PostingPort[];
  /** Resolves when it is time to stop, even if ports are still starting. */
  readonly ended: Promise<void>;
}

/**
 * Resolves when everything is closed and the lock is free.
 * @throws UserError if the database cannot be used, or a platform rejects the bot
 */
export async function runApp(config: Config, options: RunOptions): Promise<void> {
  const { log, lock, fill, openPorts, isService, onDeath, onUpgrade = () => {} } = options;
  try {
    const threads = openThreads(config, log, onDeath, (upgrade) => {
      log.info(upgrade, 'database: upgrade started');
      onUpgrade();
    });
    // It may fail before anybody waits for it.
    threads.catch(() => undefined);
    // The threads load their modules meanwhile.
    const { createApp } = await import('./app.ts');
    const activity = config.health && isService ? await openActivity() : undefined;
    const app = await createApp(config, log, onDeath, { threads, ...compact({ activity }) });
    try {
      const migration = await app.stores.database.migration();
      if (migration.backup !== undefined) log.info(migration, 'database: upgraded');
      if (lock) {
        await fill(app);
        await loadFeedsFile(config, app.stores.feeds);
      }
      await serve(app, await openPorts(app), activity, config, options);
    } finally {
      await app.close();
    }
  } finally {
    lock?.release();
  }
}

/** Starts the background work after the ports, and stops it before them. */
async function serve(
  app: App,
  { ports, ended }: Served,
  activity: CountedActivity | undefined,
  config: Config,
  { log, lock, isService, posts, onReady, onPolled = () => {} }: RunOptions,
): Promise<void> {
  let engine: DeliveryEngine | undefined;
  const observed: Observed = {
    ports,
    engine: () => engine,
    sources: app.stores.sources,
    files: observeFiles(config.database.path, config.backups),
    clock: systemClock,
  };
  const probes = activity && (await answerProbes(config, { ...observed, activity }, app, log));
  let warmingUp: NodeJS.Timeout | undefined;
  try {
    if (!(await startPorts(ports, app, ended))) return;
    warmingUp = setTimeout(() => void app.warmUp(), WARM_UP_AFTER_MS);
    // Loaded while the first line is answered.
    const { startNearestRounds, startSchedule, startTicker } = await import('./scheduler.ts');
    const serving = lock && posts ? await app.deliver(ports) : undefined;
    engine = serving;
    const ticker = serving && startTicker(serving);
    // PostgreSQL is backed up by its administrator.
    const backups = config.database.url === undefined ? config.backups : 0;
    const schedule =
      lock &&
      app.sharedWork.share([BACKGROUND_WORK], async () => startSchedule({ ...app, backups, log, onPolled }));
    const nearest = lock && app.sharedWork.team ? startNearestRounds(app.vectorIndexer, log) : undefined;
    const indexing = lock && startWordIndex(config.database, { changes: app.stores.wordChanges, log });
    onReady?.(ports);
    const systemd = isService ? watchBySystemd(config, observed, log) : undefined;
    await ended;
    engine = undefined;
    await Promise.all([systemd?.stopping(), ticker?.stop()]);
    await Promise.all([serving?.stop(), schedule?.stop(), nearest?.stop(), indexing?.stop()]);
  } finally {
    clearTimeout(warmingUp);
    await Promise.allSettled(ports.map((port) => port.stop()));
    await probes?.stop();
  }
}

/** @returns false if it was time to stop before every port was connected */
async function startPorts(
  ports: readonly PostingPort[],
  { handlers }: App,
  ended: Promise<void>,
): Promise<boolean> {
  const stopped = ended.then(() => false);
  // A promise that has already resolved wins, so nothing is started.
  if (!(await Promise.race([stopped, Promise.resolve(true)]))) return false;
  const started = Promise.all(ports.map((port) => port.start(handlers))).then(() => true);
  return Promise.race([stopped, started]);
}

/** Only a service that is monitored loads the library of metrics. */
async function openActivity(): Promise<CountedActivity> {
  return (await import('../health/activity.ts')).countActivity();
}

/** Called before the ports start, which may take a while: until then the answer is “not ready”. */
async function answerProbes(
  config: Config,
  observed: ObservedAndCounted,
  { listPage, handleRequest }: App,
  log: Logger,
): Promise<HttpServer | undefined> {
  if (!config.health) return undefined;
  const { startHealthServer } = await import('../health/health.ts');
  return startHealthServer(config.health, observed, log, { pages: listPage, handleRequest });
}

function watchBySystemd(config: Config, observed: Observed, log: Logger): Systemd | undefined {
  const isHealthy = async () => (await health(observed)).status === 200;
  return config.systemd && tellSystemd({ ...config.systemd, isHealthy, clock: systemClock, log });
}
