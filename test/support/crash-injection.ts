/**
 * A crash at any `await`. Once a life is over, no call made by its owner ever returns, as after kill -9. Work
 * elsewhere, in the database or on the platform, continues.
 */
import type { Clock } from '../../src/time/clock.ts';

export interface Lifetime {
  /** Number of calls made so far. */
  steps: number;
  /** The first call at which the life may end. */
  readonly diesAt: number;
  /** The calls to aim at: the life ends at the first one for which this returns true. */
  readonly isMoment: () => boolean;
  /** Whether that last call still reaches the other side. */
  readonly reaches: boolean;
  dead: boolean;
}

export function lifetime(diesAt = Number.POSITIVE_INFINITY, reaches = true, isMoment = () => true): Lifetime {
  return { steps: 0, diesAt, reaches, isMoment, dead: false };
}

const NEVER = new Promise<never>(() => {});

type Method = (...args: unknown[]) => unknown;

/** Wraps an object so that the life can end at every call. */
export function crashing<T extends object>(target: T, life: Lifetime): T {
  return new Proxy(target, {
    get(from, name) {
      const member: unknown = Reflect.get(from, name);
      if (typeof member !== 'function' || name === 'fateOf' || name === 'now') return member;
      const method = member as Method;
      return async (...args: unknown[]) => {
        if (life.dead) return NEVER;
        life.steps++;
        const isLast = life.steps >= life.diesAt && life.isMoment();
        if (isLast) {
          life.dead = true;
          if (life.reaches) void Promise.resolve(method.apply(from, args)).catch(() => {});
          return NEVER;
        }
        try {
          const value = await method.apply(from, args);
          return life.dead ? NEVER : value;
        } catch (error) {
          if (life.dead) return NEVER;
          throw error;
        }
      };
    },
  });
}

/** Time passes only while the life lasts. Sleeping is not a step, because nothing happens elsewhere. */
export function crashingClock(clock: Clock, life: Lifetime): Clock {
  return {
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    sleep: async (ms, signal) => {
      await clock.sleep(ms, signal);
      return life.dead ? NEVER : undefined;
    },
  };
}
