/** Converts rows of the ledger, and computes their keys. */

import { createHash } from 'node:crypto';
import { compact } from '../../base/compact.ts';
import type { Card } from '../../chat/card.ts';
import type { MessageRef } from '../../chat/refs.ts';
import type { DeliveryTable } from '../../db/tables/channels.ts';
import type {
  ClaimedDelivery,
  DeliveryKind,
  DeliveryName,
  DeliveryRow,
  DeliveryState,
  DueDelivery,
  PostedRoot,
} from './ledger.ts';

export type DueRow = Pick<
  DeliveryTable,
  'id' | 'platform' | 'workspace' | 'channel' | 'feed' | 'day' | 'kind' | 'paper' | 'state' | 'due'
> & { frozen: number };

export function toDueDelivery(row: DueRow): DueDelivery {
  return {
    ...toName(row),
    id: row.id,
    state: row.state as DeliveryState,
    due: row.due,
    frozen: row.frozen === 1,
  };
}

/** @param where target in the place of the row's channel: the thread of a reply's root, or direct messages */
export function toClaimed(row: DeliveryTable, where: string | null): ClaimedDelivery {
  const due = toDueDelivery({ ...row, frozen: 1 });
  return {
    ...due,
    owner: row.owner ?? '',
    attempt: row.attempt,
    key: row.key,
    title: row.title ?? '',
    card: toCard(row.card),
    target: where === null ? due.channel : { ...due.channel, channel: where },
    unsure: row.unsure === 1,
    firstTry: row.first_try ?? 0,
    lastTry: row.last_try ?? 0,
    refusals: row.refusals,
    ...compact({ message: toMessage(row) }),
  };
}

/** @param later papers posted as late additions */
export function toPostedRoot(row: DeliveryTable, later: readonly string[]): PostedRoot {
  const name = toName(row);
  return {
    ...name,
    id: row.id,
    due: row.due,
    postedAt: row.posted_at ?? 0,
    message: toMessage(row) ?? { ...name.channel, message: '' },
    card: toCard(row.card),
    papers: [...toPapers(row.papers), ...later],
    hasThread: row.thread !== null,
  };
}

export function toDeliveryRow(row: DeliveryTable): DeliveryRow {
  return {
    ...toName(row),
    id: row.id,
    state: row.state as DeliveryState,
    due: row.due,
    attempt: row.attempt,
    ...compact({ reason: row.reason, message: row.message, postedAt: row.posted_at }),
  };
}

export function toPapers(column: string | null): string[] {
  return column === null ? [] : (JSON.parse(column) as string[]);
}

function toName(row: Omit<DueRow, 'frozen'>): DeliveryName {
  const { platform, workspace, channel, feed, day, paper } = row;
  return { channel: { platform, workspace, channel }, feed, day, kind: row.kind as DeliveryKind, paper };
}

/** In a forum, each message has its own channel. */
function toMessage(row: DeliveryTable): MessageRef | undefined {
  const { channel } = toName(row);
  const postedIn = row.message_channel ?? channel.channel;
  return row.message === null ? undefined : { ...channel, channel: postedIn, message: row.message };
}

/** Trusted, because only the ledger writes this column. */
function toCard(column: string | null): Card {
  return JSON.parse(column ?? '{"tone":"plain","blocks":[]}') as Card;
}

/** Base64 characters, 132 bits. Platforms allow keys of 25 characters. */
const LENGTH = 22;

/** Returns the same key for the same delivery, in every process and after a restored backup. */
export function deliveryKey({ channel, feed, day, kind, paper }: DeliveryName): string {
  const parts = [channel.platform, channel.workspace, channel.channel, feed, day, kind, paper];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, LENGTH);
}
