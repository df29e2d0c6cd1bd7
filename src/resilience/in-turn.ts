/** Starts work in the order in which it came, and only some of it at once. */
import { performance } from 'node:perf_hooks';
import PQueue from 'p-queue';
import type { Clock } from '../time/clock.ts';

export interface TurnRules {
  readonly clock: Clock;
  /** How much of the work runs at once while the event loop is busy. */
  readonly atOnce?: number;
  /** Share of the time since the last call in which the event loop had something to do. */
  readonly usedShare?: () => number;
}

/** Runs the work when its turn comes, and returns its result. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Measured in docs/decisions/resilience.md. */
const AT_ONCE = 4;
const LOOK_EVERY_MS = 50;
/** Below this, the running work probably waits for other threads or machines. */
const BUSY_SHARE = 0.7;

/**
 * For work that keeps this process busy. If a process starts everything that comes in a burst at the same
 * time, all of it ends late, and even what takes a millisecond, such as an acknowledgement, waits behind it.
 */
export function openInTurn({ clock, atOnce = AT_ONCE, usedShare = loopUse() }: TurnRules): InTurn {
  const queue = new PQueue({ concurrency: atOnce });
  let looking = false;

  /** Starts more while work waits and the event loop does not. */
  async function look(): Promise<void> {
    looking = true;
    usedShare();
    while (queue.size > 0) {
      await clock.sleep(LOOK_EVERY_MS);
      const isBusy = usedShare() >= BUSY_SHARE;
      queue.concurrency = isBusy ? atOnce : Math.max(atOnce, queue.pending + 1);
    }
    queue.concurrency = atOnce;
    looking = false;
  }

  return (work) => {
    const done = queue.add(work);
    if (queue.size > 0 && !looking) void look();
    return done;
  };
}

/** Time that the process spends waiting for a processor counts as used. */
function loopUse(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const { utilization } = performance.eventLoopUtilization(last);
    last = performance.eventLoopUtilization();
    return utilization;
  };
}
