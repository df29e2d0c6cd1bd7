/** Stores notices in the ledger. */

import { compact } from '../../base/compact.ts';
import type { PersonRef } from '../../chat/caller.ts';
import type { ChannelRef } from '../../chat/refs.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import { UNCONFIRMED } from '../timing.ts';
import { deliveryKey } from './ledger-row.ts';
import type { Notice, NoticeLedger, NoticeName } from './notice.ts';

/** Statements for stores that add a notice in a transaction of their own. */
export interface NoticeRows {
  /** Replaces an unsent notice of the same name. Call inside a transaction. */
  add(notice: Notice): void;
  /** Removes unsent notices. Returns their number. Call inside a transaction. */
  remove(name: NoticeName): number;
}

/** Certainly not sent. */
const UNSENT = `kind = 'notice' AND state = 'planned'`;
const OF_TOPIC = 'platform = @platform AND workspace = @workspace AND channel = @channel AND feed = @topic';

export function openNoticeRows(connection: DatabaseConnection): NoticeRows & {
  addressOf(to: Notice['to'], isNew: boolean): ChannelRef | undefined;
} {
  const findRecipient = connection
    .prepare<[PersonRef], number>(
      'SELECT id FROM recipients WHERE platform = @platform AND workspace = @workspace AND person = @person',
    )
    .pluck();
  const addRecipient = connection
    .prepare<[PersonRef], number>(
      'INSERT INTO recipients (platform, workspace, person) VALUES (@platform, @workspace, @person) RETURNING id',
    )
    .pluck();
  const add = connection.prepare(
    `INSERT INTO deliveries (platform, workspace, channel, feed, day, kind, paper, key, state, due, expected, ready,
       title, card)
     VALUES (@platform, @workspace, @channel, @topic, @day, 'notice', @about, @key, 'planned', @due, @due, 1,
       @title, @card)
     ON CONFLICT DO NOTHING`,
  );
  const remove = connection.prepare<[ChannelRef & { topic: string; about: string | null }]>(
    `DELETE FROM deliveries WHERE ${OF_TOPIC} AND ${UNSENT} AND (@about IS NULL OR paper = @about)`,
  );

  function addressOf(to: Notice['to'], isNew: boolean): ChannelRef | undefined {
    if (!('person' in to)) return { platform: to.platform, workspace: to.workspace, channel: to.channel };
    const { platform, workspace, person } = to;
    const known = findRecipient.get({ platform, workspace, person });
    if (known === undefined && !isNew) return undefined;
    const id = known ?? addRecipient.get({ platform, workspace, person });
    // None is added in a workspace that was just removed.
    return id === undefined ? undefined : { platform, workspace, channel: `@${id}` };
  }

  function removeNamed({ to, topic, about }: NoticeName): number {
    const address = addressOf(to, false);
    return address === undefined ? 0 : remove.run({ ...address, topic, about: about ?? null }).changes;
  }

  return {
    addressOf,
    remove: removeNamed,
    add(notice) {
      const { to, topic, about = '', due, title, card } = notice;
      removeNamed({ to, topic, about });
      const channel = addressOf(to, true);
      if (channel === undefined) return;
      const day = new Date(due).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
      const key = deliveryKey({ channel, feed: topic, day, kind: 'notice', paper: about });
      add.run({ ...channel, topic, day, about, key, due, title, card: JSON.stringify(card) });
    },
  };
}

/** Runs in the database thread. */
export function openNoticeLedger(connection: DatabaseConnection): NoticeLedger {
  const rows = openNoticeRows(connection);
  const upcoming = connection.prepare<[ChannelRef & { topic: string }], { about: string; due: number }>(
    `SELECT paper AS about, due FROM deliveries
     WHERE ${OF_TOPIC} AND kind = 'notice' AND state IN ('planned', 'sending') ORDER BY due, id`,
  );
  const failed = connection
    .prepare<[ChannelRef & { topic: string }], string | null>(
      `SELECT CASE state WHEN 'parked' THEN '${UNCONFIRMED}' ELSE reason END FROM deliveries
       WHERE ${OF_TOPIC} AND kind = 'notice' AND state IN ('done', 'skipped', 'parked')
       ORDER BY due DESC, id DESC LIMIT 1`,
    )
    .pluck();
  const schedule = connection.transaction((notice: Notice) => rows.add(notice));
  const cancel = connection.transaction((name: NoticeName) => rows.remove(name));

  return {
    schedule: async (notice) => schedule.immediate(notice),
    cancel: async (name) => cancel.immediate(name),
    async upcoming(to, topic) {
      const address = rows.addressOf(to, false);
      return address === undefined ? [] : upcoming.all({ ...address, topic });
    },
    async lastFailure(to, topic) {
      const address = rows.addressOf(to, false);
      const reason = address && failed.get({ ...address, topic });
      return compact({ reason }).reason;
    },
  };
}
