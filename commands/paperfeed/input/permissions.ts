/** Permission to manage a channel's feeds. Every command about feeds gets its channel from here. */
import { UserError } from '../../../src/base/errors.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import type { ChannelRef } from '../../../src/chat/refs.ts';
import { mayManage } from '../../may-manage.ts';
import type { Services } from '../../services.ts';

type Known = Pick<Services, 'managers'>;
type KnownFeeds = Pick<Services, 'feeds'>;

/**
 * Returns the caller's channel if they manage it, either by the platform's permissions or because a manager
 * allowed them. Claims in the request itself are ignored, as it may be forged.
 * @throws UserError if they do not, or if nothing can be posted there
 */
export async function managedChannel(services: Known, caller: Caller): Promise<ChannelRef> {
  const channel = channelOf(caller);
  if (await mayManage(services, caller)) return channel;
  throw new UserError(
    'Only channel managers can change this channel’s feeds. To read papers yourself, use /papers trending',
  );
}

/**
 * Returns the caller's channel if they may allow others to manage it. People who were allowed may not.
 * @throws UserError if they may not, or if nothing can be posted there
 */
export function ownChannel(caller: Caller): ChannelRef {
  const channel = channelOf(caller);
  if (caller.canManageChannel !== true) {
    throw new UserError('Only the channel’s creator or an administrator can do this. Ask one of them.');
  }
  return channel;
}

/**
 * Like `managedChannel`, for commands about existing feeds: in a thread without feeds of its own, the channel
 * of the thread. Discord gives people the same rights in both.
 */
export async function managedFeeds(services: Known & KnownFeeds, caller: Caller): Promise<ChannelRef> {
  const channel = await managedChannel(services, caller);
  return withFeeds(services, caller, channel);
}

/**
 * Returns the caller's channel, or that of their thread, to read what its feeds do. A person who can use a
 * command in it can see it.
 * @throws UserError if nothing can be posted there
 */
export async function visibleFeeds(services: KnownFeeds, caller: Caller): Promise<ChannelRef> {
  if (caller.channel !== undefined) return withFeeds(services, caller, caller.channel);
  throw new UserError('There are no feeds here. Use /papers why in a channel that gets papers.');
}

async function withFeeds(
  { feeds }: KnownFeeds,
  { parentChannel }: Caller,
  channel: ChannelRef,
): Promise<ChannelRef> {
  if (parentChannel === undefined || (await feeds.of(channel)).length > 0) return channel;
  return (await feeds.of(parentChannel)).length > 0 ? parentChannel : channel;
}

function channelOf({ channel }: Caller): ChannelRef {
  if (channel !== undefined) return channel;
  throw new UserError('Papers cannot be posted here. Use /paperfeed in the channel that should get them.');
}
