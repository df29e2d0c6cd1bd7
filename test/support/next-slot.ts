/** When a feed is due next, for tests of what says so: no daylight saving, no catch-up. */
import { DateTime } from 'luxon';
import type { NextSlot } from '../../src/delivery/desk.ts';

export const nextSlot: NextSlot = (feed, now) => {
  const { time, zone, days, period } = feed.settings;
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  for (let ahead = 0; ahead < 400; ahead++) {
    const at = today.plus({ days: ahead });
    const day = at.toFormat('yyyy-MM-dd');
    const due = DateTime.fromISO(`${day}T${time}`, { zone }).toJSDate();
    const fits = { day: days.includes(at.weekday), week: at.weekday === 1, month: at.day === 1 }[period];
    if (fits && due > now && day >= (feed.pausedUntil ?? '')) return { day, due };
  }
  return undefined;
};
