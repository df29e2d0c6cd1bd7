/** Days, weeks and months that a list can exist for, checked before a source is asked. */
import { DateTime } from 'luxon';
import { UserError } from '../../base/errors.ts';
import { type Day, dayOf } from '../../time/clock.ts';

/** @throws UserError unless `day` is a date (`2026-05-29`) up to today in UTC */
export function requirePastDay(day: string, now: Date): asserts day is Day {
  requirePast(day, /^\d{4}-\d\d-\d\d$/, 'a day', '2026-05-29', now);
}

/** @throws UserError unless `week` is an ISO week (`2026-W09`) that has begun */
export function requirePastWeek(week: string, now: Date): void {
  requirePast(week, /^\d{4}-W\d\d$/, 'a week', '2026-W09', now);
}

/** @throws UserError unless `month` (`2026-02`) has begun */
export function requirePastMonth(month: string, now: Date): void {
  requirePast(month, /^\d{4}-\d\d$/, 'a month', '2026-02', now);
}

function requirePast(text: string, pattern: RegExp, what: string, example: string, now: Date): void {
  const start = DateTime.fromISO(text, { zone: 'utc' });
  if (!pattern.test(text) || !start.isValid) {
    throw new UserError(`“${text.slice(0, 40)}” is not ${what}. Write it like ${example}.`);
  }
  if (start.toMillis() > now.getTime()) {
    throw new UserError(`${text} has not come yet. Ask for ${what} up to ${dayOf(now)}.`);
  }
}
