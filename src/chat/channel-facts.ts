/** The name and topic of a channel, where a platform that does not answer is no reason to fail. */
import type { ChannelAbout, PostingPort } from './port.ts';
import type { ChannelRef } from './refs.ts';

/** `undefined` also without a platform. */
export async function knownNameOf(
  port: Pick<PostingPort, 'nameOf'> | undefined,
  channel: ChannelRef,
): Promise<string | undefined> {
  return port?.nameOf(channel).catch(() => undefined);
}

export async function knownAboutOf(
  port: Pick<PostingPort, 'aboutOf'> | undefined,
  channel: ChannelRef,
): Promise<ChannelAbout | undefined> {
  return port?.aboutOf(channel).catch(() => undefined);
}
