/** Limits concurrent requests, in total and for each key, such as a workspace. */
import type { Clock } from '../time/clock.ts';
import { openKeyedPauses } from './pause.ts';

export interface ConcurrencyRules {
  readonly inAll: number;
  readonly perKey: number;
}

export interface ConcurrencyLimiter {
  /** False if the key is at its limit or paused. */
  tryEnter(key: string): boolean;
  leave(key: string): void;
  /** Starts no request of this key for the given milliseconds. */
  pause(key: string, ms: number): void;
  /** Resolves when one more request may start, of any key. */
  whenRoom(): Promise<void>;
  /** Resolves when the next request leaves. */
  whenLeft(): Promise<void>;
}

export function openConcurrencyLimiter(
  { inAll, perKey }: ConcurrencyRules,
  clock: Clock,
): ConcurrencyLimiter {
  const busy = new Map<string, number>();
  const pauses = openKeyedPauses(clock);
  let total = 0;
  let waiting: Array<() => void> = [];

  const whenLeft = () => new Promise<void>((resolve) => void waiting.push(resolve));

  return {
    tryEnter(key) {
      const here = busy.get(key) ?? 0;
      if (here >= perKey || pauses.isPaused(key)) return false;
      busy.set(key, here + 1);
      total++;
      return true;
    },

    leave(key) {
      const here = (busy.get(key) ?? 1) - 1;
      if (here > 0) busy.set(key, here);
      else busy.delete(key);
      total--;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },

    pause: pauses.start,

    async whenRoom() {
      while (total >= inAll) await whenLeft();
    },

    whenLeft,
  };
}
