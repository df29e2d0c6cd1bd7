/** Finds days and spans of time in a text: `since May 2025`, `in the last two weeks`, `2024-2025`. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { parsedOrNothing } from '../../base/errors.ts';
import { type NamedDays, parseDays } from '../../time/days.ts';

export interface SaidDays {
  /** The days as typed, for one option that names a span. */
  readonly text: string;
  readonly unit: NamedDays['unit'];
  /** Absent where the span is open. */
  readonly since?: string;
  readonly until?: string;
  readonly start: number;
  readonly end: number;
}

const COUNT = String.raw`(?:\d{1,3}|(?:a )?few|(?:a )?couple of|several|an?|one|two|three|four|five|six)`;
const UNIT = '(?:day|week|fortnight|month|year)';
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const WEEKDAY = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)';
const DAY_NUMBER = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const YEAR = String.raw`(?:19|20)\d{2}`;

/** Unmistakable without a word before them. */
const CLEAR = [
  String.raw`\d{1,2}\.\d{1,2}\.${YEAR}`,
  String.raw`${YEAR}[-/]\d{1,2}(?:[-/]\d{1,2})?`,
  String.raw`${YEAR}-?w\d{1,2}(?:-[1-7])?`,
  String.raw`week \d{1,2}(?: of)? ${YEAR}`,
  String.raw`${DAY_NUMBER} (?:of )?${MONTH}\.?,? ${YEAR}`,
  String.raw`${MONTH}\.? ${DAY_NUMBER},? ${YEAR}`,
  String.raw`${MONTH}\.?,? (?:of )?${YEAR}`,
  `${DAY_NUMBER} (?:of )?${MONTH}`,
  String.raw`${MONTH}\.? ${DAY_NUMBER}(?!\d)`,
  `(?:the )?(?:last|past|previous) ${COUNT} ${UNIT}s?`,
  '(?:the )?(?:last|past|previous|this) (?:week|month|year)',
  `last ${WEEKDAY}`,
  `${COUNT} ${UNIT}s? ago`,
  'today|yesterday',
];
/** Also words, so that only `since`, `in` and the like make them days. */
const AFTER_IN = [YEAR, MONTH, WEEKDAY];
const AFTER_A_LEAD = [...AFTER_IN, '\\d{1,3}(?:d|w|mo?|y)', `${COUNT} ${UNIT}s?`];

const pattern = (forms: readonly string[]) => `(?:${forms.join('|')})`;
const ANY = pattern([...CLEAR, ...AFTER_A_LEAD]);
const NAMED = pattern([...CLEAR, ...AFTER_IN]);
const BEFORE = String.raw`(?<![^\s(,])`;
const AFTER = String.raw`(?![^\s,.;:?!)])`;
const PUBLISHED =
  '(?:(?:that (?:were|are) |which (?:were|are) )?(?:published|posted|released|submitted|written|dated|out|appeared) )?';

interface Form {
  readonly regex: RegExp;
  read(groups: Readonly<Record<string, string | undefined>>, now: Date): Span | undefined;
}

interface Span {
  readonly text: string;
  readonly unit: NamedDays['unit'];
  readonly since?: string;
  readonly until?: string;
}

const FORMS: readonly Form[] = [
  {
    regex: form(
      `${PUBLISHED}(?:less than|no more than|not more than|at most|under|within) (?<span>${COUNT} ${UNIT}s?) old`,
    ),
    read: ({ span = '' }, now) => openSpan(span, now, 'since'),
  },
  {
    regex: form(
      `${PUBLISHED}(?:within|over|during|in) (?:the )?(?<span>\\d{1,3}(?:d|w|mo?|y)|${COUNT} ${UNIT}s?)`,
    ),
    read: ({ span = '' }, now) => openSpan(span, now, 'since'),
  },
  {
    regex: form(`${PUBLISHED}(?:in |from )?(?:the )?(?:q(?<quarter>[1-4])) ?(?:of )?(?<year>${YEAR})`),
    read: ({ quarter = '1', year = '' }) => quarterOf(Number(year), Number(quarter)),
  },
  {
    regex: form(`(?:>=|≥) ?(?<span>${YEAR})`),
    read: ({ span = '' }, now) => openSpan(span, now, 'since'),
  },
  {
    regex: form(`(?:> ?|post-)(?<span>${YEAR})`),
    read: ({ span = '' }, now) => openSpan(span, now, 'after'),
  },
  { regex: form(`(?:<= ?|≤ ?)(?<span>${YEAR})`), read: ({ span = '' }, now) => openSpan(span, now, 'until') },
  {
    regex: form(`(?:< ?|pre-)(?<span>${YEAR})`),
    read: ({ span = '' }, now) => openSpan(span, now, 'before'),
  },
  { regex: new RegExp(`[([](?<span>${YEAR})[)\\]]`, 'u'), read: ({ span = '' }, now) => within(span, now) },
  {
    regex: form(
      `${PUBLISHED}(?:from |between )?(?<first>${ANY})(?: ?(?:-|\\.\\.\\.?|–|—) ?| (?:to|until|till|and|through|thru|-|–|—) )(?<last>${ANY})`,
    ),
    read({ first = '', last = '' }, now) {
      const end = days(last, now);
      // “between March and June 2025” is about one year.
      const isBare = end !== undefined && !/\d/.test(first) && /\d{4}/.test(last);
      const begin = days(isBare ? `${first} ${end.first.slice(0, 4)}` : first, now);
      return begin && end && begin.first <= end.last
        ? { text: `${first} to ${last}`, unit: end.unit, since: begin.first, until: end.last }
        : undefined;
    },
  },
  {
    regex: form(
      `${PUBLISHED}(?:(?:ever )?since|starting(?: from| in)?|beginning in|not older than|no older than|no earlier than|not before|as of) (?:the )?(?:(?:beginning|start) of )?(?:the )?(?<span>${ANY})`,
    ),
    read: ({ span = '' }, now) => openSpan(span, now, 'since'),
  },
  {
    regex: form(`${PUBLISHED}from (?<span>${ANY}) (?:on|onwards?|until now|till now|to now|to date)`),
    read: ({ span = '' }, now) => openSpan(span, now, 'since'),
  },
  {
    regex: form(
      `${PUBLISHED}(?:from )?(?<span>${ANY})(?: (?:and|or) (?:later|newer|after|up|onwards?|more recent)|\\+| onwards?| or later)`,
    ),
    read: ({ span = '' }, now) => openSpan(span, now, 'since'),
  },
  {
    regex: form(`${PUBLISHED}(?:from )?(?<span>${ANY}) (?:and|or) (?:earlier|older|before)`),
    read: ({ span = '' }, now) => openSpan(span, now, 'until'),
  },
  {
    regex: form(`${PUBLISHED}(?:after|later than|newer than|more recent than) (?:the )?(?<span>${ANY})`),
    read: ({ span = '' }, now) => openSpan(span, now, 'after'),
  },
  {
    regex: form(
      `${PUBLISHED}(?:until|till|up to|up until|no later than|not after|through) (?:the )?(?:end of )?(?:the )?(?<span>${ANY})`,
    ),
    read: ({ span = '' }, now) => openSpan(span, now, 'until'),
  },
  {
    regex: form(`${PUBLISHED}(?:before|prior to|older than|earlier than) (?:the )?(?<span>${ANY})`),
    read: ({ span = '' }, now) => openSpan(span, now, 'before'),
  },
  {
    regex: form(
      `${PUBLISHED}(?:in|from|during|within)(?: the)?(?: year| month of| week of)? (?<span>${NAMED})(?:'s)?`,
    ),
    read: ({ span = '' }, now) => within(span, now),
  },
  {
    regex: form(
      `${PUBLISHED}(?:of|on|over|for)(?: the)?(?: year| month of| week of)? (?<span>${pattern([...CLEAR, YEAR, WEEKDAY])})(?:'s)?`,
    ),
    read: ({ span = '' }, now) => within(span, now),
  },
  {
    regex: form(`${PUBLISHED}(?<span>${pattern(CLEAR)})(?:'s|’s)?`),
    read: ({ span = '' }, now) => within(span, now),
  },
];
/** A year alone at either end of the text, not after the name of a conference or a task. */
const LONE_YEAR = new RegExp(
  String.raw`^(?<span>${YEAR})(?=\s)|(?<before>\S+)\s+(?<late>${YEAR})[\s.?!]*$`,
  'u',
);
/** ICLR 2024, SemEval 2024, KDD Cup 2024. */
const EVENT =
  /^(?:\p{Lu}{2,}\S*|\p{L}+\p{Lu}\S*|cup|challenge|task|workshop|track|iclr|icml|neurips|nips|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai|kdd|sigir|interspeech|icassp|icra|iros|corl|chi|coling|colt|wmt|trec|clef|semeval|q[1-4]|spring|summer|autumn|fall|winter|imagenet)$/u;

/** Every day has a number, or one of these. Most texts have none, and the forms take 90 ms to compile. */
const MAY_BE_DAYS = /\d|day|week|month|year|fortnight|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;

/** @returns `undefined` where the text names no days, or impossible ones */
export function findDays(text: string, now: Date): SaidDays | undefined {
  if (!MAY_BE_DAYS.test(text)) return undefined;
  for (const { regex, read } of FORMS) {
    const found = regex.exec(text);
    const span = found?.groups && read(found.groups, now);
    if (found && span) return { ...span, start: found.index, end: found.index + found[0].length };
  }
  const found = LONE_YEAR.exec(text);
  const { span, before = '', late } = found?.groups ?? {};
  const year = span ?? late;
  if (!found || year === undefined || EVENT.test(before)) return undefined;
  const read = within(year, now);
  const start = span === undefined ? found.index + found[0].lastIndexOf(year) : found.index;
  return read && { ...read, start, end: start + year.length };
}

/** V8 compiles a pattern at its first and second use, and apart for texts with letters beyond Latin-1. */
const SAMPLES = ['papers on diffusion since May', 'papers on “diffusion” since May'];

/** Has the forms compiled one by one, so that the first line with a day does not block the event loop. */
export async function warmUpDays(): Promise<void> {
  for (const text of [...SAMPLES, ...SAMPLES]) {
    for (const { regex } of FORMS) {
      regex.test(text);
      await yieldToEventLoop();
    }
  }
}

function form(source: string): RegExp {
  return new RegExp(`${BEFORE}${source.replace(/ (?!\?)/g, String.raw`\s+`)}${AFTER}`, 'iu');
}

function days(text: string, now: Date): NamedDays | undefined {
  const typed = text
    .replace(/\b(?:a )?(?:few|several)\b/i, '3')
    .replace(/\b(?:a )?couple of\b/i, '2')
    .replace(/\bprevious\b/i, 'last')
    .replace(/^(?:the )?past (?=week|month|year)/i, 'last ');
  return parsedOrNothing(() => parseDays(typed, now));
}

/** A duration reaches back from today: `the last two weeks`, `6 months`. */
const DURATION = new RegExp(
  String.raw`^(?:the )?(?:(?:last|past|previous) )?(?:${COUNT} ${UNIT}s?|\d{1,3}(?:d|w|mo?|y))$`,
  'i',
);

function within(text: string, now: Date): Span | undefined {
  const named = days(text, now);
  if (!named) return undefined;
  const { first, last, unit } = named;
  if (DURATION.test(text)) return { text, unit, since: first };
  // What is still going on has no end yet.
  const isOver = last < now.toISOString().slice(0, 10);
  return { text, unit, since: first, ...(isOver && { until: last }) };
}

function openSpan(text: string, now: Date, edge: 'since' | 'after' | 'until' | 'before'): Span | undefined {
  const named = days(text, now);
  if (!named) return undefined;
  const { first, last, unit } = named;
  const isDuration = DURATION.test(text);
  switch (edge) {
    case 'since':
      return { text, unit, since: first };
    case 'after':
      return { text, unit, since: isDuration ? first : moved(last, 1) };
    case 'until':
      return { text, unit, until: last };
    case 'before':
      return { text, unit, until: moved(first, isDuration ? 0 : -1) };
  }
}

function quarterOf(year: number, quarter: number): Span {
  const first = DateTime.fromObject({ year, month: 3 * quarter - 2 }, { zone: 'utc' });
  const [since, until] = [first.toISODate() ?? '', first.endOf('quarter').toISODate() ?? ''];
  return { text: `Q${quarter} ${year}`, unit: 'month', since, until };
}

function moved(day: string, by: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days: by }).toISODate() ?? day;
}
