/**
 * Death at any await: once a life is over, nothing that its owner called ever answers, as nothing does after
 * kill -9. What was under way elsewhere, in the database or on the platform, goes on.
 */
import type { Clock } from '../../src/time/clock.ts';

export interface Lifetime {
  /** Calls made so far. */
  steps: number;
  /** From which call on it may end. */
  readonly diesAt: number;
  /** Where it is aimed at: it ends at the first call from there on for which this holds. */
  readonly isMoment: () => boolean;
  /** Whether that call still reaches the other side. */
  readonly reaches: boolean;
  dead: boolean;
}

export function lifetime(diesAt = Number.POSITIVE_INFINITY, reaches = true, isMoment = () => true): Lifetime {
  return { steps: 0, diesAt, reaches, isMoment, dead: false };
}

const NEVER = new Promise<never>(() => {});

type Method = (...args: unknown[]) => unknown;

/** The same object, every call of which is a moment at which the life can end. */
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

/** Time goes on for the living only. Sleeping is no step: nothing happens elsewhere. */
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
