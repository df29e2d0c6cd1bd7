/** Hash that recognises a person whose data was deleted, without storing their id. */
import { createHash } from 'node:crypto';

interface Person {
  readonly platform: string;
  readonly workspace: string;
  readonly person: string;
}

/** SHA-256 of the platform, the workspace and the person. */
export function personHash({ platform, workspace, person }: Person): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([platform, workspace, person]))
    .digest();
}
