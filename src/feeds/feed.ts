/** What a channel follows: when, what, and how much of it. */
import { isDirect } from '../chat/direct.ts';
import type { ChannelRef, WorkspaceRef } from '../chat/refs.ts';
import type { Day } from '../time/clock.ts';
import type { Period } from '../trending/trending.ts';

export interface FeedSettings {
  /** Local time, `HH:MM`. */
  readonly time: string;
  /** IANA name. */
  readonly zone: string;
  /** ISO weekdays, 1 is Monday; of a daily feed. A weekly one posts on Mondays, a monthly one on the 1st. */
  readonly days: readonly number[];
  readonly period: Period;
  /** Papers in an edition, 1 to 10. */
  readonly count: number;
  /** At least one of them must fit, when there are any: words, phrases, categories, authors. */
  readonly include: readonly string[];
  /** None of them may fit. */
  readonly exclude: readonly string[];
  readonly minVotes: number;
  /** When fewer papers than `count` fit. */
  readonly thin: 'fewer' | 'wait' | 'skip';
  /** When the source does not answer: post from what is here and say how old it is, or wait for it. */
  readonly outage: 'post' | 'wait';
  readonly style: 'thread' | 'single';
}

/** What names a feed. */
export interface FeedKey {
  readonly channel: ChannelRef;
  /** Short enough to type, unique in its channel and never given twice there. */
  readonly id: string;
}

/** `pausedUntil` of a feed that waits for somebody to resume it. */
export const UNTIL_RESUMED: Day = '9999-12-31';

export interface Feed extends FeedKey {
  readonly settings: FeedSettings;
  /** Whom to tell when posting is refused for good; absent for feeds from a file. */
  readonly manager?: string;
  readonly from: 'command' | 'file';
  readonly createdAt: string;
  /** Nothing is due before this local day. */
  readonly pausedUntil?: Day;
  /** Why nothing is posted any more, until somebody resumes it. */
  readonly disabled?: string;
  /** What does not work though lists are posted, as its manager was told; until it works again. */
  readonly warned?: string;
}

/** One time at which a feed posts: a day in the feed's own zone. */
export interface Slot {
  readonly day: Day;
  readonly due: Date;
  /** Somebody asked for an edition beside the one of this day. */
  readonly extra?: true;
}

/** What delivery needs of the feeds. */
export interface FollowedFeeds {
  all(): Promise<readonly Feed[]>;
  /** Nothing is posted to a place any more. Answers the feeds that this call stopped: none the second time. */
  disableChannel(channelRef: ChannelRef, reason: string): Promise<readonly Feed[]>;
  /** Keeps that the manager is told of a trouble. False when they were: it is the same one. */
  warn(feed: FeedKey, reason: string): Promise<boolean>;
  /** It works again: a later trouble is a new one. */
  unwarn(feed: FeedKey): Promise<void>;
}

/**
 * Whether somebody who asks from there is told of the feed. One in direct messages is told to nobody but those who ask in them.
 * @param from without a channel where it is asked from none, as in Slack's App Home
 */
export function isVisibleFrom(
  from: WorkspaceRef & Partial<ChannelRef>,
  { channel: channelRef }: FeedKey,
): boolean {
  if (channelRef.platform !== from.platform || channelRef.workspace !== from.workspace) return false;
  return !isDirect(channelRef) || channelRef.channel === from.channel;
}

/** Names a feed among all of them: its id is unique in its channel only. */
export function feedKey({ platform, workspace, channel }: ChannelRef, id: string): string {
  return JSON.stringify([platform, workspace, channel, id]);
}
