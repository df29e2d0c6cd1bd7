/** Formats days for people. All days are UTC calendar days, as the sources date papers and lists in UTC. */
import { DateTime } from 'luxon';
import type { Day } from '../time/clock.ts';
import type { Period } from '../trending/trending.ts';

/** `29 May 2026`; for an instant its day. */
export function dayInWords(day: string): string {
  return at(day).toFormat('d LLLL yyyy');
}

/** `Friday 29 May 2026`. */
export function weekdayInWords(day: Day): string {
  return at(day).toFormat('cccc d LLLL yyyy');
}

/** `Friday 29 May`, for recent days. */
export function thisDayInWords(day: Day): string {
  return at(day).toFormat('cccc d LLLL');
}

/** `09:12`, `yesterday 21:10`, `28 May 21:10`: an instant in local time. */
export function clockInWords(instant: string, zone: string, now: Date): string {
  const local = DateTime.fromISO(instant, { zone, locale: 'en-GB' });
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const days = today.diff(local.startOf('day'), 'days').days;
  if (Math.round(days) === 0) return local.toFormat('HH:mm');
  return Math.round(days) === 1 ? `yesterday ${local.toFormat('HH:mm')}` : local.toFormat('d LLL HH:mm');
}

/** As exact as it is known: `29 May 2026`, `Nov 2022`, `2022`. `undefined` for an invalid date. */
export function publishedInWords(published: string): string | undefined {
  if (!at(published).isValid) return undefined;
  if (published.length === 4) return published;
  return at(published).toFormat(published.length === 7 ? 'LLL yyyy' : 'd LLL yyyy');
}

/** `May 2026`. */
export function monthInWords(day: Day): string {
  return at(day).toFormat('LLLL yyyy');
}

/** `2022`, or `undefined` for an invalid date. */
export function yearOf(published: string): string | undefined {
  return at(published).isValid ? at(published).toFormat('yyyy') : undefined;
}

/** `Friday 29 May 2026`, `week of 25 May 2026`, `May 2026`: the period that begins on `from`. */
export function periodInWords(period: Period, from: Day): string {
  switch (period) {
    case 'day':
      return weekdayInWords(from);
    case 'week':
      return `week of ${dayInWords(from)}`;
    case 'month':
      return monthInWords(from);
  }
}

/** The same for a button: `Fri 29 May`, `week of 25 May`, `May 2026`. `day` is any day of the period. */
export function periodLabel(period: Period, day: Day): string {
  switch (period) {
    case 'day':
      return at(day).toFormat('ccc d LLL');
    case 'week':
      return `week of ${at(day).startOf('week').toFormat('d LLL')}`;
    case 'month':
      return at(day).toFormat('LLLL yyyy');
  }
}

/**
 * `since 2026`, `until March 2026`, `in May 2026`, `from 3 May 2026 to 7 May 2026`; `''` without either day.
 */
export function spanInWords(since: Day | undefined, until: Day | undefined): string {
  if (since === undefined && until === undefined) return '';
  if (since === undefined) return `until ${endInWords(until ?? '')}`;
  if (until === undefined) return `since ${startInWords(since)}`;
  const [start, end] = [startInWords(since), endInWords(until)];
  if (since === until) return `on ${dayInWords(since)}`;
  return start === end ? `in ${start}` : `from ${start} to ${end}`;
}

/** `today`, `yesterday`, `3 days ago`. */
export function agoInWords(day: Day, now: Date): string {
  const days = Math.round(
    DateTime.fromJSDate(now, { zone: 'utc' }).startOf('day').diff(at(day), 'days').days,
  );
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** A span that begins with a year or a month is named after it. */
function startInWords(day: Day): string {
  if (day.endsWith('-01-01')) return at(day).toFormat('yyyy');
  return at(day).toFormat(day.endsWith('-01') ? 'LLLL yyyy' : 'd LLLL yyyy');
}

function endInWords(day: Day): string {
  if (day.endsWith('-12-31')) return at(day).toFormat('yyyy');
  const date = at(day);
  return date.toFormat(date.day === date.daysInMonth ? 'LLLL yyyy' : 'd LLLL yyyy');
}

function at(text: string): DateTime {
  return DateTime.fromISO(text, { zone: 'utc', locale: 'en-GB' });
}
