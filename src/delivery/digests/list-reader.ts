/** The list that an edition is made from, fetched right before. */
import type { Team } from '../../chat/caller.ts';
import type { ChannelRef } from '../../chat/refs.ts';
import type { Feed, FeedSettings, Slot } from '../../feeds/feed.ts';
import type { FreshDay } from '../../sources/fresh-day.ts';
import { type Clock, type Day, dayOf } from '../../time/clock.ts';
import { spanOf } from '../../trending/periods.ts';
import type { Period, TrendingList, TrendingService } from '../../trending/trending.ts';

export interface ReadList {
  readonly list: TrendingList;
  /** More papers may still come on it today. */
  readonly growing: boolean;
  /** The source did not answer, so that this is what the store knows. */
  readonly outage?: { readonly answeredAt?: string };
}

interface ReadOptions {
  /** Nothing is gained by waiting: take the list of a day before where the meant one has none. */
  readonly lastChance: boolean;
  /** The store's word is enough. */
  readonly stored?: boolean;
}

export interface ListReader {
  read(feed: Feed, slot: Slot, options: ReadOptions): Promise<ReadList>;
  /** The latest list of the feed's period that the store has. */
  latest(feed: Feed): Promise<TrendingList>;
}

interface ListReaderOptions {
  readonly trending: TrendingService;
  /** Fetches the list of a UTC day into the store; absent where no source is asked. */
  readonly refresh?: (day: Day) => Promise<FreshDay>;
  /** Whose saves count in a place. */
  readonly teamOf: (channel: ChannelRef) => Team;
  readonly clock: Clock;
}

/** More than any month has had. */
const WHOLE_LIST = 2_000;
/** Milliseconds for which channels that are due together share a list. */
const SHARED_MS = 60_000;
/** Older lists are no news, source or no source. */
const OLDEST_IN_OUTAGE = 7;

export function openListReader({ trending, refresh, teamOf, clock }: ListReaderOptions): ListReader {
  const shared = new Map<string, { readonly at: number; readonly list: Promise<TrendingList> }>();

  /** @param answeredAt a list that was fetched since must not be an older one */
  function listOf(period: Period, date: Day | undefined, of: Team, answeredAt = ''): Promise<TrendingList> {
    const now = clock.now().getTime();
    for (const [old, { at }] of shared) if (Math.abs(now - at) >= SHARED_MS) shared.delete(old);
    const key = JSON.stringify([period, date, of, answeredAt]);
    const known = shared.get(key);
    if (known) return known.list;
    const query = { period, of, limit: WHOLE_LIST, offset: 0 };
    const list = trending.list(date === undefined ? query : { ...query, date });
    shared.set(key, { at: now, list });
    list.catch(() => shared.delete(key));
    return list;
  }

  return {
    async read({ channel, settings }, slot, { lastChance, stored = false }) {
      const { period, day, fallbackDays } = listDaysOf(settings, slot);
      const fetched = stored ? undefined : await refresh?.(spanOf(period, day).to);
      const team = teamOf(channel);
      const list = await listOf(period, day, team, fetched?.answeredAt);
      const outage = fetched?.fresh === false;
      // Hugging Face fills a list within its UTC day. A list that the source was not asked for does not change by waiting.
      const open = period === 'day' && refresh !== undefined && day >= dayOf(clock.now()) && !isWeekend(day);
      const facts = {
        growing: open && !outage,
        ...(outage && { outage: fetched.answeredAt === undefined ? {} : { answeredAt: fetched.answeredAt } }),
      };
      if (list.total > 0 || period !== 'day' || (facts.growing && !lastChance)) return { list, ...facts };
      const others = outage
        ? Array.from({ length: OLDEST_IN_OUTAGE }, (_, at) => shift(day, -1 - at))
        : fallbackDays;
      for (const other of others) {
        const older = await listOf(period, other, team);
        if (older.total > 0) return { list: older, ...facts };
      }
      return { list, ...facts };
    },
    latest: ({ channel, settings }) => listOf(settings.period, undefined, teamOf(channel)),
  };
}

// Which list a slot of a feed posts from. Lists are of UTC days; a slot is a day of the feed's own zone. Pure.

interface ListDays {
  readonly period: Period;
  /** A day of the list that is meant. */
  readonly day: Day;
  /** Days since the slot before, the newest first: when the meant one has no list, theirs is the news. */
  readonly fallbackDays: readonly Day[];
}

const DAY_MS = 86_400_000;

/** Of a daily feed the list of its day, of a weekly or monthly one that of the week or month that has just ended. */
export function listDaysOf(
  { period, days }: Pick<FeedSettings, 'period' | 'days'>,
  { day, due }: Slot,
): ListDays {
  if (period !== 'day') return { period, day: shift(spanOf(period, day).from, -1), fallbackDays: [] };
  // East of the date line's morning the day's list has not begun yet: the newest is the one of the day before.
  const begun = [day, dayOf(due)].toSorted()[0] ?? day;
  const missed = daysSinceSlot(days, day) - 1;
  return {
    period,
    day: begun,
    fallbackDays: Array.from({ length: missed }, (_, at) => shift(begun, -1 - at)),
  };
}

/** Hugging Face makes no lists then. */
function isWeekend(day: Day): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

function shift(day: Day, days: number): Day {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS));
}

/** 1 when the feed also posts on the day before; 3 on the Monday of a feed of weekdays. */
function daysSinceSlot(days: readonly number[], day: Day): number {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  const gaps = days.map((other) => (weekday - other + 7) % 7 || 7);
  return Math.min(7, ...gaps);
}
