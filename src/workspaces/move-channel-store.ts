/** Moves all data of a channel to its new id in one transaction. Runs in the store thread. */
import type { DatabaseConnection } from '../db/connection.ts';

/** Every table with a channel column. */
const OF_CHANNEL = [
  'asked_posts',
  'bare_links',
  'channel_acts',
  'channel_resets',
  'channel_subjects',
  'deliveries',
  'feed_ids',
  'feed_managers',
  'feeds',
  'posted_papers',
  'quiet_channels',
  'reaction_saves',
  'shown_papers',
  'watches',
];

/** Longer than the engine takes to reload the feeds; until then it has none under the new id. */
const HELD_MS = 60_000;

export interface MovedChannel {
  readonly platform: string;
  readonly workspace: string;
  readonly from: string;
  readonly to: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Rows that exist under the new id are more recent, and stay. Feeds that were disabled under the old id are
 * enabled again, because the reason may not apply to the new one.
 */
export function openChannelMove(connection: DatabaseConnection): (moved: MovedChannel) => void {
  const HERE = 'platform = @platform AND workspace = @workspace AND channel = @from';
  const THERE = 'platform = @platform AND workspace = @workspace AND channel = @to';
  const steps = [
    // The higher counter is kept, so that no feed id is reused.
    `UPDATE feed_ids SET given = max(given, (SELECT given FROM feed_ids WHERE ${HERE}))
     WHERE ${THERE} AND EXISTS (SELECT 1 FROM feed_ids WHERE ${HERE})`,
    `UPDATE feeds SET disabled = NULL WHERE ${HERE}`,
    // A thread's address is that of its channel, or begins with it (Slack).
    `UPDATE deliveries SET
       message_channel = iif(message_channel = @from, @to, message_channel),
       thread = iif(thread LIKE @from || '/%', @to || substr(thread, length(@from) + 1), thread),
       not_before = iif(ready = 1, max(not_before, @at + ${HELD_MS}), not_before)
     WHERE ${HERE}`,
    // Replies that are not sent yet, in those threads.
    `UPDATE OR IGNORE deliveries SET channel = @to || substr(channel, length(@from) + 1)
     WHERE platform = @platform AND workspace = @workspace AND kind = 'notice' AND channel LIKE @from || '/%'`,
    ...OF_CHANNEL.flatMap((table) => [
      `UPDATE OR IGNORE ${table} SET channel = @to WHERE ${HERE}`,
      `DELETE FROM ${table} WHERE ${HERE}`,
    ]),
  ].map((sql) => connection.prepare<[MovedChannel]>(sql));
  return connection.transaction((moved: MovedChannel) => {
    for (const step of steps) step.run(moved);
  }).immediate;
}
