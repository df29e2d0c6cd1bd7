/** A clock that stands still until the test moves it. */
import type { Clock } from '../../src/time/clock.ts';

interface Sleeper {
  readonly due: number;
  wake(): void;
}

export interface FakeClock extends Clock {
  /**
   * Moves the clock on and wakes sleepers in order of their time. Each can sleep again before the next one
   * wakes.
   */
  advance(ms: number): Promise<void>;
  /** Changes the date, as an administrator does: no time passes, and no sleeper wakes. */
  jump(ms: number): void;
  /** Resolves when at least `count` sleepers wait, so that a test need not guess when the code gets there. */
  sleeping(count?: number): Promise<void>;
  /** How many wait now. */
  sleepers(): number;
}

export function fakeClock(start: string): FakeClock {
  let elapsed = 0;
  /** When nothing had elapsed, by the date as it is set now. */
  let origin = Date.parse(start);
  const sleepers = new Set<Sleeper>();
  const watchers = new Set<() => void>();

  function nextDue(until: number): Sleeper | undefined {
    return [...sleepers].filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due)[0];
  }

  return {
    now: () => new Date(origin + elapsed),
    elapsed: () => elapsed,

    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          due: elapsed + ms,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        signal?.addEventListener('abort', abort, { once: true });
        sleepers.add(sleeper);
        for (const check of watchers) check();
      });
    },

    async advance(ms) {
      // Lets earlier work finish before time moves.
      await settle();
      const until = elapsed + ms;
      for (let sleeper = nextDue(until); sleeper; sleeper = nextDue(until)) {
        elapsed = Math.max(elapsed, sleeper.due);
        sleeper.wake();
        await settle();
      }
      elapsed = until;
      await settle();
    },

    jump(ms) {
      origin += ms;
    },

    sleepers: () => sleepers.size,

    sleeping(count = 1) {
      return new Promise((resolve) => {
        const check = () => {
          if (sleepers.size < count) return;
          watchers.delete(check);
          resolve();
        };
        watchers.add(check);
        check();
      });
    },
  };
}

/** Lets promise chains and immediate callbacks run. */
function settle(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
