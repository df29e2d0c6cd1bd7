/** Finds the rows that are due. With several processes, each gets other ones. */
import type { DatabaseConnection } from '../../db/connection.ts';
import { isSqlite } from '../../db/open.ts';
import { LONGEST_WAIT_MS } from '../timing.ts';
import type { PostLedger, WantedRows } from './ledger.ts';
import { type DueRow, toDueDelivery } from './ledger-row.ts';

/** No process holds a lease on the row, and it waits for nothing. */
export const FREE = `(not_before <= @now OR not_before > @now + ${LONGEST_WAIT_MS})`;
/** Other rows are planned when they are due. */
const IS_DUE = `(kind <> 'notice' OR due <= @now)`;
/** Unposted roots come before threads and their papers. */
const PHASE = `(kind <> 'root' OR state = 'posted')`;

/** Fair between workspaces. */
const IN_ORDER = `ORDER BY ${PHASE}, turn, due, id`;

/** Eight processes that read 200 rows each post them in 40 seconds. */
const RESERVED_MS = 60_000;

type Parameters = Omit<WantedRows, 'except'> & { readonly except: string; readonly now: number };

/** Runs in the database thread. */
export function openDueStore(connection: DatabaseConnection): Pick<PostLedger, 'due' | 'giveBack'> {
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
