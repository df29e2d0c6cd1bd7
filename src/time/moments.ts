/** Parses future moments as people type them: `tomorrow at 9`, `friday 14:00`, `in 2 hours`, `next week`. */
import { DateTime } from 'luxon';
import { parsedOrNothing, UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import { parseUntil } from './days.ts';
import { parseTime } from './times.ts';

/** Used for a day without a time. */
const MORNING = '09:00';
const PARTS_OF_DAY = new Map([
  ['morning', MORNING],
  ['first thing', MORNING],
  ['lunch', '12:00'],
  ['lunchtime', '12:00'],
  ['noon', '12:00'],
  ['midday', '12:00'],
  ['afternoon', '14:00'],
  ['evening', '18:00'],
  ['night', '20:00'],
]);
const PART = [...PARTS_OF_DAY.keys()].join('|');
const CLOCK = String.raw`\d{1,2}(?:[:.h]?\d{2}|h)? ?(?:am|pm|a\.m\.|p\.m\.)?(?: ?o'?clock)?`;
/** `at 9`, `9:30`, `9am`: a bare number is a time only after `at`. */
const TIMED = String.raw`(?:at |@ ?)(${CLOCK})|(\d{1,2}(?:[:.h]\d{2}|h| ?[ap]\.?m\.?| ?o'?clock))`;
const TIME_LAST = new RegExp(`^(.*?)(?:^|[ ,])(?:${TIMED})$`);
const TIME_FIRST = new RegExp(`^(?:${TIMED})(?: on| this)?[ ,]+(.+)$`);
const PART_LAST = new RegExp(`^(.*?)(?:^|[ ,])(?:in the |at |this |by )?(${PART})$`);
const COUNTED =
  /^(?:in |after )?(\d{1,4}|an?|half an|one|two|three|four|five|six) ?(m|mins?|minutes?|h|hrs?|hours?)(?: time| from now| later)?$/;
const COUNTS = ['half an', 'one', 'two', 'three', 'four', 'five', 'six'];
const LONGEST = 60;
const MOST_YEARS = 2;
const EXAMPLES = 'For example: tomorrow, friday at 14:00, in 2 hours, next week or 2026-06-08';

/**
 * @param now the present
 * @param zone IANA name, in which days and times are meant
 * @throws UserError unless the text is a moment within two years
 */
export function parseMoment(text: string, now: Date, zone: string): Date {
  const present = DateTime.fromJSDate(now, { zone });
  const typed = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^tonight\b/, 'today night')
    .replace(/^later( today)?$/, 'in 3 hours');
  const moment = text.length > LONGEST ? undefined : (fromNow(typed, present) ?? onDay(typed, present));
  if (moment === undefined) throw new UserError(`“${clip(text, LONGEST)}” is not a time. ${EXAMPLES}`);
  if (moment <= present) {
    throw new UserError(
      `${moment.setLocale('en-GB').toFormat("cccc d LLLL yyyy 'at' HH:mm")} is over. ${EXAMPLES}`,
    );
  }
  if (moment > present.plus({ years: MOST_YEARS })) {
    throw new UserError(`“${clip(text, LONGEST)}” is more than two years away. ${EXAMPLES}`);
  }
  return moment.toJSDate();
}

function fromNow(text: string, present: DateTime): DateTime | undefined {
  const [, count = '', unit] = COUNTED.exec(text) ?? [];
  if (unit === undefined) return undefined;
  const word = COUNTS.indexOf(count);
  const amount = word === 0 ? 0.5 : word > 0 ? word : count.startsWith('a') ? 1 : Number(count);
  return present.plus(unit.startsWith('h') ? { minutes: amount * 60 } : { minutes: amount });
}

function onDay(text: string, present: DateTime): DateTime | undefined {
  const { day, time } = split(text);
  const clock = time === undefined ? MORNING : parsedOrNothing(() => parseTime(time));
  if (clock === undefined) return undefined;
  const today = present.toISODate() ?? '';
  const at = (date: string) => DateTime.fromISO(`${date}T${clock}`, { zone: present.zone });
  if (day === '' || day === 'today') {
    if (time === undefined) return undefined;
    const moment = at(today);
    return day === '' && moment <= present ? moment.plus({ days: 1 }) : moment;
  }
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : parsedOrNothing(() => parseUntil(day, today));
  const moment = iso === undefined ? undefined : at(iso);
  return moment?.isValid ? moment : undefined;
}

/** Splits `friday at 14:00` into its day, which may be empty, and its time. */
function split(text: string): { readonly day: string; readonly time?: string } {
  const [, before, spoken, written] = TIME_LAST.exec(text) ?? [];
  if (before !== undefined) return { day: dayOf(before), time: timeOf(spoken ?? written ?? '') };
  const [, first, plain, after] = TIME_FIRST.exec(text) ?? [];
  if (after !== undefined) return { day: dayOf(after), time: timeOf(first ?? plain ?? '') };
  const [, lead, part = ''] = PART_LAST.exec(text) ?? [];
  if (lead !== undefined) return { day: dayOf(lead), time: PARTS_OF_DAY.get(part) ?? MORNING };
  return { day: dayOf(text) };
}

function timeOf(text: string): string {
  return text.replace(/ ?o'?clock$/, '').trim();
}

function dayOf(text: string): string {
  return text.trim().replace(/[ ,]+(?:at|in the|by)?$|^this$/, '');
}
