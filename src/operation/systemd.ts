/**
 * Tells systemd how the process is, for `Type=notify` and `WatchdogSec=`: https://www.freedesktop.org/software/systemd/man/sd_notify.html.
 * Node has no sockets for datagrams of this kind, so systemd's own `systemd-notify` sends them: docs/decisions/systemd.md.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../log.ts';

/** What systemd gave this process to be told by. */
export interface SystemdSettings {
  /** What `systemd-notify` needs to be found and to find systemd. */
  readonly environment: Readonly<Record<string, string>>;
  /** After so many milliseconds without a word systemd kills the process; it does not watch when absent. */
  readonly watchdogMs?: number;
}

export interface SystemdOptions extends SystemdSettings {
  /** While it says no, or fails, systemd is told nothing. */
  isHealthy(): Promise<boolean>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Systemd {
  /** From now on systemd watches. */
  ready(): Promise<void>;
  /** Systemd waits for the end from now on, and watches no longer. */
  stopping(): Promise<void>;
}

/** Words in the time that systemd waits for one: a look that takes its longest and a slow process still leave a second try. */
const WORDS_IN_TIME = 3;
const SEND_MS = 5_000;

const run = promisify(execFile);

export function openSystemd({ environment, watchdogMs, isHealthy, clock, log }: SystemdOptions): Systemd {
  const stopped = new AbortController();
  let sent: Promise<void> = Promise.resolve();

  /** Never throws: the process does its work whether or not systemd knows. */
  async function tell(word: string): Promise<void> {
    try {
      await run('systemd-notify', [word], { env: environment, timeout: SEND_MS });
    } catch (error) {
      log.warn({ word, reason: messageOf(error) }, 'systemd could not be told');
    }
  }

  /** One word after the other: what was true before must not arrive after what is true now. */
  function send(word: string): Promise<void> {
    sent = sent.then(() => tell(word));
    return sent;
  }

  async function keepTelling(every: number): Promise<void> {
    while (!stopped.signal.aborted) {
      const healthy = await isHealthy().catch(() => false);
      if (healthy && !stopped.signal.aborted) await send('WATCHDOG=1');
      await clock.sleep(every, stopped.signal).catch(() => undefined);
    }
  }

  return {
    async ready() {
      await send('READY=1');
      if (watchdogMs !== undefined) void keepTelling(watchdogMs / WORDS_IN_TIME);
    },
    async stopping() {
      stopped.abort();
      await send('STOPPING=1');
    },
  };
}
