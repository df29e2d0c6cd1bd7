/** Detects late deliveries, with its own timer, because the ticker may be what has stopped. */

import { messageOf } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import type { Clock } from '../time/clock.ts';
import type { Alerts } from './alerts.ts';
import type { LedgerReport } from './ledger/ledger.ts';
import { LATE_MS, SAME_TROUBLE_MS, WATCH_EVERY_MS } from './timing.ts';

export interface WatchdogOptions {
  readonly ledger: Pick<LedgerReport, 'late'>;
  /**
   * Time of the last planning, by `clock.elapsed()`. Without planning, the ledger has no late rows.
   */
  lastTick(): number;
  /** Late rows are looked for by one of several processes. */
  readonly isPlanner?: () => boolean;
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Watchdog {
  stop(): Promise<void>;
}

/** Raises one alert per incident, also for several at the same time. */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const { alerts, clock, log } = options;
  const stopping = new AbortController();
  const isNew = openIncidents(clock);
  let wasWrong = false;

  async function look(): Promise<void> {
    const wrong = await whatIsWrong(options).catch((error: unknown): Trouble[] => [
      {
        kind: 'ledger',
        rows: [],
        words: `The database does not respond: ${messageOf(error)}. If this does not stop, restart the bot.`,
      },
    ]);
    for (const { words } of wrong.filter(isNew)) await alerts.raise(words);
    if (wrong.length === 0 && wasWrong) log.info('delivery: on time again');
    wasWrong = wrong.length > 0;
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

interface Trouble {
  /** Identifies the incident. */
  readonly kind: string;
  /** Affected deliveries. */
  readonly rows: readonly number[];
  readonly words: string;
}

/**
 * @returns a function that is true for a new incident: neither its kind nor all of its deliveries were
 * reported before, because a request can fail for different reasons.
 */
function openIncidents(clock: Clock): (trouble: Trouble) => boolean {
  const kinds = new Map<string, number>();
  const rows = new Map<number, number>();

  return (trouble) => {
    const now = clock.elapsed();
    forgetBefore(kinds, now - SAME_TROUBLE_MS);
    forgetBefore(rows, now - SAME_TROUBLE_MS);
    const isKnown =
      kinds.has(trouble.kind) || (trouble.rows.length > 0 && trouble.rows.every((row) => rows.has(row)));
    kinds.set(trouble.kind, now);
    for (const row of trouble.rows) rows.set(row, now);
    return !isKnown;
  };
}

function forgetBefore(seen: Map<unknown, number>, instant: number): void {
  for (const [key, at] of seen) if (at < instant) seen.delete(key);
}

async function whatIsWrong({
  ledger,
  lastTick,
  clock,
  isPlanner = () => true,
}: WatchdogOptions): Promise<Trouble[]> {
  const silentMs = clock.elapsed() - lastTick();
  if (silentMs > LATE_MS) {
    const words = `No posts have been planned for ${minutes(silentMs)} minutes. Restart the bot, and look in its log for the cause.`;
    return [{ kind: 'ticker', rows: [], words }];
  }
  if (!isPlanner()) return [];
  return (await ledger.late(clock.now().getTime())).map(({ rows, example }) => {
    const { channel, feed, day, reason } = example;
    const where = `${channel.platform} ${channel.channel}, feed ${feed}, ${day}`;
    const why = reason === undefined ? '' : ` (${reason})`;
    return {
      kind: JSON.stringify([channel.platform, reason]),
      rows,
      words: `${rows.length === 1 ? 'A delivery is' : 'Deliveries are'} late: ${where}${why}. To see all of them: paperboy deliveries`,
    };
  });
}

function minutes(ms: number): number {
  return Math.round(ms / 60_000);
}
