/** Stores the progress of threads: one reply at a time is ready, in order, and the last one ends the root. */
import type { DatabaseConnection } from '../../db/connection.ts';
import type { ClaimToken } from './ledger.ts';

export interface ThreadStore {
  /** Handles a row that ended without a message: a reply is followed by the next, a root ends its replies. */
  ended(id: number, reason: string): void;
  /** Makes the next reply ready, or finishes the root. */
  advance(root: number): void;
  /** Skips the remaining replies. */
  abandon(root: number, reason: string): void;
  opened(token: ClaimToken, thread: string, now: number): boolean;
  refused(token: ClaimToken, reason: string): boolean;
}

/** Can be used inside a transaction of the caller. */
export function openThreadStore(connection: DatabaseConnection): ThreadStore {
  const rootOf = connection
    .prepare<[number], number | null>('SELECT root FROM deliveries WHERE id = ?')
    .pluck();
  const skipReplies = connection.prepare<[{ root: number; reason: string }]>(
    `UPDATE deliveries SET state = 'skipped', reason = @reason, ready = 0 WHERE root = @root AND state = 'planned'`,
  );
  const readyNext = connection.prepare<[{ root: number }]>(
    `UPDATE deliveries SET ready = 1 WHERE id = (
       SELECT id FROM deliveries WHERE root = @root AND state = 'planned' AND kind = 'paper' ORDER BY position LIMIT 1)`,
  );
  const finish = connection.prepare<[{ root: number }]>(
    `UPDATE deliveries SET state = 'done', ready = 0 WHERE id = @root AND state = 'threaded'`,
  );
  const opened = connection.prepare<[ClaimToken & { thread: string }]>(
    `UPDATE deliveries SET state = 'threaded', thread = @thread, ready = 0, not_before = 0, reason = NULL
     WHERE id = @id AND owner = @owner AND attempt = @attempt AND state = 'posted'`,
  );
  const expectReplies = connection.prepare<[{ root: number; now: number }]>(
    'UPDATE deliveries SET expected = @now WHERE root = @root',
  );
  const refused = connection.prepare<[ClaimToken & { reason: string }]>(
    `UPDATE deliveries SET state = 'done', ready = 0, reason = @reason
     WHERE id = @id AND owner = @owner AND attempt = @attempt AND state = 'posted'`,
  );

  function advance(root: number): void {
    if (readyNext.run({ root }).changes === 0) finish.run({ root });
  }

  function abandon(root: number, reason: string): void {
    skipReplies.run({ root, reason });
    finish.run({ root });
  }

  return {
    advance,
    abandon,

    ended(id, reason) {
      const root = rootOf.get(id) ?? null;
      if (root === null) skipReplies.run({ root: id, reason });
      else advance(root);
    },

    opened: connection.transaction((token: ClaimToken, thread: string, now: number) => {
      const { id, owner, attempt } = token;
      if (opened.run({ id, owner, attempt, thread }).changes === 0) return false;
      expectReplies.run({ root: id, now });
      advance(id);
      return true;
    }).immediate,

    refused: connection.transaction((token: ClaimToken, reason: string) => {
      const { id, owner, attempt } = token;
      if (refused.run({ id, owner, attempt, reason }).changes === 0) return false;
      skipReplies.run({ root: id, reason });
      return true;
    }).immediate,
  };
}
