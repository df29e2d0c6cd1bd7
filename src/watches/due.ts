/** Computes when a hit is to be told. Pure. */
import { DateTime } from 'luxon';
import type { Pace } from './watch.ts';

/** Papers that are announced together are told together. */
const JOINED_MS = 3 * 60_000;
/** Local time at which a daily watch tells. */
export const DAILY_AT = { hour: 9, minute: 0, second: 0, millisecond: 0 };

/** @returns milliseconds since 1970 */
export function dueAfter(pace: Pace, zone: string, found: Date): number {
  if (pace === 'at-once') return found.getTime() + JOINED_MS;
  const local = DateTime.fromJSDate(found, { zone });
  const today = local.set(DAILY_AT);
  return (today > local ? today : local.plus({ days: 1 }).set(DAILY_AT)).toMillis();
}
