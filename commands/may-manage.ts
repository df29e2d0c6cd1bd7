/** Permission to decide what a channel gets: its feeds and its watches. */
import type { Caller } from '../src/chat/caller.ts';
import type { Services } from './services.ts';

/** True by the platform's permissions, or because a manager allowed the caller. */
export async function mayManage(
  { managers }: Pick<Services, 'managers'>,
  { channel, person, canManageChannel }: Caller,
): Promise<boolean> {
  if (channel === undefined) return false;
  return canManageChannel === true || managers.isNamed(channel, person);
}
