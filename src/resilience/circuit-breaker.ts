/** Stops calls to a failing service for a while, so that callers do not wait in vain or get banned. */
import type { Clock } from '../time/clock.ts';
import { openPause } from './pause.ts';

export interface BreakerRules {
  /** Failures that open it. */
  readonly failures: number;
  /** Milliseconds for which it stays open. */
  readonly openMs: number;
  /** Milliseconds for which a failure counts; until the next success when absent. */
  readonly windowMs?: number;
}

export interface BreakerListeners {
  /** Called once per outage; not again for failures right after a pause. */
  onOpen?(failures: number): void;
  /** Called after the first success of an outage. */
  onRecovered?(): void;
}

export interface CircuitBreaker {
  /** True while calls should be skipped. */
  isOpen(): boolean;
  succeeded(): void;
  /** @param began start of the call by `clock.elapsed()`; concurrent calls count as one failure */
  failed(began?: number): void;
  /** Failures since the start. */
  total(): number;
}

/** After the pause all calls pass again, until enough of them have failed. */
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
