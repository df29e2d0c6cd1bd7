/**
 * Leaves alone for a while what keeps failing, so that nobody waits for nothing or is banned for insisting.
 */
import type { Clock } from '../time/clock.ts';
import { openPause } from './pause.ts';

export interface BreakerRules {
  /** So many failures open it. */
  readonly failures: number;
  /** Milliseconds that it stays open. */
  readonly openMs: number;
  /** Failures count for so many milliseconds. When absent they count until the next success. */
  readonly windowMs?: number;
}

export interface BreakerListeners {
  /** Told once an outage: what fails again right after a pause is not told again. */
  onOpen?(failures: number): void;
  /** What had kept failing has succeeded. */
  onRecovered?(): void;
}

export interface CircuitBreaker {
  /** Nothing is to be asked now. */
  isOpen(): boolean;
  succeeded(): void;
  /** @param began by `clock.elapsed()`: calls that were under way together count as one failure */
  failed(began?: number): void;
  /** Failures since the start. */
  total(): number;
}

/** When the pause is over everything is let through again, until enough has failed. */
export function openCircuitBreaker(
  { failures, openMs, windowMs = Number.POSITIVE_INFINITY }: BreakerRules,
  clock: Clock,
  { onOpen, onRecovered }: BreakerListeners = {},
): CircuitBreaker {
  const pause = openPause(clock);
  /** When the latest failures happened: no more than it takes to open. */
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
