/** The name of a message that is to exist once. */
import { createHash } from 'node:crypto';
import type { DeliveryName } from './ledger.ts';

/** A platform's own key may have 25 characters; 22 of base64 are 132 bits. */
const LENGTH = 22;

/** The same for the same delivery, in every process and after a backup was restored. */
export function deliveryKey({ channel, feed, day, kind, paper }: DeliveryName): string {
  const parts = [channel.platform, channel.workspace, channel.channel, feed, day, kind, paper];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, LENGTH);
}
