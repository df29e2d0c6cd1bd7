/** Who may say what a channel gets: every `/paperfeed` command takes its channel from here and from nowhere else. */
import { UserError } from '../../../src/base/errors.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import type { ChannelRef } from '../../../src/chat/refs.ts';
import type { Services } from '../../services.ts';

type Known = Pick<Services, 'managers'>;

/**
 * The channel in which it was asked, for somebody who manages it: by the platform's word, or named by those who do. Whatever its
 * menus showed or a forged request says does not count.
 * @throws UserError for everybody else, and where nothing can be posted
 */
export async function managedChannel(services: Known, caller: Caller): Promise<ChannelRef> {
  const channel = channelOf(caller);
  if (await mayManage(services, caller)) return channel;
  throw new UserError(
    'Only those who manage this channel can say what it gets. For yourself there is /papers trending',
  );
}

/**
 * The channel, for somebody who may name others: those who were named themselves may not.
 * @throws UserError for everybody else, and where nothing can be posted
 */
export function ownChannel(caller: Caller): ChannelRef {
  const channel = channelOf(caller);
  if (caller.canManageChannel !== true) {
    throw new UserError(
      'Only those who manage this channel by their role, or made it, can say who else may. Ask one of them.',
    );
  }
  return channel;
}

export async function mayManage(
  { managers }: Known,
  { channel, person, canManageChannel }: Caller,
): Promise<boolean> {
  if (channel === undefined) return false;
  return canManageChannel === true || managers.isNamed(channel, person);
}

function channelOf({ channel }: Caller): ChannelRef {
  if (channel !== undefined) return channel;
  throw new UserError('Nothing can be posted here. Use /paperfeed in the channel that is to get the papers.');
}
