/** How somebody who was forgotten is known again, without their name being kept. */
import { createHash } from 'node:crypto';
import type { PersonKey } from '../chat/caller.ts';

export function digestOf({ platform, workspace, person }: PersonKey): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([platform, workspace, person]))
    .digest();
}
