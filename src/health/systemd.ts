/**
 * Notifies systemd, for `Type=notify` and `WatchdogSec=`. Node has no Unix datagram sockets, so
 * `systemd-notify` sends the messages: docs/decisions/systemd.md.
 * https://www.freedesktop.org/software/systemd/man/sd_notify.html
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import { withDeadline } from '../resilience/deadline.ts';
import type { Clock } from '../time/clock.ts';

/** Settings from systemd. */
export interface SystemdSettings {
  /** Environment for `systemd-notify`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds without a message after which systemd kills the process; absent if the watchdog is off. */
  readonly watchdogMs?: number;
}

export interface SystemdOptions extends SystemdSettings {
  /** While it returns false or fails, no watchdog message is sent. */
  isHealthy(): Promise<boolean>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Systemd {
  /** Tells systemd that the process stops, and ends the watchdog. Never throws. */
  stopping(): Promise<void>;
}

/** Messages per watchdog interval; leaves time for a second try after a slow health check. */
const WORDS_IN_TIME = 3;
/** One process sends all messages, as starting one blocks the main thread for 10 ms, under load over 100. */
const SEND_EACH_LINE = 'while read -r word; do systemd-notify "$word"; done';
/** Milliseconds for the last message; it usually takes about 20. */
const LAST_WORD_MS = 5_000;

/** Reports that the process is ready, and from then on that it is healthy. */
export function tellSystemd({ environment, watchdogMs, isHealthy, clock, log }: SystemdOptions): Systemd {
  const stopped = new AbortController();
  const sender = spawn('sh', ['-c', SEND_EACH_LINE], { env: environment, stdio: ['pipe', 'ignore', 'pipe'] });
  // A failed notification does not stop the process.
  const failed = (reason: string) => log.warn({ reason }, 'systemd: notify failed');
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
