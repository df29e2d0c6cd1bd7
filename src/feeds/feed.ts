/** Feeds of channels: their settings, ids and slots. */
import type { ChannelRef } from '../chat/refs.ts';
import type { Day } from '../time/clock.ts';
import type { Period } from '../trending/trending.ts';

export interface FeedSettings {
  /** Local time, `HH:MM`. */
  readonly time: string;
  /** IANA name. */
  readonly zone: string;
  /** ISO weekdays (1 is Monday) of a daily feed. A weekly feed posts on Mondays, a monthly one on the 1st. */
  readonly days: readonly number[];
  readonly period: Period;
  /** Papers in a digest, 1 to 10. */
  readonly count: number;
  /** Words, phrases, categories and authors; a paper must match at least one, unless the list is empty. */
  readonly include: readonly string[];
  /** A paper must match none of them. */
  readonly exclude: readonly string[];
  readonly minVotes: number;
  /** Action when fewer than `count` papers match. */
  readonly thin: 'fewer' | 'wait' | 'skip';
  /** Action when the source is down: post the stored list and say how old it is, or wait. */
  readonly outage: 'post' | 'wait';
  readonly style: 'thread' | 'single';
  readonly rank: FeedRank;
}

export const FEED_RANKS = ['votes', 'likeness', 'new', 'mixed'] as const;
/**
 * What ranks a list: votes, likeness to what the channel saves and discusses, the date, or likeness and votes
 * mixed.
 */
export type FeedRank = (typeof FEED_RANKS)[number];

/** True for a feed that goes by what its channel learned. */
export function isLearned({ rank }: Pick<FeedSettings, 'rank'>): boolean {
  return rank === 'likeness' || rank === 'mixed';
}

/** Identifies a feed. */
export interface FeedKey {
  readonly channel: ChannelRef;
  /** Short enough to type, unique in its channel, and never reused there. */
  readonly id: string;
}

/** `pausedUntil` of a feed that is paused until it is resumed. */
export const UNTIL_RESUMED: Day = '9999-12-31';

export interface Feed extends FeedKey {
  readonly settings: FeedSettings;
  /** Person to notify when posting fails permanently; absent for feeds from a file. */
  readonly manager?: string;
  readonly from: 'command' | 'file';
  readonly createdAt: string;
  /** No slot is due before this local day. */
  readonly pausedUntil?: Day;
  /** Reason why the feed was stopped; removed when it is resumed. */
  readonly disabled?: string;
  /** The problem that the manager was told about, while lists are still posted; removed once it is fixed. */
  readonly warned?: string;
  /** The channel as its manager knows it (`#papers`), once a list was posted there. */
  readonly channelName?: string;
}

/** One time at which a feed posts: a day in the feed's own zone. */
export interface Slot {
  readonly day: Day;
  readonly due: Date;
  /** Requested by a person, in addition to the slot of this day. */
  readonly extra?: true;
}

/** Key of a feed that is unique across channels. */
export function feedKey({ platform, workspace, channel }: ChannelRef, id: string): string {
  return JSON.stringify([platform, workspace, channel, id]);
}
