/**
 * Stops calls to a failing service for a while, so that no one waits in vain and the bot is not banned.
 */
import type { Clock } from '../time/clock.ts';
import { openPause } from './pause.ts';

export interface BreakerRules {
  /** Number of failures that open it. */
  readonly failures: number;
  /** Milliseconds for which it stays open. */
  readonly openMs: number;
  /** Milliseconds for which a failure counts. Without it, failures count until the next success. */
  readonly windowMs?: number;
}

export interface BreakerListeners {
  /** Called once per outage, not again for a failure right after a pause. */
  onOpen?(failures: number): void;
  /** Called at the first success after an outage. */
  onRecovered?(): void;
}

export interface CircuitBreaker {
  /** True if no call may be made now. */
  isOpen(): boolean;
  succeeded(): void;
  /** @param began by `clock.elapsed()`: concurrent calls that fail count as one failure */
  failed(began?: number): void;
  /** Failures since the start. */
  total(): number;
}

/** After the pause all calls are allowed again, until enough of them fail. */
export function openCircuitBreaker(
  { failures, openMs, windowMs = Number.POSITIVE_INFINITY }: BreakerRules,
  clock: Clock,
  { onOpen, onRecovered }: BreakerListeners = {},
): CircuitBreaker {
  const pause = openPause(clock);
  /** Times of the latest failures, at most as many as open it. */
  let recent: number[] = [];
  let total = 0;

  return {
    isOpen: () => pause.left() > 0,

    succeeded() {
      const wasFailing = recent.length >= failures;
      recent = [];
      pause.end();
      if (wasFailing) onRecovered?.();
    },

    failed(began = clock.elapsed()) {
      const now = clock.elapsed();
      total++;
      if (began < (recent.at(-1) ?? began)) return;
      recent = recent.filter((at) => now - at < windowMs);
      const wasFailing = recent.length >= failures;
      recent = [...recent, now].slice(-failures);
      if (recent.length < failures || pause.left() > 0) return;
      pause.start(openMs);
      if (!wasFailing) onOpen?.(recent.length);
    },

    total: () => total,
  };
}
