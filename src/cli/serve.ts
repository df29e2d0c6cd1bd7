/** `start` with a platform in the settings: the bot, until it is told to stop. */
import { catalogue } from '../../commands/index.ts';
import { menu } from '../../commands/menu.ts';
import { roots } from '../../commands/roots.ts';
import { translations } from '../../commands/translations/index.ts';
import type { Installing } from '../chat/slack/install.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { lockDatabase } from '../db/lock.ts';
import type { DeliveryEngine } from '../delivery/engine.ts';
import { loadFeedsFile } from '../delivery/feeds-file.ts';
import type { Outlet } from '../delivery/outlet.ts';
import { startTicker } from '../delivery/ticker.ts';
import { type Logger, openLog } from '../log.ts';
import { openPaperboy, type Paperboy } from '../main.ts';
import { countActivity } from '../operation/activity.ts';
import { observeFiles } from '../operation/files.ts';
import { startOperation } from '../operation/operation.ts';
import { health, type Observed } from '../operation/probes.ts';
import { tellSystemd } from '../operation/systemd.ts';
import { startSchedule } from '../schedule.ts';
import { LOCAL_TEAM } from '../settings.ts';
import { teamIn } from '../teams.ts';
import { openInstallations } from '../workspaces/installations.ts';
import { openSealing } from '../workspaces/sealing.ts';
import { fillWhenEmpty } from './first-start.ts';
import { say } from './session.ts';

/** Milliseconds that everything has to end in after a signal: what supervisors wait before they kill, less a margin. */
const STOP_MS = 25_000;

/** @throws UserError when a platform refuses the bot, or another process serves from this database */
export async function serve(config: Config, stop: AbortSignal): Promise<void> {
  const log = openLog(config.logLevel);
  stop.addEventListener('abort', () => endInTime(log), { once: true });
  const lock = lockDatabase(config.databasePath);
  const activity = countActivity();
  const onDeath = die(log, 'A part of Paperboy ended unexpectedly.');
  const paperboy = await openPaperboy(config, log, onDeath, activity);
  try {
    await fillWhenEmpty(paperboy);
    await loadFeedsFile(config, paperboy.stores.feeds);
    const outlets = await openOutlets(config, paperboy, log);
    let serving: DeliveryEngine | undefined;
    const observed: Observed = {
      ports: outlets.map(({ port }) => port),
      engine: () => serving,
      sources: paperboy.stores.sources,
      files: observeFiles(config.databasePath, config.backups),
      activity,
      clock: systemClock,
    };
    // Before the platforms, which may take their time: until they have started the answer is "not ready", and it can be asked.
    const operation = config.operation && (await startOperation(config.operation, observed, log));
    try {
      if (!(await startPlatforms(outlets, paperboy, stop))) return;
      const engine = await paperboy.deliver(outlets);
      serving = engine;
      const ticker = startTicker(engine);
      const schedule = startSchedule({
        ...paperboy,
        database: paperboy.stores.database,
        messages: paperboy.stores.messages,
        budget: paperboy.stores.budget,
        backups: config.backups,
        log,
        onPolled: () => {},
      });
      process.stdout.write(`ready: ${outlets.map(({ port }) => port.platform).join(' ')}\n`);
      const isHealthy = async () => (await health(observed)).status === 200;
      const systemd =
        config.systemd && tellSystemd({ ...config.systemd, isHealthy, clock: systemClock, log });
      await aborted(stop);
      serving = undefined;
      await Promise.all([systemd?.stopping(), ticker.stop()]);
      await Promise.all([engine.stop(), schedule.stop()]);
    } finally {
      await Promise.allSettled(outlets.map(({ port }) => port.stop()));
      if (operation) await operation.stop();
    }
  } finally {
    await paperboy.close();
    lock.release();
  }
}

/** @returns false when the process was told to stop before every platform had answered */
async function startPlatforms(
  outlets: readonly Outlet[],
  { handlers }: Paperboy,
  stop: AbortSignal,
): Promise<boolean> {
  if (stop.aborted) return false;
  await Promise.race([Promise.all(outlets.map(({ port }) => port.start(handlers))), aborted(stop)]);
  return !stop.aborted;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** From the signal on, whatever the process is at: a platform that does not answer while it starts is no reason to stay. */
function endInTime(log: Logger): void {
  setTimeout(() => {
    log.fatal('stopping took too long');
    process.exit(1);
  }, STOP_MS).unref();
}

/** Each adapter is loaded when it is wanted: its library takes longer to load than the rest of the program. */
async function openOutlets(config: Config, paperboy: Paperboy, log: Logger): Promise<Outlet[]> {
  const outlets: Outlet[] = [];
  if (config.discord) {
    const { openDiscordChat, POSTING_LIMITS } = await import('../chat/discord/adapter.ts');
    outlets.push({
      limits: POSTING_LIMITS,
      port: openDiscordChat({
        ...config.discord,
        catalogue,
        menu,
        roots,
        translations,
        team: LOCAL_TEAM,
        clock: systemClock,
        log,
        onInvite: (url) => say(`Add the bot to a server: ${url}`),
        onDeath: die(log, 'Discord ended the connection for good.'),
      }),
    });
  }
  if (config.slack) {
    const { openSlackChat, POSTING_LIMITS } = await import('../chat/slack/adapter.ts');
    outlets.push({
      limits: POSTING_LIMITS,
      port: openSlackChat({
        ...config.slack,
        catalogue,
        menu,
        roots,
        saveEmoji: config.saveEmoji,
        teamOf: (workspace) => teamIn(config.ownLibraries, { platform: 'slack', workspace }),
        installing: await installingOf(config.slack, paperboy),
        clock: systemClock,
        log,
        onListening: (port) => log.info({ port }, 'Slack’s requests and pages are taken here'),
        onDeath: die(log, 'Slack ended the connection for good.'),
      }),
    });
  }
  return outlets;
}

/** Where workspaces install the app themselves, what they give it is kept in the database. */
async function installingOf(
  { install }: NonNullable<Config['slack']>,
  { stores: { workspaces } }: Paperboy,
): Promise<Installing | undefined> {
  if (!install) return undefined;
  const { clientId, clientSecret, secretKey } = install;
  const sealing = await openSealing(secretKey);
  return {
    clientId,
    clientSecret,
    stateSecret: sealing.keyFor('the state of an installation'),
    keeper: openInstallations({ workspaces, sealing, clock: systemClock }),
  };
}

/** The process cannot go on: it says why and ends, non-zero, so that whoever supervises it can act. */
function die(log: Logger, what: string): (error: Error) => void {
  return (error) => {
    log.fatal({ err: error }, what);
    say(`${what} ${error.message}`);
    process.exit(1);
  };
}
