/** Computes the slots of a feed in its time zone. Pure. */
import { DateTime, IANAZone } from 'luxon';
import type { Feed, Slot } from '../../feeds/feed.ts';
import type { Day } from '../../time/clock.ts';

type Zoned = Pick<Feed, 'settings'>;

/** Returns the slot of an extra digest. */
export function extraSlot(feed: Zoned, now: Date): Slot {
  return { day: localDay(feed, now), due: now, extra: true };
}

/** Returns the slot of a past day, to read its list again. Its time is approximate. */
export function slotOf({ settings: { zone, time } }: Zoned, day: Day, extra: boolean): Slot {
  const due = DateTime.fromISO(`${day}T${time}`, { zone }).toJSDate();
  return { day, due, ...(extra && { extra }) };
}

export function localDay({ settings: { zone } }: Zoned, now: Date): Day {
  return DateTime.fromJSDate(now, { zone }).toFormat('yyyy-MM-dd');
}

const MINUTE_MS = 60_000;

const HOUR_MS = 60 * MINUTE_MS;

const DAY_MS = 24 * HOUR_MS;

/** Time zones are between UTC-12 and UTC+14. */
const FURTHEST_BEHIND_MS = 12 * HOUR_MS;

const FURTHEST_AHEAD_MS = 14 * HOUR_MS;

/** Longest wait for a slot: a month for a monthly feed, plus a day for the zone at either end. */
const LONGEST_GAP_DAYS = 33;

/** The parts of a feed that determine its slots. */
export type SlotRules = Pick<Feed, 'createdAt' | 'pausedUntil' | 'disabled'> & {
  readonly settings: Pick<Feed['settings'], 'time' | 'zone' | 'days' | 'period'>;
};

/** Returns the slots after one instant up to another (inclusive), in order. */
export function slotsBetween(feed: SlotRules, after: Date, until: Date): Slot[] {
  return [...walk(feed, after.getTime(), until.getTime())];
}

/** Returns the first slot after an instant; `undefined` for a feed that is disabled or has no weekday. */
export function nextSlot(feed: SlotRules, now: Date): Slot | undefined {
  const pausedUntil = feed.pausedUntil === undefined ? 0 : Date.parse(feed.pausedUntil) - DAY_MS;
  const from = Math.max(now.getTime(), Date.parse(feed.createdAt), pausedUntil);
  const [next] = walk(feed, from, from + LONGEST_GAP_DAYS * DAY_MS);
  return next;
}

/** Yields slots lazily, with one time zone computation per day. */
function* walk(feed: SlotRules, after: number, until: number): Generator<Slot> {
  if (feed.disabled !== undefined) return;
  const from = Math.max(after, Date.parse(feed.createdAt));
  for (let day = utcDay(from - DAY_MS); day.toMillis() <= until + DAY_MS; day = nextDay(day)) {
    const slot = slotOn(feed, day);
    if (slot && slot.due.getTime() > from && slot.due.getTime() <= until) yield slot;
  }
}

function slotOn({ settings, pausedUntil }: SlotRules, day: DateTime<true>): Slot | undefined {
  const name: Day = day.toISODate();
  if (!fallsOn(settings, day) || (pausedUntil !== undefined && name < pausedUntil)) return undefined;
  const due = instantOf(day, settings.time, settings.zone);
  return due && { day: name, due };
}

function fallsOn({ period, days }: SlotRules['settings'], day: DateTime<true>): boolean {
  if (period === 'week') return day.weekday === 1;
  if (period === 'month') return day.day === 1;
  return days.includes(day.weekday);
}

/**
 * Returns the first instant at which the local time is this time or later: the end of the gap in spring, and
 * the first of both in autumn.
 * @returns undefined for a day that does not exist in the zone, such as 2011-12-30 in Samoa
 */
function instantOf(day: DateTime<true>, time: string, zoneName: string): Date | undefined {
  const zone = IANAZone.create(zoneName);
  if (!zone.isValid) return undefined;
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const midnight = day.toMillis();
  const instant = firstShowing(midnight + hour * HOUR_MS + minute * MINUTE_MS, zone);
  const dayBegins = firstShowing(midnight, zone);
  const exists = dayBegins + offsetAt(zone, dayBegins) < midnight + DAY_MS;
  return exists ? new Date(instant) : undefined;
}

/** @param wall local time as if it were UTC */
function firstShowing(wall: number, zone: IANAZone): number {
  const earliest = wall - FURTHEST_AHEAD_MS - HOUR_MS;
  const latest = wall + FURTHEST_BEHIND_MS + HOUR_MS;
  const before = offsetAt(zone, earliest);
  const after = offsetAt(zone, latest);
  if (before === after) return wall - before;
  const change = changeBetween(zone, earliest, latest);
  // Before the change use the old offset, otherwise the new one, but not before the change, which is the
  // gap's end.
  return wall - before < change ? wall - before : Math.max(change, wall - after);
}

/** Finds the minute of the offset change. No zone changes twice within a day. */
function changeBetween(zone: IANAZone, from: number, to: number): number {
  const before = offsetAt(zone, from);
  let low = from;
  let high = to;
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function offsetAt(zone: IANAZone, instant: number): number {
  return zone.offset(instant) * MINUTE_MS;
}

function utcDay(instant: number): DateTime<true> {
  const day = DateTime.fromMillis(instant, { zone: 'utc' }).startOf('day');
  if (!day.isValid) throw new RangeError(`no such instant: ${instant}`);
  return day;
}

function nextDay(day: DateTime<true>): DateTime<true> {
  return day.plus({ days: 1 });
}
