/** Stores planned slots. */
import type { DatabaseConnection } from '../../db/connection.ts';
import type { DeliveryTable } from '../../db/tables/channels.ts';
import { openPlannedSignal } from '../../processes/signals.ts';
import type { PlanLedger, PlannedSlot } from './ledger.ts';
import { deliveryKey } from './ledger-row.ts';
import { openPostedRecords } from './posted-store.ts';

/** Runs in the database thread. */
export function openPlanStore(connection: DatabaseConnection): PlanLedger {
  const horizon = connection.prepare<[], number>('SELECT planned_until FROM delivery_horizon').pluck();
  const moveHorizon = connection.prepare<[number]>(
    `INSERT INTO delivery_horizon (one, planned_until) VALUES (1, ?)
     ON CONFLICT (one) DO UPDATE SET planned_until = excluded.planned_until`,
  );
  // One row per channel, feed and day, so that a feed whose time is changed does not post twice in a day.
  const add = connection.prepare(
    `INSERT INTO deliveries (platform, workspace, channel, feed, day, kind, key, state, reason, due, expected, ready)
     VALUES (@platform, @workspace, @channel, @feed, @day, 'root', @key, @state, @reason, @due, @due, @ready)
     ON CONFLICT DO NOTHING`,
  );
  const signal = openPlannedSignal(connection);
  const postedRecords = openPostedRecords(connection);
  const takeBack = connection.prepare<[number], DeliveryTable>(
    `DELETE FROM deliveries WHERE due > ? AND kind = 'root' AND attempt = 0 AND state IN ('planned', 'skipped')
     RETURNING *`,
  );

  const plan = connection.transaction((slots: readonly PlannedSlot[], until: number) => {
    for (const { channel, feed, day, due, skipped } of slots) {
      add.run({
        ...channel,
        feed,
        day,
        due,
        key: deliveryKey({ channel, feed, day, kind: 'root', paper: '' }),
        state: skipped === undefined ? 'planned' : 'skipped',
        reason: skipped ?? null,
        ready: skipped === undefined ? 1 : 0,
      });
    }
    moveHorizon.run(until);
    if (slots.length > 0) signal();
  });

  const rewind = connection.transaction((now: number) => {
    for (const row of takeBack.all(now)) postedRecords.forget(row);
    moveHorizon.run(now);
  });

  return {
    horizon: async () => horizon.get(),
    plan: async (slots, until) => plan.immediate(slots, until),
    rewind: async (now) => rewind.immediate(now),
  };
}
