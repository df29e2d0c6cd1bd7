/** Notices a silent day: on a clock of its own, as what it watches may be what has stopped. */

import { messageOf } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import type { Clock } from '../time/clock.ts';
import type { Alerts } from './alerts.ts';
import type { LedgerReport } from './ledger/ledger.ts';
import { LATE_MS, WATCH_EVERY_MS } from './timing.ts';

export interface WatchdogOptions {
  readonly ledger: Pick<LedgerReport, 'late'>;
  /**
   * When feeds were last turned into rows, by `clock.elapsed()`: without that nothing is ever late in the
   * ledger.
   */
  lastTick(): number;
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Watchdog {
  stop(): Promise<void>;
}

/** One alert an incident: it is over when a look finds nothing wrong, and the next one is told again. */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const { alerts, clock, log } = options;
  const stopping = new AbortController();
  let alerted = false;

  async function look(): Promise<void> {
    const wrong = await whatIsWrong(options).catch((error: unknown) => {
      return `The ledger of deliveries does not answer: ${messageOf(error)}.`;
    });
    if (wrong !== undefined && !alerted) await alerts.raise(wrong);
    if (wrong === undefined && alerted) log.info('deliveries are in time again');
    alerted = wrong !== undefined;
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await clock.sleep(WATCH_EVERY_MS, stopping.signal);
      await look();
    }
  }

  const watching = watch().catch(() => {});
  return {
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}

async function whatIsWrong({ ledger, lastTick, clock }: WatchdogOptions): Promise<string | undefined> {
  const silentMs = clock.elapsed() - lastTick();
  if (silentMs > LATE_MS)
    return `Deliveries have not been planned for ${minutes(silentMs)} minutes: the ticker or the store has stopped.`;
  const late = await ledger.late(clock.now().getTime());
  const [first] = late;
  if (!first) return undefined;
  const where = `${first.channel.platform} ${first.channel.channel}, feed ${first.feed}, ${first.day}`;
  const why = first.reason === undefined ? '' : ` (${first.reason})`;
  return `${late.length === 1 ? 'A delivery is' : 'Deliveries are'} late: ${where}${why}.`;
}

function minutes(ms: number): number {
  return Math.round(ms / 60_000);
}
