/** Parses the days of the week on which a feed posts. 1 is Monday, 7 is Sunday (ISO 8601). */

import { UserError } from '../../base/errors.ts';
import { clip } from '../../chat/clip.ts';

const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const WEEK = [1, 2, 3, 4, 5, 6, 7];
export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5];
const GROUPS: ReadonlyArray<readonly [RegExp, readonly number[]]> = [
  [/^(week|work|working )days?$/, WEEKDAYS],
  [/^weekends?$/, [6, 7]],
  [/^(daily|all|every ?day)$/, WEEK],
];
const LONGEST = 80;

/**
 * `weekdays`, `weekends`, `daily`, `mon,wed,fri`, `mon-thu`, `sat-mon`, names in full.
 * @returns the days in the order of the week, without duplicates
 * @throws UserError with the part that is not a day
 */
export function parseWeekdays(text: string): number[] {
  const parts = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s*(?:[\p{Pd}–]|\bto\b)\s*/gu, '-')
    .split(/[,;&+/]|\band\b/)
    .flatMap((part) => (isGroup(part.trim()) ? [part.trim()] : part.trim().split(/\s+/)))
    .filter((part) => part !== '');
  const days = new Set(parts.flatMap((part) => daysOf(part, text)));
  if (days.size === 0) throw notDays(text);
  return WEEK.filter((day) => days.has(day));
}

/** Short names: `mon`. */
export function namesOfWeekdays(days: readonly number[]): string[] {
  return days.map((day) => (NAMES[day - 1] ?? '').slice(0, 3));
}

function isGroup(part: string): boolean {
  return GROUPS.some(([form]) => form.test(part));
}

function daysOf(part: string, whole: string): readonly number[] {
  const group = GROUPS.find(([form]) => form.test(part));
  if (group) return group[1];
  const [first = '', last, ...more] = part.split('-').map(dayCalled);
  if (first === '' || last === '' || more.length > 0) throw notDays(part === '' ? whole : part);
  if (last === undefined) return [first];
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, at) => ((first - 1 + at) % 7) + 1);
}

/** `''` for an unknown day, to distinguish it from a missing end of a range. */
function dayCalled(name: string): number | '' {
  const at = name.length < 2 ? -1 : NAMES.findIndex((full) => full.startsWith(name.replace(/s$/, '')));
  return at < 0 ? '' : at + 1;
}

function notDays(part: string): UserError {
  return new UserError(
    `“${clip(part, LONGEST)}” is not a day of the week. For example: days:weekdays, daily, mon-thu or mon,wed,fri`,
  );
}
