/** Stops sending when a platform refuses too much: an address that goes on asking is banned from it. */
import type { Clock } from '../../time/clock.ts';
import { BREAKER_LIMIT, BREAKER_WINDOW_MS } from '../timing.ts';

export interface Breaker {
  /** One more request was refused. */
  refused(): void;
  isOpen(): boolean;
  /** Refused since the start. */
  total(): number;
}

/** @param onOpen told each time that it opens, once */
export function openBreaker(clock: Clock, onOpen: (refused: number) => void): Breaker {
  let recent: number[] = [];
  let openUntil = 0;
  let total = 0;

  return {
    refused() {
      const now = clock.now().getTime();
      total++;
      // Only what the window holds; what is dated later was counted before the clock was set back.
      recent = recent.filter((at) => at > now - BREAKER_WINDOW_MS && at <= now);
      recent.push(now);
      if (recent.length < BREAKER_LIMIT || openUntil > now) return;
      openUntil = now + BREAKER_WINDOW_MS;
      onOpen(recent.length);
    },

    isOpen() {
      const now = clock.now().getTime();
      if (openUntil > now + BREAKER_WINDOW_MS) openUntil = now + BREAKER_WINDOW_MS;
      return openUntil > now;
    },

    total: () => total,
  };
}
