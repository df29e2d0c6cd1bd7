/** A period without requests. */
import type { Clock } from '../time/clock.ts';

export interface Pause {
  /** Starts a pause now. A longer pause that is running stays unchanged. */
  start(ms: number): void;
  end(): void;
  /** Milliseconds left; 0 without a pause. */
  left(): number;
}

export function openPause(clock: Clock): Pause {
  let until = 0;
  return {
    start(ms) {
      until = Math.max(until, clock.elapsed() + ms);
    },
    end() {
      until = 0;
    },
    left: () => Math.max(until - clock.elapsed(), 0),
  };
}

/** One pause per key, such as a channel. */
export interface KeyedPauses {
  start(key: string, ms: number): void;
  isPaused(key: string): boolean;
}

/** Deletes ended pauses. */
export function openKeyedPauses(clock: Clock): KeyedPauses {
  const pauses = new Map<string, Pause>();
  return {
    start(key, ms) {
      for (const [other, pause] of pauses) if (pause.left() === 0) pauses.delete(other);
      const pause = pauses.get(key) ?? openPause(clock);
      pause.start(ms);
      pauses.set(key, pause);
    },
    isPaused: (key) => (pauses.get(key)?.left() ?? 0) > 0,
  };
}
