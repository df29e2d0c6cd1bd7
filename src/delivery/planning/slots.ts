/** Slots that no clock gives: now, and one that was. Pure. */
import { DateTime } from 'luxon';
import type { Feed, Slot } from '../../feeds/feed.ts';
import type { Day } from '../../time/clock.ts';

type Zoned = Pick<Feed, 'settings'>;

/** Of an edition that somebody asks for beside the daily one. */
export function extraSlot(feed: Zoned, now: Date): Slot {
  return { day: localDay(feed, now), due: now, extra: true };
}

/** Of a day that was, to look at its list again: when it was due does not matter to the minute. */
export function slotOf({ settings: { zone, time } }: Zoned, day: Day, extra: boolean): Slot {
  const due = DateTime.fromISO(`${day}T${time}`, { zone }).toJSDate();
  return { day, due, ...(extra && { extra }) };
}

export function localDay({ settings: { zone } }: Zoned, now: Date): Day {
  return DateTime.fromJSDate(now, { zone }).toFormat('yyyy-MM-dd');
}
