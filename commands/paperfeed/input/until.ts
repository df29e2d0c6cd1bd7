/** Days to come as people type them: the frame reads days that were, as papers have them. */
import { DateTime } from 'luxon';
import { UserError } from '../../../src/base/errors.ts';
import { clip } from '../../../src/chat/clip.ts';
import type { Day } from '../../../src/time/clock.ts';
import { parseDay } from '../../../src/time/days.ts';

const WEEKDAY = /^(on |next )?(mon|tue|wed|thu|fri|sat|sun)/i;
const MONTH = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;
const WITH_YEAR = /\d{4}/;

/**
 * `2026-06-08`, `8 June`, `monday`, `tomorrow`, `2 weeks`.
 * @param today in the zone of the channel
 * @throws UserError for what is no day, or none that is to come
 */
export function parseUntil(text: string, today: Day): Day {
  const typed = text.trim().replace(/^(in|for|on|next) /i, '');
  const now = at(today);
  const found = at(parseDay(typed, 'start', now.toJSDate()));
  const ahead = toCome(typed, found, now);
  if (ahead > now) return ahead.toFormat('yyyy-MM-dd');
  throw new UserError(
    `“${clip(text, 40)}” is not to come. Write it like until:${now.plus({ days: 7 }).toFormat('yyyy-MM-dd')}, until:monday or until:"2 weeks".`,
  );
}

/** What names no year is the next of its name; a stretch of time lies as far ahead as it would lie back. */
function toCome(typed: string, found: DateTime, now: DateTime): DateTime {
  if (found > now || WITH_YEAR.test(typed)) return found;
  if (WEEKDAY.test(typed)) return found.plus({ weeks: 1 });
  if (MONTH.test(typed)) return found.plus({ years: 1 });
  if (!/\d|\b(an?|one|two|three|four|five|six)\b/i.test(typed)) return found;
  return now.plus({ days: Math.round(now.diff(found, 'days').days) });
}

function at(day: Day): DateTime {
  return DateTime.fromISO(day, { zone: 'utc' });
}
