/** Refuses a period that ends before it begins. */
import { UserError } from '../../../src/base/errors.ts';
import { dayInWords } from '../../../src/cards/dates.ts';
import type { Day } from '../../../src/time/clock.ts';

/** @throws UserError */
export function refuseSwappedDays(since: Day | undefined, until: Day | undefined): void {
  if (since !== undefined && until !== undefined && since > until) {
    throw new UserError(
      `since (${dayInWords(since)}) is after until (${dayInWords(until)}). Swap the two dates.`,
    );
  }
}
