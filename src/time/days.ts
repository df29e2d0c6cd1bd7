/**
 * Parses calendar days as people type them, in UTC. Luxon parses month names. The few relative forms are
 * parsed here, because a natural-language parser would compile its patterns for 140 ms during the first
 * answer.
 */
import { DateTime, type DateTimeUnit } from 'luxon';
import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import type { Day } from './clock.ts';

/** A span of time: `2026-05` is a month. */
interface Stretch {
  readonly at: DateTime<true>;
  readonly unit: DateTimeUnit;
}

const ISO_FORM = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/;
const AGO =
  /^(?:(?:the )?(?:last|past) )?(\d{1,4}|an?|one|two|three|four|five|six) ?(d|w|m|mo|y|day|week|month|year)s?(?: ago)?$/;
const NAMED = /^(this|last|past) (week|month|year)$/;
const WEEKDAY = /^(last |this )?(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}$/;
const COUNTS = new Map(
  ['', 'one', 'two', 'three', 'four', 'five', 'six'].map((word, count) => [word, count]),
);
const UNITS = new Map<string, 'day' | 'week' | 'month' | 'year'>([
  ['d', 'day'],
  ['w', 'week'],
  ['m', 'month'],
  ['mo', 'month'],
  ['y', 'year'],
]);
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WEEKDAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** Luxon formats and their units. https://moment.github.io/luxon/#/parsing?id=table-of-tokens */
const MONTH_FORMS: readonly (readonly [string, DateTimeUnit])[] = ['MMMM', 'MMM'].flatMap((month) => [
  [`d ${month} yyyy`, 'day'] as const,
  [`${month} d yyyy`, 'day'] as const,
  [`${month} yyyy`, 'month'] as const,
]);
/** The oldest preprint on arXiv is from 1986; a year outside this range is a typing mistake. */
const YEARS = { first: 1900, last: 2100 };
const LONGEST = 40;
const ADVICE = 'Use a date such as 2026-05-29, 2026-05, yesterday, last friday or 30d.';

/**
 * The first (`start`) or last (`end`) day of a span: a day, month or year by number or name, `today`,
 * `yesterday`, `friday`, `last week`, `3 months ago`, `30d`. Without a year, the latest date that is not in
 * the future.
 * @throws UserError for any other text, and for impossible dates (`2026-02-30`)
 */
export function parseDay(text: string, edge: 'start' | 'end', now: Date): Day {
  const today = DateTime.fromJSDate(now, { zone: 'utc' }).startOf('day');
  const plain = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Pd}/gu, '-')
    .replace(/[,\s]+/gu, ' ')
    .trim();
  const found =
    text.length > LONGEST || !today.isValid
      ? undefined
      : (fromNumbers(plain) ??
        fromRelative(plain, today) ??
        fromWeekday(plain, today) ??
        fromMonth(plain, today));
  if (found === undefined || found.at.year < YEARS.first || found.at.year > YEARS.last) {
    throw new UserError(`“${clip(text, LONGEST)}” is not a day. ${ADVICE}`);
  }
  return (edge === 'start' ? found.at.startOf(found.unit) : found.at.endOf(found.unit)).toISODate();
}

function fromNumbers(text: string): Stretch | undefined {
  const [, year, month, day] = ISO_FORM.exec(text) ?? [];
  if (year === undefined) return undefined;
  const at = DateTime.fromObject(
    { year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) },
    { zone: 'utc' },
  );
  if (!at.isValid)
    throw new UserError(`${text} is not a day: ${whyImpossible(year, month ?? '')}. ${ADVICE}`);
  return { at, unit: day !== undefined ? 'day' : month !== undefined ? 'month' : 'year' };
}

function whyImpossible(year: string, month: string): string {
  const first = DateTime.fromObject({ year: Number(year), month: Number(month) }, { zone: 'utc' });
  if (!first.isValid) return 'months go from 01 to 12';
  return `${first.toFormat('MMMM yyyy', { locale: 'en' })} has ${first.daysInMonth} days`;
}

function fromRelative(text: string, today: DateTime<true>): Stretch | undefined {
  if (text === 'today' || text === 'now') return { at: today, unit: 'day' };
  if (text === 'yesterday') return { at: today.minus({ days: 1 }), unit: 'day' };
  if (text === 'tomorrow') return { at: today.plus({ days: 1 }), unit: 'day' };
  const [, which, named] = NAMED.exec(text) ?? [];
  const stretch = UNITS.get(named?.[0] ?? '');
  if (stretch) return { at: which === 'this' ? today : today.minus({ [stretch]: 1 }), unit: stretch };
  const [, count = '', word = ''] = AGO.exec(text) ?? [];
  const unit = UNITS.get(word === 'mo' ? word : (word[0] ?? ''));
  if (unit === undefined) return undefined;
  const amount = COUNTS.get(count) ?? (count.startsWith('a') ? 1 : Number(count));
  return { at: today.minus({ [unit]: amount }), unit: 'day' };
}

function fromWeekday(text: string, today: DateTime<true>): Stretch | undefined {
  const [, which, short = ''] = WEEKDAY.exec(text) ?? [];
  const index = WEEKDAYS.indexOf(short);
  const typed = text.slice(which?.length ?? 0);
  if (index < 0 || !(WEEKDAY_NAMES[index] ?? '').startsWith(typed)) return undefined;
  const back = (today.weekday - (index + 1) + 7) % 7;
  // "last friday" is never today.
  return { at: today.minus({ days: back === 0 && which === 'last ' ? 7 : back }), unit: 'day' };
}

function fromMonth(text: string, today: DateTime<true>): Stretch | undefined {
  const spelled = text
    .replace(/\bsept\b\.?/, 'sep')
    .replace(/(\d)(?:st|nd|rd|th)\b/, '$1')
    .replace(/\b(?:of|the) /g, '');
  if (/\d{4}$/.test(spelled)) return readMonth(spelled);
  // Any five years include a 29 February.
  for (let year = today.year; year > today.year - 5; year--) {
    const found = readMonth(`${spelled} ${year}`);
    if (found && found.at <= today) return found;
  }
  return undefined;
}

function readMonth(text: string): Stretch | undefined {
  for (const [form, unit] of MONTH_FORMS) {
    const at = DateTime.fromFormat(text, form, { zone: 'utc', locale: 'en' });
    if (at.isValid) return { at, unit };
  }
  return undefined;
}

// Future days. `parseDay` resolves ambiguous days to the past, as suits papers.

const COMING_WEEKDAY = /^(on |next )?(mon|tue|wed|thu|fri|sat|sun)/i;

const MONTH = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;

const WITH_YEAR = /\d{4}/;

/**
 * `2026-06-08`, `8 June`, `monday`, `tomorrow`, `2 weeks`.
 * @param today in the zone of the channel
 * @throws UserError unless the text is a future day
 */
export function parseUntil(text: string, today: Day): Day {
  const typed = text.trim().replace(/^(in|for|on|next) /i, '');
  const now = at(today);
  const found = at(parseDay(typed, 'start', now.toJSDate()));
  const ahead = toCome(typed, found, now);
  if (ahead > now) return ahead.toFormat('yyyy-MM-dd');
  throw new UserError(
    `“${clip(text, 40)}” is not a future date. For example: until:${now.plus({ days: 7 }).toFormat('yyyy-MM-dd')}, until:monday or until:"2 weeks"`,
  );
}

/** A date without a year is moved to its next occurrence; a duration is counted forwards. */
function toCome(typed: string, found: DateTime, now: DateTime): DateTime {
  if (found > now || WITH_YEAR.test(typed)) return found;
  if (COMING_WEEKDAY.test(typed)) return found.plus({ weeks: 1 });
  if (MONTH.test(typed)) return found.plus({ years: 1 });
  if (!/\d|\b(an?|one|two|three|four|five|six)\b/i.test(typed)) return found;
  return now.plus({ days: Math.round(now.diff(found, 'days').days) });
}

function at(day: Day): DateTime {
  return DateTime.fromISO(day, { zone: 'utc' });
}
