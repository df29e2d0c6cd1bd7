/** `start` with a platform configured: runs the bot until it is stopped. */
import type { App } from '../../app/app.ts';
import { runApp } from '../../app/run.ts';
import { type Logger, openLog } from '../../base/log.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Config } from '../../config/config.ts';
import { lockDatabase } from '../../db/lock.ts';
import { aborted, say } from '../session.ts';
import { fillWhenEmpty } from './first-start.ts';

/** Milliseconds for a stop after a signal. Leaves a margin before supervisors kill the process. */
const STOP_MS = 25_000;

/** @throws UserError when a platform refuses the bot, or another process serves from this database */
export async function runBot(config: Config, stop: AbortSignal): Promise<void> {
  const log = openLog(config.logLevel);
  stop.addEventListener('abort', () => endInTime(log), { once: true });
  await runApp(config, {
    log,
    lock: lockDatabase(config.database.path),
    onDeath: die(log, 'A part of Paperboy ended unexpectedly.'),
    fill: fillWhenEmpty,
    openPorts: async (app) => ({ ports: await openPlatforms(config, app, log), ended: aborted(stop) }),
    isService: true,
    posts: true,
    onReady: (ports) => process.stdout.write(`ready: ${ports.map(({ platform }) => platform).join(' ')}\n`),
  });
}

async function openPlatforms(
  config: Config,
  { stores, sharedWork }: App,
  log: Logger,
): Promise<PostingPort[]> {
  const { configuredPlatforms } = await import('../../app/platforms/platforms.ts');
  const ports: PostingPort[] = [];
  for (const platform of configuredPlatforms(config)) {
    const onDeath = die(log, `${platform.label} ended the connection for good.`);
    ports.push(await platform.open(config, { stores, sharedWork, log, announce: say, onDeath }));
  }
  return ports;
}

/** Exits if the stop takes too long, even while a platform that does not answer is still starting. */
function endInTime(log: Logger): void {
  setTimeout(() => {
    log.fatal('process: stop timed out');
    process.exit(1);
  }, STOP_MS).unref();
}

/** Reports why the process cannot continue, and exits with status 1, so that a supervisor can restart it. */
function die(log: Logger, what: string): (error: Error) => void {
  return (error) => {
    log.fatal({ err: error, reason: what }, 'app: ended unexpectedly');
    say(`${what} ${error.message}`);
    process.exit(1);
  };
}
