/** Names and visibility of Slack channels. */

import type { PostingPort } from '../../../chat/port.ts';
import type { ChannelRef } from '../../../chat/refs.ts';
import type { Clock } from '../../../time/clock.ts';
import { isDirect, targetOf } from '../connection/addresses.ts';
import { refusalOf } from '../connection/errors.ts';
import { toTyped } from '../connection/typed-text.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';

/** Slack allows fifty such requests a minute, and channels rarely become private. */
const KNOWN_MS = 10 * 60_000;
const REMEMBERED = 1_000;

export function openChannels(
  workspaces: Workspaces,
  clock: Clock,
): Pick<PostingPort, 'startsThreads' | 'nameOf' | 'aboutOf' | 'visibleTo'> {
  const publicity = new Map<string, { readonly isPublic: boolean; readonly at: number }>();

  async function factsOf(channel: ChannelRef) {
    const { client } = await workspaces.of(channel.workspace);
    try {
      return (await client.conversations.info({ channel: targetOf(channel.channel).channel })).channel;
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return undefined;
    }
  }

  /** A channel that cannot be looked up counts as private. */
  async function isPublic(channel: ChannelRef): Promise<boolean> {
    const key = `${channel.workspace} ${channel.channel}`;
    const now = clock.now().getTime();
    const known = publicity.get(key);
    if (known && now - known.at < KNOWN_MS) return known.isPublic;
    const facts = await factsOf(channel).catch(() => undefined);
    const is =
      facts !== undefined && facts.is_private !== true && facts.is_im !== true && facts.is_mpim !== true;
    publicity.delete(key);
    publicity.set(key, { isPublic: is, at: now });
    const [oldest] = publicity.keys();
    if (publicity.size > REMEMBERED && oldest !== undefined) publicity.delete(oldest);
    return is;
  }

  return {
    startsThreads: async () => true,

    async nameOf(channel) {
      if (isDirect(channel)) return 'Your conversation with the bot';
      const name = (await factsOf(channel))?.name;
      return name === undefined ? undefined : `#${name}`;
    },

    async aboutOf(channel) {
      if (isDirect(channel)) return undefined;
      const facts = await factsOf(channel);
      if (facts?.name === undefined) return undefined;
      // People write what a channel is for into either.
      const topic = toTyped([facts.topic?.value, facts.purpose?.value].filter(Boolean).join('\n'));
      return { name: facts.name, ...(topic !== '' && { topic }) };
    },

    async visibleTo({ channel: from }, channels) {
      const told = await Promise.all(
        channels.map(
          async (channel) => channel.channel === from?.channel || (!isDirect(channel) && isPublic(channel)),
        ),
      );
      return channels.filter((_, at) => told[at]);
    },
  };
}
