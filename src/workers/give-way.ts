/** Pauses for long work in a thread, so that calls to it are answered and a single core is shared. */
import { setImmediate, setTimeout } from 'node:timers/promises';

/** Milliseconds of work and of pause after it. */
const WORK_MS = 20;
const REST_MS = 10;

/** Returns a function to call again and again during the work. It waits when it is time for a pause. */
export function openGivingWay(): () => Promise<void> {
  let started = performance.now();
  return async () => {
    if (performance.now() - started < WORK_MS) return;
    // The immediate lets pending calls run.
    await setImmediate();
    await setTimeout(REST_MS);
    started = performance.now();
  };
}
