/** Reads the list of a digest, and refreshes it from the source first. */
import type { Team } from '../../chat/caller.ts';
import type { ChannelRef } from '../../chat/refs.ts';
import type { Feed, FeedSettings, Slot } from '../../feeds/feed.ts';
import type { FreshDay } from '../../sources/fresh-day.ts';
import { type Clock, type Day, dayOf } from '../../time/clock.ts';
import { spanOf } from '../../trending/periods.ts';
import type { Period, TrendingList, TrendingService } from '../../trending/trending.ts';

export interface ReadList {
  readonly list: TrendingList;
  /** True when more papers may be added today. */
  readonly growing: boolean;
  /** Set when the source did not answer, so that the list may be out of date. */
  readonly outage?: { readonly answeredAt?: string };
}

interface ReadOptions {
  /** True to use an earlier day's list when there is none for the day. */
  readonly lastChance: boolean;
  /** True to use stored data only. */
  readonly stored?: boolean;
}

export interface ListReader {
  read(feed: Feed, slot: Slot, options: ReadOptions): Promise<ReadList>;
  /** Returns the newest stored list of the feed's period. */
  latest(feed: Feed): Promise<TrendingList>;
}

interface ListReaderOptions {
  readonly trending: TrendingService;
  /** Fetches the list of a UTC day into the store; absent without a source. */
  readonly refresh?: (day: Day) => Promise<FreshDay>;
  /** Returns the team whose saves count in a channel. */
  readonly teamOf: (channel: ChannelRef) => Team;
  readonly clock: Clock;
}

/** More papers than any month has had. */
const WHOLE_LIST = 2_000;
/** Milliseconds for which channels share a list. */
const SHARED_MS = 60_000;
/** Days. Older lists are not posted, even in an outage. */
const OLDEST_IN_OUTAGE = 7;

export function openListReader({ trending, refresh, teamOf, clock }: ListReaderOptions): ListReader {
  const shared = new Map<string, { readonly at: number; readonly list: Promise<TrendingList> }>();

  /** @param answeredAt time of the latest fetch, so that an older cached list is not used */
  function listOf(
    { period, rank }: Pick<FeedSettings, 'period' | 'rank'>,
    date: Day | undefined,
    of: Team,
    answeredAt = '',
  ): Promise<TrendingList> {
    const now = clock.now().getTime();
    for (const [old, { at }] of shared) if (Math.abs(now - at) >= SHARED_MS) shared.delete(old);
    const withNew = rank !== 'votes';
    const key = JSON.stringify([period, withNew, date, of, answeredAt]);
    const known = shared.get(key);
    if (known) return known.list;
    const query = { period, of, limit: WHOLE_LIST, offset: 0, ...(withNew && ({ withNew } as const)) };
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
      const list = await listOf(settings, day, team, fetched?.answeredAt);
      const outage = fetched?.fresh === false;
      // Hugging Face fills a list within its UTC day. Without a source, waiting does not help.
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
        const older = await listOf(settings, other, team);
        if (older.total > 0) return { list: older, ...facts };
      }
      return { list, ...facts };
    },
    latest: ({ channel, settings }) => listOf(settings, undefined, teamOf(channel)),
  };
}

/** The list for a slot. Lists have UTC days; a slot has a day in the feed's own zone. */
interface ListDays {
  readonly period: Period;
  /** A day of the list. */
  readonly day: Day;
  /** Days since the previous slot, the newest first, to use when there is no list for the day. */
  readonly fallbackDays: readonly Day[];
}

const DAY_MS = 86_400_000;

/** A daily feed uses the list of its day, other feeds the list of the last whole week or month. Pure. */
export function listDaysOf(
  { period, days }: Pick<FeedSettings, 'period' | 'days'>,
  { day, due }: Slot,
): ListDays {
  if (period !== 'day') return { period, day: shift(spanOf(period, day).from, -1), fallbackDays: [] };
  // Far in the east the UTC day has not begun yet, so the newest list is from the day before.
  const begun = [day, dayOf(due)].toSorted()[0] ?? day;
  const missed = daysSinceSlot(days, day) - 1;
  return {
    period,
    day: begun,
    fallbackDays: Array.from({ length: missed }, (_, at) => shift(begun, -1 - at)),
  };
}

/** Hugging Face has no lists on weekends. */
function isWeekend(day: Day): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

function shift(day: Day, days: number): Day {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS));
}

/** Returns 1 when the feed also posts on the day before, 3 on Monday for a weekday feed. */
function daysSinceSlot(days: readonly number[], day: Day): number {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  const gaps = days.map((other) => (weekday - other + 7) % 7 || 7);
  return Math.min(7, ...gaps);
}
