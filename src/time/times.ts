/** Parses times of day as people type them. */

import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';

const FORM = /^(\d{1,2})(?:[:.h]?(\d{2})|h)?\s?(am|pm|a\.m\.|p\.m\.)?$/;
const NAMED = new Map([
  ['noon', '12:00'],
  ['midnight', '00:00'],
]);
const LONGEST = 20;

/**
 * `9`, `9:30`, `9.30`, `9h30`, `21h`, `9am`, `noon`, also in full-width digits.
 * @returns `HH:MM`
 * @throws UserError for any other text
 */
export function parseTime(text: string): string {
  const plain = text.slice(0, LONGEST).normalize('NFKC').toLowerCase().trim();
  const [, hours, minutes = '00', half] = FORM.exec(plain) ?? [];
  const time = NAMED.get(plain) ?? (hours === undefined ? undefined : clockTime(hours, minutes, half));
  if (time !== undefined) return time;
  throw new UserError(`“${clip(text, LONGEST)}” is not a time of day. For example: time:9:30, 9am or 21h`);
}

function clockTime(typed: string, minutes: string, half: string | undefined): string | undefined {
  let hours = Number(typed);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half.startsWith('p') ? 12 : 0);
  }
  if (hours > 23 || Number(minutes) > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${minutes}`;
}
