/** A time in which nothing is to be done. */
import type { Clock } from '../time/clock.ts';

export interface Pause {
  /** Begins now. A longer one that is under way stays as it is. */
  start(ms: number): void;
  end(): void;
  /** Milliseconds that are left; 0 when there is no pause. */
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

/** One pause for each key, such as a channel. */
export interface KeyedPauses {
  start(key: string, ms: number): void;
  isPaused(key: string): boolean;
}

/** Pauses that are over are forgotten. */
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
