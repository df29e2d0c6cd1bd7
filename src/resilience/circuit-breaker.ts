/** Stops sending when a platform refuses too much: an address that goes on asking is banned from it. */
import type { Clock } from '../time/clock.ts';

export interface BreakerRules {
  /** So many refusals within the window open it, for as long as the window. */
  readonly limit: number;
  readonly windowMs: number;
}

export interface Breaker {
  /** One more request was refused. */
  refused(): void;
  isOpen(): boolean;
  /** Refused since the start. */
  total(): number;
}

/** @param onOpen told each time that it opens, once */
export function openBreaker(
  { limit, windowMs }: BreakerRules,
  clock: Clock,
  onOpen: (refused: number) => void,
): Breaker {
  let recent: number[] = [];
  let openUntil = 0;
  let total = 0;

  return {
    refused() {
      const now = clock.now().getTime();
      total++;
      // Only what the window holds; what is dated later was counted before the clock was set back.
      recent = recent.filter((at) => at > now - windowMs && at <= now);
      recent.push(now);
      if (recent.length < limit || openUntil > now) return;
      openUntil = now + windowMs;
      onOpen(recent.length);
    },

    isOpen() {
      const now = clock.now().getTime();
      if (openUntil > now + windowMs) openUntil = now + windowMs;
      return openUntil > now;
    },

    total: () => total,
  };
}
