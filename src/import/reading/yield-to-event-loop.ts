/** Long work on the event loop, in pieces that others can come between. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';

/** Milliseconds of work between two turns. */
const WORK_MS = 15;

interface Yielding {
  /** Asked often, so it is cheap and not asynchronous. */
  due(): boolean;
  /** Lets everything run that waits. */
  give(): Promise<void>;
}

export function startYielding(): Yielding {
  let began = performance.now();
  return {
    due: () => performance.now() - began > WORK_MS,
    async give() {
      await yieldToEventLoop();
      began = performance.now();
    },
  };
}
