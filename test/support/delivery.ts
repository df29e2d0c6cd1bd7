/** Feeds, a composer and an engine for tests of delivery. */

import { silentLog } from '../../src/base/log.ts';
import { sentence } from '../../src/chat/card.ts';
import type { PostingLimits } from '../../src/chat/port.ts';
import type { ChannelRef } from '../../src/chat/refs.ts';
import { openAlerts } from '../../src/delivery/alerts.ts';
import type { EngineOptions } from '../../src/delivery/engine.ts';
import type { Digest, DigestSource } from '../../src/delivery/ledger/digest.ts';
import type { Ledger } from '../../src/delivery/ledger/ledger.ts';
import type { Feed, FeedKey, FeedSettings } from '../../src/feeds/feed.ts';
import type { FollowedFeeds } from '../../src/feeds/followed-feeds.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { FakePlatform } from '../fakes/memory/fake-port.ts';

const SETTINGS: FeedSettings = {
  time: '09:00',
  zone: 'UTC',
  days: [1, 2, 3, 4, 5, 6, 7],
  period: 'day',
  count: 2,
  include: [],
  exclude: [],
  minVotes: 0,
  thin: 'fewer',
  outage: 'post',
  style: 'thread',
  rank: 'votes',
};

export function aFeed(channel: string, settings: Partial<FeedSettings> = {}, more: Partial<Feed> = {}): Feed {
  return {
    id: 'daily',
    channel: { platform: 'fake', workspace: 'lab', channel },
    settings: { ...SETTINGS, ...settings },
    manager: 'ada',
    from: 'command',
    createdAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

/** `count` feeds, one in each channel, spread over the workspaces. */
export function someFeeds(count: number, workspaces: number, settings: Partial<FeedSettings> = {}): Feed[] {
  return Array.from({ length: count }, (_, index) =>
    aFeed(`c${index}`, settings, {
      channel: { platform: 'fake', workspace: `w${index % workspaces}`, channel: `c${index}` },
    }),
  );
}

export function holdFeeds(feeds: readonly Feed[]): FollowedFeeds & { current: Feed[] } {
  const book = {
    current: [...feeds],
    all: async () => book.current,
    disableChannel: async (channelRef: Feed['channel'], reason: string) => {
      const hit = book.current.filter(
        (feed) => JSON.stringify(feed.channel) === JSON.stringify(channelRef) && feed.disabled === undefined,
      );
      book.current = book.current.map((feed) => (hit.includes(feed) ? { ...feed, disabled: reason } : feed));
      return hit;
    },
    warn: async ({ channel: channelRef, id }: FeedKey, reason: string) => {
      const isNew = book.current.some((feed) => isOf(feed, channelRef, id) && feed.warned !== reason);
      book.current = book.current.map((feed) =>
        isOf(feed, channelRef, id) ? { ...feed, warned: reason } : feed,
      );
      return isNew;
    },
    name: async ({ channel: channelRef, id }: FeedKey, channelName: string) => {
      book.current = book.current.map((feed) =>
        isOf(feed, channelRef, id) ? { ...feed, channelName } : feed,
      );
    },
    unwarn: async ({ channel: channelRef, id }: FeedKey) => {
      book.current = book.current.map((feed) => {
        const { warned: _, ...others } = feed;
        return isOf(feed, channelRef, id) ? others : feed;
      });
    },
  };
  return book;
}

function isOf(feed: Feed, channelRef: ChannelRef, id: string): boolean {
  return feed.id === id && JSON.stringify(feed.channel) === JSON.stringify(channelRef);
}

export function aDigest(feed: Feed, day: string, papers = feed.settings.count): Digest {
  const ids = Array.from({ length: papers }, (_, index) => `${day}.${index + 1}`);
  return {
    title: `Papers of ${day}`,
    root: sentence(`list of ${day}`),
    papers:
      feed.settings.style === 'single'
        ? []
        : ids.map((paper) => ({ paper, card: sentence(`about ${paper}`) })),
    posted: ids,
  };
}

export const simpleComposer: DigestSource = {
  compose: async (feed, slot) => ({ kind: 'ready', digest: aDigest(feed, slot.day) }),
};

export interface TestEngine {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly feeds: FollowedFeeds;
  readonly platform: FakePlatform;
  readonly digestSource?: DigestSource;
  readonly limits?: PostingLimits;
  readonly random?: () => number;
  readonly alerts?: EngineOptions['alerts'];
}

export function engineOptions(test: TestEngine): EngineOptions {
  const { clock, ledger, feeds, platform, digestSource = simpleComposer, limits, random = () => 0.5 } = test;
  return {
    clock,
    ledger,
    feeds,
    digestSource,
    random,
    ports: [{ ...platform.connect(), ...(limits && { limits }) }],
    alerts: test.alerts ?? openAlerts({ log: silentLog, clock }),
    log: silentLog,
  };
}

/** Numbers from 0, included, to 1, excluded; the same for the same seed. mulberry32, public domain. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
