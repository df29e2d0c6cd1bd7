/** Long work on the event loop, in pieces that others can come between. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work between two turns. */
const TURN_MS = 15;

interface Turns {
  /** Asked often, so it is cheap and not asynchronous. */
  due(): boolean;
  /** Lets everything run that waits. */
  give(): Promise<void>;
}

export function startTurns(): Turns {
  let began = performance.now();
  return {
    due: () => performance.now() - began > TURN_MS,
    async give() {
      await nextTurn();
      began = performance.now();
    },
  };
}
