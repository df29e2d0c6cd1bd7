/** Stores feeds in the database. */

import { compact } from '../base/compact.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { queryOver } from '../db/query.ts';
import type { FeedTable } from '../db/tables/channels.ts';
import type { Day } from '../time/clock.ts';
import type { Feed, FeedKey, FeedSettings } from './feed.ts';

export interface FollowRequest {
  readonly channel: ChannelRef;
  readonly settings: FeedSettings;
  readonly manager: string;
  /** ISO 8601 instant. */
  readonly at: string;
}

export interface FileFeed extends FeedKey {
  readonly settings: FeedSettings;
}

/** Methods that change one feed return false if it does not exist. */
export interface FeedStore {
  /** Adds a feed under an id that the channel has never used. */
  follow(request: FollowRequest): Promise<Feed>;
  /** All feeds of a channel, including paused and disabled ones, oldest first. */
  of(channelRef: ChannelRef): Promise<Feed[]>;
  find(feed: FeedKey): Promise<Feed | undefined>;
  /** All feeds that are not disabled, including paused ones. */
  active(): Promise<Feed[]>;
  edit(feed: FeedKey, settings: FeedSettings): Promise<boolean>;
  pause(feed: FeedKey, until: Day): Promise<boolean>;
  /** Ends a pause, and enables a disabled feed. */
  resume(feed: FeedKey): Promise<boolean>;
  /** @param reason a sentence that says why posting is not possible */
  disable(feed: FeedKey, reason: string): Promise<boolean>;
  /** Stores the problem for the manager's warning. False if it is already stored, or the feed is gone. */
  warn(feed: FeedKey, reason: string): Promise<boolean>;
  unwarn(feed: FeedKey): Promise<boolean>;
  name(feed: FeedKey, channelName: string): Promise<boolean>;
  unfollow(feed: FeedKey): Promise<boolean>;
  /** Replaces all feeds from a file. A feed with the same key keeps its pause or disabled state. */
  replaceFileFeeds(feeds: readonly FileFeed[], at: string): Promise<void>;
}

/** Runs in the store thread. */
export function openFeedStore(connection: DatabaseConnection): FeedStore {
  const query = queryOver(connection);
  const nextId = connection
    .prepare<[ChannelRef], number>(
      `INSERT INTO feed_ids (platform, workspace, channel, given) VALUES (@platform, @workspace, @channel, 1)
       ON CONFLICT (platform, workspace, channel) DO UPDATE SET given = feed_ids.given + 1 RETURNING given`,
    )
    .pluck();
  const add = connection.prepare<[FeedTable]>(
    `INSERT INTO feeds (platform, workspace, channel, id, settings, manager, origin, created_at, paused_until, disabled, warned, channel_name)
     VALUES (@platform, @workspace, @channel, @id, @settings, @manager, @origin, @created_at, NULL, NULL, NULL, NULL)
     ON CONFLICT (platform, workspace, channel, id) DO UPDATE SET settings = excluded.settings WHERE feeds.origin = 'file'`,
  );
  const dropFileFeed = connection.prepare<[ChannelRef & { id: string }]>(
    `DELETE FROM feeds WHERE platform = @platform AND workspace = @workspace AND channel = @channel AND id = @id`,
  );
  const fileFeeds = connection.prepare<[], FeedTable>(`SELECT * FROM feeds WHERE origin = 'file'`);

  const follow = connection.transaction(
    ({ channel: channelRef, settings, manager, at }: FollowRequest): Feed => {
      const row = rowOf(
        { channel: channelRef, id: letters(nextId.get(channelRef) ?? 1), settings },
        'command',
        at,
        manager,
      );
      add.run(row);
      return toFeed(row);
    },
  );

  const replaceFileFeeds = connection.transaction((feeds: readonly FileFeed[], at: string) => {
    const kept = new Set(feeds.map(({ channel: channelRef, id }) => keyOf({ ...channelRef, id })));
    for (const row of fileFeeds.all()) if (!kept.has(keyOf(row))) dropFileFeed.run(row);
    for (const feed of feeds) add.run(rowOf(feed, 'file', at));
  });

  async function change({ channel: channelRef, id }: FeedKey, facts: Partial<FeedTable>): Promise<boolean> {
    const { numUpdatedRows } = await query
      .updateTable('feeds')
      .set(facts)
      .where((is) => is.and({ ...channelOf(channelRef), id }))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  return {
    follow: async (request) => follow.immediate(request),
    async of(channelRef) {
      const rows = await query
        .selectFrom('feeds')
        .selectAll()
        .where((is) => is.and(channelOf(channelRef)))
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toFeed);
    },
    async find({ channel: channelRef, id }) {
      const row = await query
        .selectFrom('feeds')
        .selectAll()
        .where((is) => is.and({ ...channelOf(channelRef), id }))
        .executeTakeFirst();
      return row && toFeed(row);
    },
    async active() {
      const rows = await query.selectFrom('feeds').selectAll().where('disabled', 'is', null).execute();
      return rows.map(toFeed);
    },
    edit: (feed, settings) => change(feed, { settings: JSON.stringify(settings), warned: null }),
    pause: (feed, until) => change(feed, { paused_until: until }),
    resume: (feed) => change(feed, { paused_until: null, disabled: null, warned: null }),
    disable: (feed, reason) => change(feed, { disabled: reason }),
    async warn({ channel: channelRef, id }, reason) {
      const { numUpdatedRows } = await query
        .updateTable('feeds')
        .set({ warned: reason })
        .where((is) => is.and({ ...channelOf(channelRef), id }))
        .where('warned', 'is distinct from', reason)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    unwarn: (feed) => change(feed, { warned: null }),
    name: (feed, channelName) => change(feed, { channel_name: channelName }),
    async unfollow({ channel: channelRef, id }) {
      const { numDeletedRows } = await query
        .deleteFrom('feeds')
        .where((is) => is.and({ ...channelOf(channelRef), id }))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    replaceFileFeeds: async (feeds, at) => replaceFileFeeds.immediate(feeds, at),
  };
}

/** 1 is `a`, 26 `z`, 27 `aa`. */
function letters(number: number): string {
  const rest = Math.floor((number - 1) / 26);
  const letter = String.fromCharCode(97 + ((number - 1) % 26));
  return rest === 0 ? letter : letters(rest) + letter;
}

function rowOf(
  { channel: channelRef, id, settings }: FileFeed,
  origin: FeedTable['origin'],
  at: string,
  manager?: string,
): FeedTable {
  return {
    ...channelOf(channelRef),
    id,
    settings: JSON.stringify(settings),
    manager: manager ?? null,
    origin,
    created_at: at,
    paused_until: null,
    disabled: null,
    warned: null,
    channel_name: null,
  };
}

function toFeed(row: FeedTable): Feed {
  return {
    id: row.id,
    channel: channelOf(row),
    // Feeds from before there were other ranks have none.
    settings: { rank: 'votes', ...(JSON.parse(row.settings) as Omit<FeedSettings, 'rank'>) },
    from: row.origin,
    createdAt: row.created_at,
    ...compact({
      manager: row.manager,
      pausedUntil: row.paused_until,
      disabled: row.disabled,
      warned: row.warned,
      channelName: row.channel_name,
    }),
  };
}

/** Picks the columns that identify a channel. */
function channelOf({ platform, workspace, channel }: ChannelRef): ChannelRef {
  return { platform, workspace, channel };
}

function keyOf({ platform, workspace, channel, id }: ChannelRef & { readonly id: string }): string {
  return JSON.stringify([platform, workspace, channel, id]);
}
