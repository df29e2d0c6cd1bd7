/** Work that was begun and has not ended: a stop waits for it, and so does what depends on it. */
import type { Clock } from '../time/clock.ts';
import { withDeadline } from './deadline.ts';

export interface InFlight {
  /** Counts the work until it ends, whatever comes of it, and gives it back. */
  follow<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves when all that is under way now has ended. */
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

/** Resolves when all that is under way there has ended, or so many milliseconds have gone by. */
export async function drainWithin(ms: number, clock: Clock, ...works: readonly InFlight[]): Promise<void> {
  const drained = () => Promise.all(works.map((work) => work.drained()));
  await withDeadline({ ms, clock }, drained, () => undefined);
}
