/** Hash that recognises a person whose data was deleted, without storing their id. */
import { createHash } from 'node:crypto';
import type { PersonRef } from '../chat/caller.ts';

export function personHash({ platform, workspace, person }: PersonRef): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([platform, workspace, person]))
    .digest();
}
