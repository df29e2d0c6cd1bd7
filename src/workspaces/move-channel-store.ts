/** A channel that goes by another id: all that is kept of it, in one transaction. Runs in the thread that owns the database. */
import type { Connection } from '../db/open.ts';

/** Every table that names channels. */
const OF_CHANNEL = [
  'asked_posts',
  'bare_links',
  'deliveries',
  'feed_ids',
  'feed_managers',
  'feeds',
  'posted_papers',
  'reaction_saves',
  'shown_papers',
];

/** Longer than it takes the engine to look at the feeds again: until then it knows none under the new id. */
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
 * What was said there under the new id already is later, and stands. Of what the old id was refused for nothing is known under the
 * new one: its feeds are tried again.
 */
export function openChannelMove(connection: Connection): (moved: MovedChannel) => void {
  const HERE = 'platform = @platform AND workspace = @workspace AND channel = @from';
  const THERE = 'platform = @platform AND workspace = @workspace AND channel = @to';
  const steps = [
    // No id is given twice, whichever of the two has had more.
    `UPDATE feed_ids SET given = max(given, (SELECT given FROM feed_ids WHERE ${HERE}))
     WHERE ${THERE} AND EXISTS (SELECT 1 FROM feed_ids WHERE ${HERE})`,
    `UPDATE feeds SET disabled = NULL WHERE ${HERE}`,
    // The address of a thread is its channel's, or begins with it (Slack).
    `UPDATE deliveries SET
       message_channel = iif(message_channel = @from, @to, message_channel),
       thread = iif(thread LIKE @from || '/%', @to || substr(thread, length(@from) + 1), thread),
       not_before = iif(ready = 1, max(not_before, @at + ${HELD_MS}), not_before)
     WHERE ${HERE}`,
    ...OF_CHANNEL.flatMap((table) => [
      `UPDATE OR IGNORE ${table} SET channel = @to WHERE ${HERE}`,
      `DELETE FROM ${table} WHERE ${HERE}`,
    ]),
  ].map((sql) => connection.prepare<[MovedChannel]>(sql));
  return connection.transaction((moved: MovedChannel) => {
    for (const step of steps) step.run(moved);
  }).immediate;
}
