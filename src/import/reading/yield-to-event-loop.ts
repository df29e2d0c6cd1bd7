/** Splits long work on the event loop, so that other tasks run in between. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';

/** Milliseconds of work between yields. */
const WORK_MS = 15;

interface Yielding {
  /** Called often, so it is cheap and synchronous. */
  due(): boolean;
  /** Lets pending tasks run. */
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
