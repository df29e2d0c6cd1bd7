/** How somebody who was forgotten is known again, without their name being kept. */
import { createHash } from 'node:crypto';
import type { PersonRef } from '../chat/caller.ts';

export function personHash({ platform, workspace, person }: PersonRef): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([platform, workspace, person]))
    .digest();
}
