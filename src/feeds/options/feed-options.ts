/** Converts options, typed into a command or read from a file, to the settings of a feed. */

import { compact } from '../../base/compact.ts';
import { UserError } from '../../base/errors.ts';
import { parseTime } from '../../time/times.ts';
import { parseZone } from '../../time/zones.ts';
import { PERIODS, type Period } from '../../trending/trending.ts';
import { type FeedRank, type FeedSettings, isLearned } from '../feed.ts';
import { formatTerms, parseTerms } from './terms.ts';
import { namesOfWeekdays, parseWeekdays, WEEKDAYS } from './weekdays.ts';

/** As typed; absent if not given. */
export interface FeedOptions {
  readonly time?: string | undefined;
  readonly zone?: string | undefined;
  readonly days?: string | undefined;
  readonly period?: Period | undefined;
  readonly count?: number | undefined;
  readonly include?: string | undefined;
  readonly exclude?: string | undefined;
  readonly min_votes?: number | undefined;
  readonly if_few?: FeedSettings['thin'] | undefined;
  readonly if_source_down?: FeedSettings['outage'] | undefined;
  readonly style?: FeedSettings['style'] | undefined;
  readonly rank?: FeedRank | undefined;
  readonly learned?: (typeof LEARNED_CHOICES)[number] | undefined;
}

export const FEED_PERIODS = PERIODS;
export const THIN_CHOICES = ['fewer', 'wait', 'skip'] as const satisfies ReadonlyArray<FeedSettings['thin']>;
export const OUTAGE_CHOICES = ['post', 'wait'] as const satisfies ReadonlyArray<FeedSettings['outage']>;
export const STYLE_CHOICES = ['thread', 'single'] as const satisfies ReadonlyArray<FeedSettings['style']>;
export const LEARNED_CHOICES = ['on', 'off'] as const;
export const COUNT_MAX = 10;

/** Settings of a feed without options. */
export function defaultSettings(zone: string): FeedSettings {
  return {
    time: '09:00',
    zone,
    days: WEEKDAYS,
    period: 'day',
    count: 5,
    include: [],
    exclude: [],
    minVotes: 0,
    thin: 'fewer',
    outage: 'post',
    style: 'thread',
    rank: 'votes',
  };
}

/**
 * Applies the given options to `base`.
 * @throws UserError for the first option that is not valid
 */
export function withOptions(base: FeedSettings, options: FeedOptions): FeedSettings {
  const { time, zone, days, include, exclude, min_votes, period, count, if_few, if_source_down, style } =
    options;
  const said = compact({
    time: time && parseTime(time),
    zone: zone && parseZone(zone),
    days: days && parseWeekdays(days),
    period,
    count,
    include: include && parseTerms('include', include),
    exclude: exclude && parseTerms('exclude', exclude),
    minVotes: min_votes,
    thin: if_few,
    outage: if_source_down,
    style,
    rank: rankOf(base.rank, options),
  }) as Partial<FeedSettings>;
  const settings = { ...base, ...said };
  if (days !== undefined && settings.period !== 'day') {
    const when =
      settings.period === 'week' ? 'A weekly feed posts on Mondays' : 'A monthly feed posts on the 1st';
    throw new UserError(`${when}, so days does not apply. Remove days, or use period:day.`);
  }
  const both = settings.include.find((term) => settings.exclude.includes(term));
  if (both !== undefined) {
    throw new UserError(
      `“${both}” is both included and excluded, so no paper would match. Remove one of them.`,
    );
  }
  return settings;
}

/** `learned:on` is short for `rank:mixed`. */
function rankOf(before: FeedRank, { rank, learned }: FeedOptions): FeedRank {
  if (learned === undefined) return rank ?? before;
  const isOn = learned === 'on';
  if (rank !== undefined && isLearned({ rank }) !== isOn) {
    throw new UserError(
      isOn
        ? `With learned:on, a list is ranked by likeness or mixed, not by rank:${rank}. Remove one of the two.`
        : `With learned:off, a list is ranked by votes or new, not by rank:${rank}. Remove one of the two.`,
    );
  }
  if (rank !== undefined) return rank;
  if (isLearned({ rank: before }) === isOn) return before;
  return isOn ? 'mixed' : 'votes';
}

/** The settings as options that people would type. `rank` says what `learned` would. */
export function optionsOf(
  settings: FeedSettings,
): Readonly<Record<Exclude<keyof FeedOptions, 'learned'>, string | number>> {
  const { time, zone, days, period, count, include, exclude, minVotes, thin, outage, style, rank } = settings;
  return {
    time,
    zone,
    days: namesOfWeekdays(days).join(','),
    period,
    count,
    include: formatTerms(include),
    exclude: formatTerms(exclude),
    min_votes: minVotes,
    if_few: thin,
    if_source_down: outage,
    style,
    rank,
  };
}
