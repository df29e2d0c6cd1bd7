/** Describes a feed's settings and its next post in words. Pure. */
import { DateTime } from 'luxon';
import type { Feed, FeedSettings, Slot } from '../feeds/feed.ts';
import { UNTIL_RESUMED } from '../feeds/feed.ts';
import { counted } from './counts.ts';
import { anyOfTerms, subjectWords } from './terms.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const RANK_WORDS: Readonly<Record<FeedSettings['rank'], string | undefined>> = {
  votes: undefined,
  likeness: 'Ranked by likeness to what people here save and discuss.',
  new: 'Ranked by date, the newest first.',
  mixed: 'Learns from what people here save, discuss and dismiss, and ranks by that and by votes.',
};
const NOUNS: Readonly<Record<FeedSettings['rank'], string>> = {
  votes: 'trending paper',
  likeness: 'paper',
  new: 'new paper',
  mixed: 'paper',
};
const HOUR_MS = 3_600_000;

/** `5 trending papers every weekday at 09:00 (Europe/Berlin)`. */
export function feedInWords({ count, period, time, zone, days, rank }: FeedSettings): string {
  const at = `at ${time} (${zone})`;
  if (period === 'day') return `${counted(count, NOUNS[rank])} ${daysInWords(days)} ${at}`;
  const papers = count === 1 ? 'the top paper' : `the top ${count} papers`;
  return period === 'week'
    ? `${papers} of the past week every Monday ${at}`
    : `${papers} of the past month on the 1st of every month ${at}`;
}

/**
 * `Only papers about “reinforcement learning” or cs.RO, with at least 10 votes; never “survey”.`, and other
 * settings that differ from the defaults.
 */
export function rulesInWords(settings: FeedSettings): string[] {
  const { include, exclude, minVotes, count, thin, outage, style, rank } = settings;
  const votes = minVotes > 0 ? `with at least ${counted(minVotes, 'vote')}` : undefined;
  const about = subjectWords(include);
  const only = about === '' ? votes && ` ${votes}` : [about, votes].filter(Boolean).join(', ');
  const never = exclude.length > 0 ? `ever ${anyOfTerms(exclude)}.` : undefined;
  const filter = only ? `Only papers${only}${never ? `; n${never}` : '.'}` : never && `N${never}`;
  const few = count === 1 ? 'no paper matches' : `fewer than ${count} papers match`;
  return [
    filter,
    thin === 'wait' ? `Waits for a while if ${few}.` : undefined,
    thin === 'skip' ? `Posts nothing if ${few}.` : undefined,
    outage === 'wait' ? 'Waits while Hugging Face is down.' : undefined,
    RANK_WORDS[rank],
    style === 'single' ? 'Posts a single message, without a thread.' : undefined,
  ].filter((line) => line !== undefined);
}

/** `Next: Mon 1 June, 09:00, in 2 days.`, or the reason why nothing is due. */
export function nextInWords(feed: Feed, next: Slot | undefined, now: Date): string {
  if (feed.disabled !== undefined) return `Stopped: ${feed.disabled.replace(/[.\s]*$/, '.')}`;
  if (feed.pausedUntil === UNTIL_RESUMED) return 'Paused until it is resumed.';
  if (next === undefined) return 'Nothing is due.';
  const { zone } = feed.settings;
  const today = DateTime.fromJSDate(now, { zone }).toFormat('yyyy-MM-dd');
  const paused = feed.pausedUntil !== undefined && feed.pausedUntil > today;
  const pause = paused ? `Paused until ${dayLabel(feed.pausedUntil, now)}. ` : '';
  return `${pause}Next: ${momentInWords(next.due, zone, now)}, ${distance(next.due, zone, now)}.`;
}

/** Days. A day further away is named with its year. */
const NEAR = 300;

function dayForm(at: DateTime, now: Date | undefined): string {
  const isNear = now === undefined || Math.abs(at.diff(DateTime.fromJSDate(now), 'days').days) < NEAR;
  return isNear ? 'ccc d LLLL' : 'ccc d LLLL yyyy';
}

/** `Mon 1 June, 09:00`; far from `now` with its year. */
export function momentInWords(moment: Date | string, zone: string, now?: Date): string {
  const at = typeof moment === 'string' ? DateTime.fromISO(moment) : DateTime.fromJSDate(moment);
  return at
    .setZone(zone)
    .setLocale('en-GB')
    .toFormat(`${dayForm(at, now)}, HH:mm`);
}

/** `Mon 1 June`; far from `now` with its year. */
function dayLabel(day: string, now: Date): string {
  const at = DateTime.fromISO(day, { zone: 'utc', locale: 'en-GB' });
  return at.toFormat(dayForm(at, now));
}

function daysInWords(days: readonly number[]): string {
  const names = days.map((day) => WEEKDAYS[day - 1] ?? '');
  if (days.length === 7) return 'every day';
  return days.join() === '1,2,3,4,5' ? 'every weekday' : `every ${all.format(names)}`;
}

/** `in 2 days` by the channel's calendar, `in 3 hours` within one day. */
function distance(due: Date, zone: string, now: Date): string {
  const midnight = (instant: Date) => DateTime.fromJSDate(instant, { zone }).startOf('day');
  const days = Math.round(midnight(due).diff(midnight(now), 'days').days);
  if (days > 1) return `in ${days} days`;
  if (days === 1) return 'tomorrow';
  const ms = due.getTime() - now.getTime();
  if (ms >= HOUR_MS) return `in ${counted(Math.round(ms / HOUR_MS), 'hour')}`;
  return `in ${counted(Math.max(1, Math.round(ms / 60_000)), 'minute')}`;
}
