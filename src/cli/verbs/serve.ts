/** `start` with a platform in the settings: the bot, until it is told to stop. */
import { catalogue } from '../../../commands/index.ts';
import { translations } from '../../../commands/locales/index.ts';
import { messageActions } from '../../../commands/message-actions.ts';
import { roots } from '../../../commands/roots.ts';
import { type App, createApp } from '../../app/app.ts';
import { startSchedule, startTicker } from '../../app/scheduler.ts';
import { teamIn } from '../../app/teams.ts';
import { type Logger, openLog } from '../../base/log.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Config } from '../../config/config.ts';
import { LOCAL_TEAM } from '../../config/settings.ts';
import { lockDatabase } from '../../db/lock.ts';
import type { DeliveryEngine } from '../../delivery/engine.ts';
import { loadFeedsFile } from '../../feeds/feeds-file.ts';
import { countActivity } from '../../health/activity.ts';
import { observeFiles } from '../../health/files.ts';
import { startHealthServer } from '../../health/health.ts';
import { health, type Observed } from '../../health/probes.ts';
import { tellSystemd } from '../../health/systemd.ts';
import type { Installing } from '../../platforms/slack/workspaces/install.ts';
import { systemClock } from '../../time/clock.ts';
import { openInstallations } from '../../workspaces/installations.ts';
import { openSealing } from '../../workspaces/sealing.ts';
import { say } from '../session.ts';
import { fillWhenEmpty } from './first-start.ts';

/** Milliseconds that everything has to end in after a signal: what supervisors wait before they kill, less a margin. */
const STOP_MS = 25_000;

/** @throws UserError when a platform refuses the bot, or another process serves from this database */
export async function runBot(config: Config, stop: AbortSignal): Promise<void> {
  const log = openLog(config.logLevel);
  stop.addEventListener('abort', () => endInTime(log), { once: true });
  const lock = lockDatabase(config.databasePath);
  const activity = countActivity();
  const onDeath = die(log, 'A part of Paperboy ended unexpectedly.');
  const app = await createApp(config, log, onDeath, activity);
  try {
    await fillWhenEmpty(app);
    await loadFeedsFile(config, app.stores.feeds);
    const ports = await openPorts(config, app, log);
    let serving: DeliveryEngine | undefined;
    const observed: Observed = {
      ports,
      engine: () => serving,
      sources: app.stores.sources,
      files: observeFiles(config.databasePath, config.backups),
      activity,
      clock: systemClock,
    };
    // Before the platforms, which may take their time: until they have started the answer is "not ready", and it can be asked.
    const healthServer = config.health && (await startHealthServer(config.health, observed, log));
    try {
      if (!(await startPlatforms(ports, app, stop))) return;
      const engine = await app.deliver(ports);
      serving = engine;
      const ticker = startTicker(engine);
      const schedule = startSchedule({
        ...app,
        database: app.stores.database,
        messages: app.stores.messages,
        budget: app.stores.budget,
        backups: config.backups,
        log,
        onPolled: () => {},
      });
      process.stdout.write(`ready: ${ports.map((port) => port.platform).join(' ')}\n`);
      const isHealthy = async () => (await health(observed)).status === 200;
      const systemd =
        config.systemd && tellSystemd({ ...config.systemd, isHealthy, clock: systemClock, log });
      await aborted(stop);
      serving = undefined;
      await Promise.all([systemd?.stopping(), ticker.stop()]);
      await Promise.all([engine.stop(), schedule.stop()]);
    } finally {
      await Promise.allSettled(ports.map((port) => port.stop()));
      if (healthServer) await healthServer.stop();
    }
  } finally {
    await app.close();
    lock.release();
  }
}

/** @returns false when the process was told to stop before every platform had answered */
async function startPlatforms(
  ports: readonly PostingPort[],
  { handlers }: App,
  stop: AbortSignal,
): Promise<boolean> {
  if (stop.aborted) return false;
  await Promise.race([Promise.all(ports.map((port) => port.start(handlers))), aborted(stop)]);
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
async function openPorts(config: Config, app: App, log: Logger): Promise<PostingPort[]> {
  const ports: PostingPort[] = [];
  if (config.discord) {
    const { openDiscordChat } = await import('../../platforms/discord/adapter.ts');
    ports.push(
      openDiscordChat({
        ...config.discord,
        catalogue,
        menu: messageActions,
        roots,
        translations,
        team: LOCAL_TEAM,
        clock: systemClock,
        log,
        onInvite: (url) => say(`Add the bot to a server: ${url}`),
        onDeath: die(log, 'Discord ended the connection for good.'),
      }),
    );
  }
  if (config.slack) {
    const { openSlackChat } = await import('../../platforms/slack/adapter.ts');
    ports.push(
      openSlackChat({
        ...config.slack,
        catalogue,
        menu: messageActions,
        roots,
        saveEmoji: config.saveEmoji,
        teamOf: (workspace) => teamIn(config.ownLibraries, { platform: 'slack', workspace }),
        installing: await installingOf(config.slack, app),
        clock: systemClock,
        log,
        onListening: (port) => log.info({ port }, 'Slack’s requests and pages are taken here'),
        onDeath: die(log, 'Slack ended the connection for good.'),
      }),
    );
  }
  return ports;
}

/** Where workspaces install the app themselves, what they give it is kept in the database. */
async function installingOf(
  { install }: NonNullable<Config['slack']>,
  { stores: { workspaces } }: App,
): Promise<Installing | undefined> {
  if (!install) return undefined;
  const { clientId, clientSecret, secretKey } = install;
  const sealing = await openSealing(secretKey);
  return {
    clientId,
    clientSecret,
    stateSecret: sealing.keyFor('the state of an installation'),
    installations: openInstallations({ workspaces, sealing, clock: systemClock }),
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
