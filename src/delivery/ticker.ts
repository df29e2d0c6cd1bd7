/** Wakes the delivery each half minute. What is due, the ledger knows: a wake that is missed is made up by the next. */
import { schedule } from 'node-cron';
import type { DeliveryEngine } from './engine.ts';

export interface Ticker {
  stop(): Promise<void>;
}

const EVERY_HALF_MINUTE = '*/30 * * * * *';

/** Wakes at once, too: what fell due while nobody was there should not wait. */
export function startTicker(engine: Pick<DeliveryEngine, 'tick'>): Ticker {
  const wake = () => engine.tick();
  void wake();
  const task = schedule(EVERY_HALF_MINUTE, wake, { timezone: 'UTC' });
  return {
    async stop() {
      await task.destroy();
    },
  };
}
