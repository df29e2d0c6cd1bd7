/** `start`: runs the bot or, if no platform is configured, a chat in this terminal. */
import type { App } from '../../app/app.ts';
import { runApp, type Served } from '../../app/run.ts';
import { openLog } from '../../base/log.ts';
import { parseConfig } from '../../config/config.ts';
import { readEnvironment } from '../../config/environment.ts';
import { lockIfFree } from '../../db/lock.ts';
import type { TerminalChat } from '../../platforms/terminal/adapter.ts';
import type { PollReport } from '../../sources/polling/poller.ts';
import { aborted, interruption, say, sayUpgrade } from '../session.ts';
import { fillWhenEmpty } from './first-start.ts';

export interface StartOptions {
  /** One JSON object per card instead of text. */
  readonly json: boolean;
}

/** Resolves when the conversation is over. */
export async function runStart({ json }: StartOptions): Promise<void> {
  const environment = readEnvironment();
  const config = parseConfig(environment);
  const stop = interruption(environment);
  if (config.discord || config.slack) {
    await (await import('./serve.ts')).runBot(config, stop);
    // Everything is closed, but a platform that has not responded can still keep the process alive.
    process.exit();
  }
  const log = openLog(config.logLevel, config.logFile);
  const interactive = process.stdin.isTTY && process.stdout.isTTY && !json;
  let chat: TerminalChat | undefined;
  let onPolled: ((report: PollReport) => void) | undefined;

  async function openPorts({ stores }: App): Promise<Served> {
    const { openTerminal, sayOnceOffline } = await import('../terminal.ts');
    const opened = await openTerminal(stores, { config, environment, interactive, json, log });
    chat = opened;
    onPolled = sayOnceOffline((card) => opened.notice(card));
    const interrupted = aborted(stop).then(() => opened.stop());
    return { ports: [opened], ended: Promise.race([opened.closed, interrupted]) };
  }

  await runApp(config, {
    log,
    // A second terminal on the same papers answers commands, and leaves everything else to the first.
    lock: lockIfFree(config.database.path),
    onDeath(error) {
      log.fatal({ err: error }, 'worker: ended unexpectedly');
      say('A part of Paperboy ended unexpectedly; the log says why. Start it again; no saved data is lost.');
      process.exit(1);
    },
    onUpgrade: sayUpgrade,
    fill: fillWhenEmpty,
    openPorts,
    isService: false,
    // A pipe ends before anything is due.
    posts: interactive,
    onPolled: (report) => onPolled?.(report),
  });
  if (chat && chat.failures() > 0 && !interactive) process.exitCode = 1;
}
