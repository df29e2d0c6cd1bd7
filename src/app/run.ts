/** Runs the program, from opening its database to closing it, as the options describe. */
import type { Logger } from '../base/log.ts';
import type { PostingPort } from '../chat/port.ts';
import type { Config } from '../config/config.ts';
import type { ProcessLock } from '../db/lock.ts';
import type { DeliveryEngine } from '../delivery/engine.ts';
import { loadFeedsFile } from '../feeds/feeds-file.ts';
import { type CountedActivity, countActivity } from '../health/activity.ts';
import { observeFiles } from '../health/files.ts';
import { startHealthServer } from '../health/health.ts';
import type { HttpServer } from '../health/http-server.ts';
import { health, type Observed } from '../health/probes.ts';
import { type Systemd, tellSystemd } from '../health/systemd.ts';
import type { PollReport } from '../sources/polling/poller.ts';
import { systemClock } from '../time/clock.ts';
import { type App, createApp } from './app.ts';
import { startNearestRounds, startSchedule, startTicker } from './scheduler.ts';
import { BACKGROUND_WORK } from './shared-work.ts';
import { startWordIndex } from './stores.ts';

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
  const { log, lock, fill, openPorts, onDeath, onUpgrade = () => {} } = options;
  const activity = countActivity();
  try {
    const app = await createApp(config, log, onDeath, {
      activity,
      onUpgrade(upgrade) {
        log.info(upgrade, 'database: upgrade started');
        onUpgrade();
      },
    });
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
  activity: CountedActivity,
  config: Config,
  { log, lock, isService, posts, onReady, onPolled = () => {} }: RunOptions,
): Promise<void> {
  let engine: DeliveryEngine | undefined;
  const observed: Observed = {
    ports,
    engine: () => engine,
    sources: app.stores.sources,
    files: observeFiles(config.database.path, config.backups),
    activity,
    clock: systemClock,
  };
  const probes = isService ? await answerProbes(config, observed, app, log) : undefined;
  try {
    if (!(await startPorts(ports, app, ended))) return;
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

/** Called before the ports start, which may take a while: until then the answer is “not ready”. */
async function answerProbes(
  config: Config,
  observed: Observed,
  { listPage, handleRequest }: App,
  log: Logger,
): Promise<HttpServer | undefined> {
  return config.health && startHealthServer(config.health, observed, log, { pages: listPage, handleRequest });
}

function watchBySystemd(config: Config, observed: Observed, log: Logger): Systemd | undefined {
  const isHealthy = async () => (await health(observed)).status === 200;
  return config.systemd && tellSystemd({ ...config.systemd, isHealthy, clock: systemClock, log });
}
