/** Fetches the list of a day right before it is needed. Callers within two minutes share one request. */

import { messageOf, UserError } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import { abortAfter, DeadlineError } from '../resilience/deadline.ts';
import type { Clock, Day } from '../time/clock.ts';
import { SourceError } from './http/source-error.ts';
import type { Source, SourceStores } from './source.ts';

export interface FreshDay {
  /** False when the source did not answer, so that the stored list may be out of date. */
  readonly fresh: boolean;
  /** Time of the last good response, as an ISO 8601 instant; absent when there was none. */
  readonly answeredAt?: string;
}

interface FreshDayOptions extends SourceStores {
  /** The source of the lists. */
  readonly source: Source;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Milliseconds for which a response is fresh. Votes change slowly, and thousands of channels can be due at
 * once.
 */
const SHARED_MS = 2 * 60_000;
/** Posting does not wait longer for a source. */
const TIMEOUT_MS = 20_000;

/** The returned promise never rejects because of the source. */
export function openFreshDays(options: FreshDayOptions): (day: Day) => Promise<FreshDay> {
  const { source: lists, papers, state, clock, log } = options;
  const asked = new Map<Day, { readonly at: number; readonly answer: Promise<FreshDay> }>();

  async function request(day: Day): Promise<FreshDay> {
    try {
      await abortAfter({ ms: TIMEOUT_MS, clock }, async (signal) =>
        lists.readDay?.(day, { papers, state }, signal),
      );
      return { fresh: true, answeredAt: clock.now().toISOString() };
    } catch (error) {
      const timedOut = error instanceof DeadlineError;
      if (!(error instanceof SourceError || error instanceof UserError || timedOut)) throw error;
      log.warn({ day, reason: messageOf(error) }, 'source: list not fetched before posting');
      const answers = (await state.list()).flatMap(({ source, fetchedAt }) =>
        source === lists.name && fetchedAt !== undefined ? [fetchedAt] : [],
      );
      const answeredAt = answers.toSorted().at(-1);
      return { fresh: false, ...(answeredAt !== undefined && { answeredAt }) };
    }
  }

  return (day) => {
    const now = clock.elapsed();
    for (const [old, { at }] of asked) if (now - at >= SHARED_MS) asked.delete(old);
    const known = asked.get(day);
    if (known) return known.answer;
    const answer = request(day);
    asked.set(day, { at: now, answer });
    // An internal error reaches all callers that share the request, but is not cached for later ones.
    answer.catch(() => asked.delete(day));
    return answer;
  };
}
