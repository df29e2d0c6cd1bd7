/** Which list a slot of a feed posts from. Lists are of UTC days; a slot is a day of the feed's own zone. Pure. */

import type { FeedSettings, Slot } from '../../feeds/feed.ts';
import { type Day, dayOf } from '../../time/clock.ts';
import { spanOf } from '../../trending/periods.ts';
import type { Period } from '../../trending/trending.ts';

export interface ListDays {
  readonly period: Period;
  /** A day of the list that is meant. */
  readonly day: Day;
  /** Days since the slot before, the newest first: when the meant one has no list, theirs is the news. */
  readonly fallbackDays: readonly Day[];
}

const DAY_MS = 86_400_000;

/** Of a daily feed the list of its day, of a weekly or monthly one that of the week or month that has just ended. */
export function listDaysOf(
  { period, days }: Pick<FeedSettings, 'period' | 'days'>,
  { day, due }: Slot,
): ListDays {
  if (period !== 'day') return { period, day: shift(spanOf(period, day).from, -1), fallbackDays: [] };
  // East of the date line's morning the day's list has not begun yet: the newest is the one of the day before.
  const begun = [day, dayOf(due)].toSorted()[0] ?? day;
  const missed = daysSinceSlot(days, day) - 1;
  return {
    period,
    day: begun,
    fallbackDays: Array.from({ length: missed }, (_, at) => shift(begun, -1 - at)),
  };
}

/** Hugging Face makes no lists then. */
export function isWeekend(day: Day): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

export function shift(day: Day, days: number): Day {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS));
}

/** 1 when the feed also posts on the day before; 3 on the Monday of a feed of weekdays. */
function daysSinceSlot(days: readonly number[], day: Day): number {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  const gaps = days.map((other) => (weekday - other + 7) % 7 || 7);
  return Math.min(7, ...gaps);
}
