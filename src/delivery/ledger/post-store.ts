/** Stores the progress of rows. The WHERE clause of every statement checks that it is allowed. */

import { directMessagesTo, recipientOf } from '../../chat/direct-messages.ts';
import type { MessageRef } from '../../chat/refs.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import { isSqlite } from '../../db/open.ts';
import type { DeliveryTable } from '../../db/tables/channels.ts';
import type { Feed } from '../../feeds/feed.ts';
import { LEASE_MS, LONGEST_WAIT_MS, REFRESH_EVERY_MS } from '../timing.ts';
import type { Digest } from './digest.ts';
import type { ClaimToken, PostLedger, WantedRows } from './ledger.ts';
import { type DueRow, deliveryKey, toClaimed, toDueDelivery } from './ledger-row.ts';
import type { Notice } from './notice.ts';
import { openNoticeRows } from './notice-store.ts';
import { openPostedRecords } from './posted-store.ts';
import { openThreadStore } from './thread-store.ts';

/** No process holds a lease on the row, and it waits for nothing. */
const FREE = `(not_before <= @now OR not_before > @now + ${LONGEST_WAIT_MS})`;
/** Other rows are planned when they are due. */
const IS_DUE = `(kind <> 'notice' OR due <= @now)`;
/** Unposted roots come before threads and their papers. */
const PHASE = `(kind <> 'root' OR state = 'posted')`;

/** Fair between workspaces. */
const IN_ORDER = `ORDER BY ${PHASE}, turn, due, id`;

/** Eight processes that read 40 rows each post them in seven seconds, if the platform is not slow. */
const RESERVED_MS = 60_000;

const CLAIMED_BY = 'id = @id AND owner = @owner AND attempt = @attempt';
/** The channel of direct messages would tell who got a notice. */
const KEPT_CHANNEL = `CASE WHEN kind = 'notice' THEN NULL ELSE @channel END`;

/** Runs in the database thread. */
export function openPostStore(connection: DatabaseConnection): Omit<PostLedger, 'expire'> {
  const threads = openThreadStore(connection);
  const postedRecords = openPostedRecords(connection);
  const notices = openNoticeRows(connection);
  const freezeRoot = connection.prepare<
    [{ id: number; title: string; card: string; papers: string }],
    DeliveryTable
  >(
    `UPDATE deliveries SET title = @title, card = @card, papers = @papers, reason = NULL
     WHERE id = @id AND state = 'planned' AND card IS NULL RETURNING *`,
  );
  const addReply = connection.prepare(
    `INSERT INTO deliveries (platform, workspace, channel, feed, day, kind, paper, position, root, key, state, due,
       expected, ready, title, card)
     VALUES (@platform, @workspace, @channel, @feed, @day, 'paper', @paper, @position, @root, @key, 'planned', @due,
       @due, 0, @title, @card)`,
  );
  const wait = connection.prepare<[{ id: number; until: number; reason: string; expected: number }]>(
    `UPDATE deliveries SET not_before = @until, reason = @reason,
       expected = CASE WHEN @expected = 1 THEN @until ELSE expected END
     WHERE id = @id AND state = 'planned'`,
  );
  const skip = connection.prepare<[{ id: number; reason: string }], DeliveryTable>(
    `UPDATE deliveries SET state = 'skipped', reason = @reason, ready = 0 WHERE id = @id AND state = 'planned'
     RETURNING *`,
  );
  // A single statement: SQLite runs one writer at a time, and PostgreSQL has the second writer of a row wait
  // and then check its conditions again. So of two claims for the same row, the second sees the lease of the
  // first and gets nothing. The new owner and attempt invalidate all writes of older claims at once. A
  // planned row is a first attempt; a sending row whose lease has ended is ambiguous. Attempts dated in the
  // future come from a wrong clock: the first counts as long ago, so that no resend relies on it.
  const claim = connection.prepare<[{ id: number; owner: string; now: number }], DeliveryTable>(
    `UPDATE deliveries SET owner = @owner, attempt = attempt + 1, not_before = @now + ${LEASE_MS},
       unsure = iif(state = 'sending', 1, 0),
       first_try = CASE WHEN state = 'planned' THEN @now WHEN first_try > @now THEN 0 ELSE first_try END,
       last_try = CASE WHEN state = 'planned' OR last_try > @now THEN @now ELSE last_try END,
       state = CASE state WHEN 'planned' THEN 'sending' ELSE state END
     WHERE id = @id AND ready = 1 AND card IS NOT NULL AND ${FREE} RETURNING *`,
  );
  const threadOf = connection
    .prepare<[number | null], string>('SELECT thread FROM deliveries WHERE id = ?')
    .pluck();
  const personOf = connection.prepare<[number], string>('SELECT person FROM recipients WHERE id = ?').pluck();
  const resend = connection.prepare<[ClaimToken & { now: number; fresh: number }]>(
    `UPDATE deliveries SET last_try = @now, first_try = CASE WHEN @fresh = 1 THEN @now ELSE first_try END,
       not_before = @now + ${LEASE_MS}
     WHERE ${CLAIMED_BY} AND state = 'sending'`,
  );
  const posted = connection.prepare<
    [ClaimToken & { now: number; message: string; channel: string }],
    DeliveryTable
  >(
    `UPDATE deliveries SET message = @message, message_channel = ${KEPT_CHANNEL},
       posted_at = @now, not_before = 0, reason = NULL, unsure = 0,
       state = CASE WHEN kind = 'root' AND EXISTS (SELECT 1 FROM deliveries reply WHERE reply.root = deliveries.id)
         THEN 'posted' ELSE 'done' END,
       ready = iif(kind = 'root' AND EXISTS (SELECT 1 FROM deliveries reply WHERE reply.root = deliveries.id), 1, 0),
       refresh_at = CASE WHEN kind = 'root' THEN @now + ${REFRESH_EVERY_MS} END
     WHERE ${CLAIMED_BY} AND state = 'sending' RETURNING *`,
  );
  const release = connection.prepare<
    [ClaimToken & { until: number; unsure: number; refused: number; reason: string }]
  >(
    `UPDATE deliveries SET not_before = @until, reason = @reason, refusals = refusals + @refused,
       state = CASE WHEN state = 'sending' AND @unsure = 0 THEN 'planned' ELSE state END
     WHERE ${CLAIMED_BY} AND state IN ('sending', 'posted')`,
  );
  const end = connection.prepare<[ClaimToken & { state: string; reason: string }], DeliveryTable>(
    `UPDATE deliveries SET state = @state, reason = @reason, ready = 0 WHERE ${CLAIMED_BY} AND state = 'sending'
     RETURNING *`,
  );
  const takeOver = connection.prepare<[{ owner: string; now: number }]>(
    `UPDATE deliveries SET not_before = @now
     WHERE ready = 1 AND state = 'sending' AND owner <> @owner AND not_before > @now`,
  );

  const freeze = connection.transaction((id: number, followed: Feed, digest: Digest) => {
    const { title, root, posted: papers } = digest;
    const row = freezeRoot.get({ id, title, card: JSON.stringify(root), papers: JSON.stringify(papers) });
    if (!row) return false;
    const { platform, workspace, channel, feed, day } = row;
    const channelRef = { platform, workspace, channel };
    postedRecords.record(followed, { day }, papers);
    for (const [index, { paper, card }] of digest.papers.entries()) {
      addReply.run({
        ...channelRef,
        feed,
        day,
        paper,
        title,
        position: index + 1,
        root: id,
        key: deliveryKey({ channel: channelRef, feed, day, kind: 'paper', paper }),
        due: row.due,
        card: JSON.stringify(card),
      });
    }
    return true;
  });

  /** @returns `null` if the row is posted in its own channel */
  function whereOf({ kind, root, channel, platform, workspace }: DeliveryTable): string | null {
    if (root !== null) return threadOf.get(root) ?? null;
    const recipient = kind === 'notice' ? recipientOf({ platform, workspace, channel }) : undefined;
    const person = recipient === undefined ? undefined : personOf.get(Number(recipient));
    return person === undefined ? null : directMessagesTo({ platform, workspace, person }).channel;
  }

  function endedWithoutMessage(row: DeliveryTable, reason: string): void {
    threads.ended(row.id, reason);
    if (row.kind === 'root') postedRecords.forget(row);
  }

  const skipRow = connection.transaction((id: number, reason: string) => {
    const row = skip.get({ id, reason });
    if (!row) return false;
    endedWithoutMessage(row, reason);
    return true;
  });

  const markPosted = connection.transaction((token: ClaimToken, ref: MessageRef, now: number) => {
    const { channel, message } = ref;
    const row = posted.get({ ...pick(token), channel, message, now });
    if (!row) return false;
    if (row.root !== null) threads.advance(row.root);
    return true;
  });

  const endRow = connection.transaction(
    (token: ClaimToken, state: string, reason: string, notice: Notice | undefined) => {
      const row = end.get({ ...pick(token), state, reason });
      if (!row) return false;
      // A parked root may have been posted, so its replies wait with it.
      if (state !== 'parked' || row.root !== null) endedWithoutMessage(row, reason);
      if (notice) notices.add(notice);
      return true;
    },
  );

  const endReplies = connection.transaction((token: ClaimToken, reason: string) => {
    const row = end.get({ ...pick(token), state: 'skipped', reason });
    if (!row) return false;
    if (row.root !== null) threads.abandon(row.root, reason);
    return true;
  });

  return {
    ...openDueRows(connection),
    freeze: async (id, feed, digest) => freeze.immediate(id, feed, digest),
    wait: async (id, until, reason, expected) =>
      wait.run({ id, until, reason, expected: Number(expected) }).changes > 0,
    skip: async (id, reason) => skipRow.immediate(id, reason),
    claim: async (id, owner, now) => {
      const row = claim.get({ id, owner, now });
      return row && toClaimed(row, whereOf(row));
    },
    resend: async (token, now, fresh) =>
      resend.run({ ...pick(token), now, fresh: Number(fresh) }).changes > 0,
    posted: async (token, message, now) => markPosted.immediate(token, message, now),
    threaded: async (token, thread, now) => threads.opened(token, thread.channel, now),
    release: async (token, until, { unsure, refused = false, reason }) =>
      release.run({ ...pick(token), until, reason, unsure: Number(unsure), refused: Number(refused) })
        .changes > 0,
    end: async (token, state, reason, notice) => endRow.immediate(token, state, reason, notice),
    endReplies: async (token, reason) => endReplies.immediate(token, reason),
    endThread: async (token, reason) => threads.refused(token, reason),
    // On PostgreSQL, other processes may be posting. Leases of dead ones end by themselves.
    takeOver: async (owner, now) => (isSqlite(connection) ? takeOver.run({ owner, now }).changes : 0),
  };
}

function pick({ id, owner, attempt }: ClaimToken): ClaimToken {
  return { id, owner, attempt };
}

type Parameters = Omit<WantedRows, 'except'> & { readonly except: string; readonly now: number };

/** Runs in the database thread. */
function openDueRows(connection: DatabaseConnection): Pick<PostLedger, 'due' | 'giveBack'> {
  const isAlone = isSqlite(connection);
  const read = connection.prepare<[Parameters], DueRow>(isAlone ? dueRows('') : RESERVE);
  const giveBack = connection.prepare<[string]>(
    'UPDATE deliveries SET reserved_until = 0 WHERE ready = 1 AND reserved_by = ?',
  );
  return {
    due: async (wanted, now) => {
      const rows = read.all({ ...wanted, now, except: JSON.stringify(wanted.except) });
      return rows.map(toDueDelivery);
    },
    giveBack: async (owner) => void (isAlone || giveBack.run(owner)),
  };
}

const UNRESERVED = '(reserved_until <= @now OR reserved_by = @owner)';

/**
 * SQLite prepares a statement again when a bound LIMIT or partition changes, which takes longer than running
 * it. It does not for an expression, hence the plus signs.
 */
function dueRows(condition: string): string {
  return `SELECT id, platform, workspace, channel, feed, day, kind, paper, state, due, frozen, turn FROM (
      SELECT id, platform, workspace, channel, feed, day, kind, paper, state, due, card IS NOT NULL AS frozen,
        row_number() OVER (PARTITION BY workspace ORDER BY ${PHASE}, due, coalesce(root, id), position) AS turn
      FROM deliveries WHERE ready = 1 AND platform = +@platform AND ${FREE} AND ${IS_DUE}
        AND id NOT IN (SELECT CAST(value AS BIGINT) FROM json_each(@except)) ${condition}) found
    ${IN_ORDER} LIMIT +@limit`;
}

/**
 * Reads rows and reserves them in one statement. `FOR UPDATE SKIP LOCKED` passes over the rows that another
 * process is reserving in this moment, and a row that was reserved since the statement began is looked at
 * again and left out, so no two processes get the same one. It is not what keeps a message from being posted
 * twice: reservations end after a time, and the claim decides.
 */
const RESERVE = `WITH found AS (${dueRows(`AND ${UNRESERVED}`)}),
    taken AS (
      SELECT id FROM deliveries WHERE id IN (SELECT id FROM found) AND ready = 1 AND ${FREE} AND ${UNRESERVED}
      FOR UPDATE SKIP LOCKED),
    reserved AS (
      UPDATE deliveries SET reserved_by = @owner, reserved_until = @now + ${RESERVED_MS}
      WHERE id IN (SELECT id FROM taken) RETURNING id AS row)
  SELECT found.* FROM found JOIN reserved ON reserved.row = found.id ${IN_ORDER}`;
