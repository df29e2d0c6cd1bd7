/**
 * Parses calendar days as people type them, in UTC. Luxon parses month names. The few relative forms are
 * parsed here, because a natural-language parser would compile its patterns for 140 ms during the first
 * answer.
 */
import { DateTime } from 'luxon';
import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import type { Day } from './clock.ts';

/** A span of time: `2026-05` is a month. */
interface Stretch {
  readonly at: DateTime<true>;
  readonly unit: NamedDays['unit'];
}

/** Direction of dates without a year and of durations: back for papers, ahead for pauses. */
export type Direction = 'back' | 'ahead';

const ISO_FORM = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/;
/** `29.5.2026`, which has only one reading. */
const DOTTED_FORM = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/;
/** ISO 8601: `2026-W09`, `2026W09`, and a day of it, `2026-W09-3`; as people say it, `week 9 2026`. */
const WEEK_FORM =
  /^(?:(\d{4})[ -]?w(?:eek )?(\d{1,2})(?:-([1-7]))?|w(?:eek ?)?(\d{1,2})[ -/]?(?:of )?(\d{4}))$/;
const COUNTED = String.raw`(\d{1,4}|an?|one|two|three|four|five|six) ?(d|w|m|mo|y|day|week|fortnight|month|year)s?`;
const AGO = new RegExp(`^(?:(?:the )?(?:last|past) )?${COUNTED}(?: ago)?$`);
const AHEAD = new RegExp(`^(?:(?:the )?next )?${COUNTED}(?:'s?)?(?: time| from now| later| ahead)?$`);
const NAMED = /^(this|last|past|next) (week|month|year)$/;
const WEEKDAY = /^(last |this |next )?(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}$/;
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
const MONTH_FORMS: readonly (readonly [string, 'day' | 'month'])[] = ['MMMM', 'MMM'].flatMap((month) => [
  [`d ${month} yyyy`, 'day'] as const,
  [`${month} d yyyy`, 'day'] as const,
  [`${month} yyyy`, 'month'] as const,
]);
/** The oldest preprint on arXiv is from 1986; a year outside this range is a typing mistake. */
const YEARS = { first: 1900, last: 2100 };
/** Years between two that have a 29 February: 1896 and 1904. */
const FURTHEST_LEAP = 8;
const LONGEST = 40;
const ADVICE = 'Use a date such as 2026-05-29, 2026-05, yesterday, last friday or 30d.';

export interface NamedDays {
  readonly first: Day;
  readonly last: Day;
  /** Length of the named time. */
  readonly unit: 'day' | 'week' | 'month' | 'year';
}

/**
 * The first (`start`) or last (`end`) day of a span, see {@link parseDays}.
 * @throws UserError for any other text, and for impossible dates (`2026-02-30`)
 */
export function parseDay(text: string, edge: 'start' | 'end', now: Date): Day {
  const { first, last } = parseDays(text, now);
  return edge === 'start' ? first : last;
}

/**
 * A day, week, month or year by number or name, `today`, `yesterday`, `friday`, `last week`, `3 months ago`,
 * `30d`. Without a year it is the latest one that is not in the future, or with `ahead` the next one that is.
 * @throws UserError for what is no day, or cannot be one (`2026-02-30`)
 */
export function parseDays(text: string, now: Date, direction: Direction = 'back'): NamedDays {
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
        fromWeek(plain) ??
        fromRelative(plain, today, direction) ??
        fromWeekday(plain, today, direction) ??
        fromMonth(plain, today, direction));
  if (found === undefined || found.at.year < YEARS.first || found.at.year > YEARS.last) {
    throw new UserError(`“${clip(text, LONGEST)}” is not a day. ${ADVICE}`);
  }
  const { at, unit } = found;
  return { first: at.startOf(unit).toISODate(), last: at.endOf(unit).toISODate(), unit };
}

function fromNumbers(text: string): Stretch | undefined {
  const [, year, month, day] = ISO_FORM.exec(text.replace(DOTTED_FORM, '$3-$2-$1')) ?? [];
  if (year === undefined) return undefined;
  const at = DateTime.fromObject(
    { year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) },
    { zone: 'utc' },
  );
  if (!at.isValid)
    throw new UserError(`${text} is not a day: ${whyImpossible(year, month ?? '')}. ${ADVICE}`);
  return { at, unit: day !== undefined ? 'day' : month !== undefined ? 'month' : 'year' };
}

function fromWeek(text: string): Stretch | undefined {
  const [found, weekYear, week, weekday, weekFirst, yearLast] = WEEK_FORM.exec(text) ?? [];
  if (found === undefined) return undefined;
  const year = Number(weekYear ?? yearLast);
  const monday = DateTime.fromObject(
    { weekYear: year, weekNumber: Number(week ?? weekFirst) },
    { zone: 'utc' },
  );
  if (monday.isValid) {
    const at = monday.plus({ days: Number(weekday ?? 1) - 1 });
    return { at, unit: weekday === undefined ? 'week' : 'day' };
  }
  const { weeksInWeekYear } = DateTime.fromObject({ weekYear: year, weekNumber: 1 }, { zone: 'utc' });
  throw new UserError(
    `${text.toUpperCase()} is not a week: ${year} has ${weeksInWeekYear} of them. ${ADVICE}`,
  );
}

function whyImpossible(year: string, month: string): string {
  const first = DateTime.fromObject({ year: Number(year), month: Number(month) }, { zone: 'utc' });
  if (!first.isValid) return 'months go from 01 to 12';
  return `${first.toFormat('MMMM yyyy', { locale: 'en' })} has ${first.daysInMonth} days`;
}

function fromRelative(text: string, today: DateTime<true>, direction: Direction): Stretch | undefined {
  if (text === 'today' || text === 'now') return { at: today, unit: 'day' };
  if (text === 'yesterday') return { at: today.minus({ days: 1 }), unit: 'day' };
  if (text === 'tomorrow') return { at: today.plus({ days: 1 }), unit: 'day' };
  const [, which, named] = NAMED.exec(text) ?? [];
  const stretch = UNITS.get(named?.[0] ?? '');
  const steps = which === 'next' ? 1 : which === 'this' ? 0 : -1;
  if (stretch) return { at: today.plus({ [stretch]: steps }), unit: stretch };
  const [, count = '', word = ''] = (direction === 'back' ? AGO : AHEAD).exec(text) ?? [];
  const unit = word === 'fortnight' ? 'week' : UNITS.get(word === 'mo' ? word : (word[0] ?? ''));
  if (unit === undefined) return undefined;
  const amount =
    (COUNTS.get(count) ?? (count.startsWith('a') ? 1 : Number(count))) * (word === 'fortnight' ? 2 : 1);
  return { at: today.plus({ [unit]: direction === 'back' ? -amount : amount }), unit: 'day' };
}

function fromWeekday(text: string, today: DateTime<true>, direction: Direction): Stretch | undefined {
  const [, which, short = ''] = WEEKDAY.exec(text) ?? [];
  const index = WEEKDAYS.indexOf(short);
  const typed = text.slice(which?.length ?? 0);
  if (index < 0 || !(WEEKDAY_NAMES[index] ?? '').startsWith(typed)) return undefined;
  if (which !== 'last ' && (direction === 'ahead' || which === 'next ')) {
    return { at: today.plus({ days: ((index + 1 - today.weekday + 6) % 7) + 1 }), unit: 'day' };
  }
  const back = (today.weekday - (index + 1) + 7) % 7;
  // "last friday" is never today.
  return { at: today.minus({ days: back === 0 && which === 'last ' ? 7 : back }), unit: 'day' };
}

function fromMonth(text: string, today: DateTime<true>, direction: Direction): Stretch | undefined {
  const spelled = text
    .replace(/\bsept\b\.?/, 'sep')
    .replace(/(\d)(?:st|nd|rd|th)\b/, '$1')
    .replace(/\b(?:of|the) /g, '');
  if (/\d{4}$/.test(spelled)) return readMonth(spelled);
  for (let away = 0; away <= FURTHEST_LEAP; away++) {
    const found = readMonth(`${spelled} ${today.year + (direction === 'back' ? -away : away)}`);
    if (found && (direction === 'back' ? found.at <= today : found.at > today)) return found;
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

// Future days, such as the end of a pause.

/** Words that may precede a day; `next` belongs to `next week`. */
const LEAD = /^(?:in|for|on|until|till|by|from) (?:the (?=\d{1,2}[a-z]{2}\b))?/i;
/** `the end of the month` is the first day of the next. */
const END = /^(?:the )?end of (?:the |this )?(week|month|year)$/i;

/**
 * `2026-06-08`, `8 June`, `29 feb`, `monday`, `tomorrow`, `2 weeks`, `1 month`, `next week`.
 * @param today in the zone of the channel
 * @throws UserError unless the text is a future day
 */
export function parseUntil(text: string, today: Day): Day {
  const typed = text.trim().replace(/\s+/g, ' ').replace(LEAD, '').replace(END, 'next $1');
  const now = DateTime.fromISO(today, { zone: 'utc' });
  const { first } = parseDays(typed, now.toJSDate(), 'ahead');
  if (first > today) return first;
  throw new UserError(
    `“${clip(text, 40)}” is not a future date. For example: until:${now.plus({ days: 7 }).toFormat('yyyy-MM-dd')}, until:monday or until:"2 weeks"`,
  );
}
