/** Days, ISO weeks and months as spans of UTC days. */
import { DateTime } from 'luxon';
import { UserError } from '../base/errors.ts';
import type { Day } from '../time/clock.ts';
import type { Period } from './trending.ts';

export interface Span {
  /** First and last day, both included. */
  readonly from: Day;
  readonly to: Day;
  /** Its first instant and the first after it, in milliseconds since 1970. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/**
 * The period that contains a day. Weeks begin on Monday (ISO 8601).
 * @throws UserError for an invalid day
 */
export function spanOf(period: Period, day: Day): Span {
  const instant = DateTime.fromFormat(day, 'yyyy-MM-dd', { zone: 'utc' });
  if (!instant.isValid) throw new UserError(`${day} is not a day. Use a date such as 2026-05-29.`);
  const start = instant.startOf(period);
  const end = start.plus({ [period]: 1 });
  return {
    from: start.toFormat('yyyy-MM-dd'),
    to: end.minus({ day: 1 }).toFormat('yyyy-MM-dd'),
    startsAt: start.toMillis(),
    endsAt: end.toMillis(),
  };
}
