/** From options, typed into a command or written into a file, to the settings of a feed. */

import { compact } from '../../base/compact.ts';
import { UserError } from '../../base/errors.ts';
import { parseZone } from '../../time/zones.ts';
import { PERIODS, type Period } from '../../trending/trending.ts';
import type { FeedSettings } from '../feed.ts';
import { formatTerms, parseTerms } from './terms.ts';
import { parseTime } from './time.ts';
import { namesOfWeekdays, parseWeekdays, WEEKDAYS } from './weekdays.ts';

/** As typed; absent where nothing was said. */
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
}

export const FEED_PERIODS = PERIODS;
export const THIN_CHOICES = ['fewer', 'wait', 'skip'] as const satisfies ReadonlyArray<FeedSettings['thin']>;
export const OUTAGE_CHOICES = ['post', 'wait'] as const satisfies ReadonlyArray<FeedSettings['outage']>;
export const STYLE_CHOICES = ['thread', 'single'] as const satisfies ReadonlyArray<FeedSettings['style']>;
export const COUNT_MAX = 10;

/** What a feed is when nothing is said. */
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
  };
}

/**
 * `base` with what was said.
 * @throws UserError with one sentence on the first option that does not fit
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
  }) as Partial<FeedSettings>;
  const settings = { ...base, ...said };
  if (days !== undefined && settings.period !== 'day') {
    const when = settings.period === 'week' ? 'a weekly one posts on Mondays' : 'a monthly one on the 1st';
    throw new UserError(`days is for a daily feed; ${when}. Leave days out, or say period:day.`);
  }
  const both = settings.include.find((term) => settings.exclude.includes(term));
  if (both !== undefined) {
    throw new UserError(`“${both}” is both included and excluded, so nothing would fit. Leave one of them.`);
  }
  return settings;
}

/** The settings as somebody would say them. */
export function optionsOf(settings: FeedSettings): Readonly<Record<keyof FeedOptions, string | number>> {
  const { time, zone, days, period, count, include, exclude, minVotes, thin, outage, style } = settings;
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
  };
}
