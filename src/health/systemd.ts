/**
 * Tells systemd how the process is, for `Type=notify` and `WatchdogSec=`. Node has no sockets for datagrams
 * of this kind, so systemd's own `systemd-notify` sends them: docs/decisions/systemd.md.
 * https://www.freedesktop.org/software/systemd/man/sd_notify.html
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import { withDeadline } from '../resilience/deadline.ts';
import type { Clock } from '../time/clock.ts';

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
  /** Systemd waits for the end from now on, and watches no longer. Never throws. */
  stopping(): Promise<void>;
}

/**
 * Messages in the time that systemd waits for one: after a slow health check there is still time for a second
 * try.
 */
const WORDS_IN_TIME = 3;
/**
 * One process for all messages: starting one blocks the main thread for 10 ms, on a busy machine for over
 * 100.
 */
const SEND_EACH_LINE = 'while read -r word; do systemd-notify "$word"; done';
/** Milliseconds for the last word; systemd takes one in some 20. */
const LAST_WORD_MS = 5_000;

/** Says that the process is ready, and from then on that it is well. */
export function tellSystemd({ environment, watchdogMs, isHealthy, clock, log }: SystemdOptions): Systemd {
  const stopped = new AbortController();
  const sender = spawn('sh', ['-c', SEND_EACH_LINE], { env: environment, stdio: ['pipe', 'ignore', 'pipe'] });
  // The process does its work whether or not systemd knows.
  const failed = (reason: string) => log.warn({ reason }, 'systemd could not be told');
  sender.on('error', (error) => failed(messageOf(error)));
  sender.stdin.on('error', (error) => failed(messageOf(error)));
  createInterface(sender.stderr).on('line', failed);

  async function keepTelling(every: number): Promise<void> {
    while (!stopped.signal.aborted) {
      const healthy = await isHealthy().catch(() => false);
      if (healthy && !stopped.signal.aborted) sender.stdin.write('WATCHDOG=1\n');
      await clock.sleep(every, stopped.signal).catch(() => undefined);
    }
  }

  sender.stdin.write('READY=1\n');
  if (watchdogMs !== undefined) void keepTelling(watchdogMs / WORDS_IN_TIME);
  return {
    async stopping() {
      stopped.abort();
      if (sender.exitCode !== null || sender.pid === undefined) return;
      const lastWord = (signal: AbortSignal) => {
        const closed = once(sender, 'close', { signal });
        sender.stdin.end('STOPPING=1\n');
        return closed;
      };
      await withDeadline({ ms: LAST_WORD_MS, clock }, lastWord).catch(() => sender.kill());
    },
  };
}
