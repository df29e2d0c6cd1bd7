/** A clock that all processes on one database share. */
import { type Clock, systemClock } from '../time/clock.ts';

export interface SharedClock extends Clock {
  stop(): void;
}

const EVERY_MS = 10_000;
/** Answers that took longer are not precise enough. */
const LONGEST_ANSWER_MS = 1_000;

/**
 * Follows the clock of the database, so that a machine whose clock is wrong plans and claims as the others
 * do. Between two looks it goes on by a clock that nobody can set.
 * @param ask milliseconds since 1970 by the database
 * @throws any error of the first look
 */
export async function openSharedClock(
  ask: () => Promise<number>,
  local: Clock = systemClock,
): Promise<SharedClock> {
  let known = await look(ask, local);
  const stopping = new AbortController();
  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      await local.sleep(EVERY_MS, stopping.signal);
      // While the database cannot be reached, the last look is good enough.
      const next = await look(ask, local).catch(() => undefined);
      if (next && next.tookMs <= LONGEST_ANSWER_MS) known = next;
    }
  }
  follow().catch(() => undefined);
  return {
    now: () => new Date(Math.round(known.at + (local.elapsed() - known.elapsed))),
    elapsed: local.elapsed,
    sleep: local.sleep,
    stop: () => stopping.abort(),
  };
}

async function look(ask: () => Promise<number>, local: Clock) {
  const asked = local.elapsed();
  const at = await ask();
  const answered = local.elapsed();
  // Half of the way there, half back.
  return { at, elapsed: (asked + answered) / 2, tookMs: answered - asked };
}
