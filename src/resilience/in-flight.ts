/** Tracks unfinished work, so that a stop can wait for it. */
import type { Clock } from '../time/clock.ts';
import { withDeadline } from './deadline.ts';

export interface InFlight {
  /** Tracks the work until it settles, and returns it. */
  follow<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves when all current work has settled. */
  drained(): Promise<void>;
}

export function openInFlight(): InFlight {
  const underWay = new Set<Promise<void>>();
  return {
    follow(work) {
      const ended = work.then(
        () => void underWay.delete(ended),
        () => void underWay.delete(ended),
      );
      underWay.add(ended);
      return work;
    },
    async drained() {
      await Promise.all(underWay);
    },
  };
}

/** Resolves when all current work has settled, or after this many milliseconds. */
export async function drainWithin(ms: number, clock: Clock, ...works: readonly InFlight[]): Promise<void> {
  const drained = () => Promise.all(works.map((work) => work.drained()));
  await withDeadline({ ms, clock }, drained, () => undefined);
}
