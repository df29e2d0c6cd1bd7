/** Reads dates in the forms in which files have them. A date that could mean two days is none. */
import { DateTime } from 'luxon';
import { isObject, type JsonObject, pick, readCount, textIn } from './values.ts';

/** An instant, a day, a month or a year, as in `PaperRecord.published`. */
const DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?)?)?$/;
const FIRST_YEAR = 1500;
const LAST_YEAR = 2099;

/** `2024-5-1`, `2024/05/01`, `2024.05`; Zotero writes unknown parts as `00`. */
const LOOSE_ISO = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/;
/** `20240501`, `202405` */
const COMPACT_ISO = /^((?:1[5-9]|20)\d{2})(0[1-9]|1[0-2])(\d{2})?$/;
/** `31.05.2024`; with dots, the day always comes first. */
const WITH_DOTS = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/;
/** `31/05/2024`, `05/31/2024`: clear only when one part cannot be a month. */
const WITH_SLASHES = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/;
/** `05/2024` */
const MONTH_FIRST = /^(\d{1,2})[/.-](\d{4})$/;
/** A day and at least the hour, in ISO 8601 or SQL. */
const DAY_AND_TIME = /^\d{4}-?\d{2}-?\d{2}[T ]\d{2}/;
const SECONDS_SINCE_1970 = /^\d{9,10}(?:\.\d+)?$/;
const MILLISECONDS_SINCE_1970 = /^\d{12,13}$/;
const MONTH_NAME = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
/** With the month in words there is no doubt about which part is the day. */
const IN_WORDS = [
  'd LLLL yyyy',
  'd LLL yyyy',
  'LLLL d, yyyy',
  'LLL d, yyyy',
  'LLLL d yyyy',
  'LLL d yyyy',
  'cccc, d LLLL yyyy',
  'ccc, d LLL yyyy',
] as const;
const MONTH_IN_WORDS = ['LLLL yyyy', 'LLL yyyy', 'LLLL, yyyy', 'LLL, yyyy', 'yyyy LLLL', 'yyyy LLL'] as const;
const UTC = { zone: 'utc', locale: 'en' } as const;

export function readDate(value: unknown): string | undefined {
  if (isObject(value)) return fromObject(value);
  if (Array.isArray(value)) return fromParts(value);
  const text = textIn(value)?.trim() ?? '';
  if (text === '' || text.length > 100) return undefined;
  if (DATE.test(text) && isReal(text)) return text;
  return fromLoose(text) ?? fromNumber(text) ?? fromInstant(text) ?? fromWords(text);
}

/** The month of a year: `2024-05`. */
export function readMonth(year: string, value: unknown): string | undefined {
  const text = textIn(value)?.trim() ?? '';
  const number =
    readCount(text) ?? DateTime.fromFormat(text.replace(/\.$/, '').slice(0, 3), 'LLL', UTC).month;
  return /^\d{4}$/.test(year) && number >= 1 && number <= 12 ? `${year}-${twoDigits(number)}` : undefined;
}

/** CSL and Crossref: `{"date-parts": [[2024, 5, 1]]}`, or with the date as text. */
function fromObject(object: JsonObject): string | undefined {
  const parts = pick(object, ['dateparts']);
  if (Array.isArray(parts)) return fromParts(Array.isArray(parts[0]) ? parts[0] : parts);
  const year = textIn(pick(object, ['year']));
  if (year !== undefined) return fromParts([year, pick(object, ['month']), pick(object, ['day'])]);
  const written = pick(object, ['datetime', 'raw', 'literal', 'value', 'text', 'date', 'iso8601']);
  return typeof written === 'string' || typeof written === 'number' ? readDate(written) : undefined;
}

function fromParts(parts: readonly unknown[]): string | undefined {
  const [year, month, day] = parts.slice(0, 3).map((part) => readCount(part));
  return year === undefined ? undefined : fromNumbers(year, month ?? 0, day ?? 0);
}

/** Zero means unknown. */
function fromNumbers(year: number, month: number, day: number): string | undefined {
  const known = [
    String(year),
    ...(month > 0 ? [twoDigits(month), ...(day > 0 ? [twoDigits(day)] : [])] : []),
  ];
  const date = known.join('-');
  return isReal(date) ? date : undefined;
}

function fromLoose(text: string): string | undefined {
  const [, year, month, day] = LOOSE_ISO.exec(text) ?? COMPACT_ISO.exec(text) ?? [];
  if (year !== undefined) return fromNumbers(Number(year), Number(month), Number(day ?? 0));
  const dotted = WITH_DOTS.exec(text)?.map(Number);
  if (dotted) return fromNumbers(dotted[3] ?? 0, dotted[2] ?? 0, dotted[1] ?? 0);
  const [, early, late] = MONTH_FIRST.exec(text)?.map(Number) ?? [];
  if (early !== undefined) return fromNumbers(late ?? 0, early, 0);
  const [, one = 0, other = 0, slashed] = WITH_SLASHES.exec(text)?.map(Number) ?? [];
  if (slashed === undefined) return undefined;
  if (one > 12 || one === other) return fromNumbers(slashed, other, one);
  return other > 12 ? fromNumbers(slashed, one, other) : undefined;
}

function fromNumber(text: string): string | undefined {
  if (SECONDS_SINCE_1970.test(text)) return toInstant(DateTime.fromMillis(Number(text) * 1_000, UTC));
  if (MILLISECONDS_SINCE_1970.test(text)) return toInstant(DateTime.fromMillis(Number(text), UTC));
  return undefined;
}

/** ISO 8601, SQL and RFC 2822. A time without a zone is UTC. */
function fromInstant(text: string): string | undefined {
  return DAY_AND_TIME.test(text)
    ? (toInstant(DateTime.fromISO(text, UTC)) ?? toInstant(DateTime.fromSQL(text, UTC)))
    : (toInstant(DateTime.fromRFC2822(text, UTC)) ?? toInstant(DateTime.fromHTTP(text, UTC)));
}

function fromWords(text: string): string | undefined {
  if (!MONTH_NAME.test(text)) return undefined;
  const plain = text
    .replace(/(?<=\d)(?:st|nd|rd|th)\b/i, '')
    .replace(/(?<=[a-z]{3})\./i, '')
    .replace(/\bsept\b/i, 'Sep')
    .replace(/\s*,\s*/g, ', ')
    .replace(/\s+/g, ' ');
  for (const format of IN_WORDS) {
    const date = DateTime.fromFormat(plain, format, UTC);
    if (date.isValid) return inRange(date)?.toISODate() ?? undefined;
  }
  for (const format of MONTH_IN_WORDS) {
    const date = DateTime.fromFormat(plain, format, UTC);
    if (date.isValid) return inRange(date)?.toFormat('yyyy-MM');
  }
  return undefined;
}

/** False for 30 February, which `Date` moves to March. Called for each row, so it is plain. */
function isReal(date: string): boolean {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return false;
  const year = Number(date.slice(0, 4));
  const day = new Date(time).toISOString().slice(0, 10);
  return year >= FIRST_YEAR && year <= LAST_YEAR && day.startsWith(date.slice(0, 10));
}

function toInstant(date: DateTime): string | undefined {
  return inRange(date)?.toISO() ?? undefined;
}

function inRange(date: DateTime): DateTime | undefined {
  return date.isValid && date.year >= FIRST_YEAR && date.year <= LAST_YEAR ? date : undefined;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
