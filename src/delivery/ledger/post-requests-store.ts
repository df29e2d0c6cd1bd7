/**
 * Stores requests for extra digests from the command line. Only the running bot posts, so requests wait in
 * the database until it takes them.
 */
import type { DatabaseConnection } from '../../db/connection.ts';
import type { FeedKey } from '../../feeds/feed.ts';

export interface PostRequests {
  /** @param now milliseconds since 1970 */
  add(feed: FeedKey, now: number): Promise<void>;
  /** Takes all pending requests. Each is returned once, so that a crash cannot post it twice. */
  take(now: number): Promise<FeedKey[]>;
}

/** Older requests are dropped, so that a bot that starts hours later does not post them. */
export const POST_REQUEST_LIFE_MS = 60 * 60_000;

interface PostRequestRow {
  readonly platform: string;
  readonly workspace: string;
  readonly channel: string;
  readonly feed: string;
  readonly asked_at: number;
}

/** Runs in the database thread. */
export function openPostRequests(connection: DatabaseConnection): PostRequests {
  const add = connection.prepare<[PostRequestRow]>(
    `INSERT INTO asked_posts (platform, workspace, channel, feed, asked_at)
     VALUES (@platform, @workspace, @channel, @feed, @asked_at)
     ON CONFLICT (platform, workspace, channel, feed) DO UPDATE SET asked_at = excluded.asked_at`,
  );
  const takeAll = connection.prepare<[], PostRequestRow>('DELETE FROM asked_posts RETURNING *');

  return {
    async add({ channel: { platform, workspace, channel }, id }, now) {
      add.run({ platform, workspace, channel, feed: id, asked_at: now });
    },
    async take(now) {
      const fresh = takeAll.all().filter(({ asked_at }) => asked_at > now - POST_REQUEST_LIFE_MS);
      return fresh.map(({ platform, workspace, channel, feed }) => ({
        channel: { platform, workspace, channel },
        id: feed,
      }));
    },
  };
}
