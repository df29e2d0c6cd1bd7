/** Finds the time in a text that also names a paper: `routing tokens tomorrow`, `in 3 days about 2406…`. */
import { parsedOrNothing } from '../../../src/base/errors.ts';
import { parseMoment } from '../../../src/time/moments.ts';

/** The most words of a time: `on the 8th of june at 9 am`. */
const MOST_WORDS = 9;
const BETWEEN = /^(?:about|of|for|to (?:read|look at|see)|on|that|:|-)+\s+/i;

export interface MomentInText {
  /** As typed; absent if the text contains no time. */
  readonly when?: string;
  /** The rest, which may be empty. */
  readonly rest: string;
}

/** Takes the longest time at the end of the text, or else at its start. */
export function findMoment(text: string, now: Date, zone: string): MomentInText {
  const words = text.trim().split(/\s+/);
  const isMoment = (some: readonly string[]) =>
    parsedOrNothing(() => parseMoment(some.join(' '), now, zone)) !== undefined;
  for (let count = Math.min(words.length, MOST_WORDS); count > 0; count--) {
    const last = words.slice(-count);
    if (isMoment(last)) return { when: last.join(' '), rest: words.slice(0, -count).join(' ') };
  }
  for (let count = Math.min(words.length, MOST_WORDS); count > 0; count--) {
    const first = words.slice(0, count);
    if (!isMoment(first)) continue;
    return { when: first.join(' '), rest: words.slice(count).join(' ').replace(BETWEEN, '') };
  }
  return { rest: words.join(' ') };
}
