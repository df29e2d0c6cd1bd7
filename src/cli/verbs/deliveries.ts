/** Subcommand `deliveries`: lists the ledger, and retries or drops parked deliveries. */

import { UserError } from '../../base/errors.ts';
import type { DeliveryRow, DeliveryState } from '../../delivery/ledger/ledger.ts';
import { systemClock } from '../../time/clock.ts';
import { tableOf } from '../output/table.ts';
import { readConfig, say, withStores } from '../session.ts';

export interface DeliveriesOptions {
  readonly state?: DeliveryState;
  readonly limit: number;
}

const HEAD = ['ID', 'STATE', 'DUE (UTC)', 'CHANNEL', 'FEED', 'DAY', 'KIND', 'REASON'];

export async function runDeliveries({ state, limit }: DeliveriesOptions): Promise<void> {
  const rows = await withStores(readConfig(), ({ ledger }) =>
    ledger.list({ ...(state && { state }) }, limit),
  );
  if (rows.length === 0) return say(none(state));
  process.stdout.write(tableOf(HEAD, rows.map(cellsOf)));
}

/** The running bot picks the row up at its next check. */
export async function runDecision(id: number, decision: 'send' | 'drop'): Promise<void> {
  const now = systemClock.now().getTime();
  const done = await withStores(readConfig(), ({ ledger }) => ledger.unpark(id, decision, now));
  if (!done)
    throw new UserError(
      `Delivery ${id} does not need review. List those that do: npm run paperboy -- deliveries --state parked`,
    );
  say(
    decision === 'send'
      ? `Delivery ${id} is due again. The running bot posts it within a minute.`
      : `Delivery ${id} is dropped and will not be posted.`,
  );
}

function none(state: DeliveryState | undefined): string {
  if (state === undefined) return 'There are no deliveries yet.';
  return state === 'parked' ? 'No delivery needs review.' : `No delivery is ${state}.`;
}

function cellsOf(row: DeliveryRow): string[] {
  const due = new Date(row.due).toISOString().slice(0, 16).replace('T', ' ');
  const { platform, channel } = row.channel;
  const kind = row.paper === '' ? row.kind : `${row.kind} ${row.paper}`;
  const cells = [String(row.id), row.state, due, `${platform}/${channel}`, row.feed, row.day, kind];
  return [...cells, row.reason ?? ''];
}
