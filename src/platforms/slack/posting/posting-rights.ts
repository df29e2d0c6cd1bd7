/** The bot's rights in a Slack channel, checked when a person follows there. */

import type { Logger } from '../../../base/log.ts';
import type { PostingRights } from '../../../chat/caller.ts';
import { describeError, refusalOf } from '../connection/errors.ts';
import type { Workspace } from '../workspaces/workspaces.ts';

const OTHERS = {
  refusal:
    'The bot cannot join a conversation between other people. Use /paperfeed in a channel, or in your own conversation with the bot.',
};
const NOT_IN = {
  refusal:
    'The bot is not in this channel, so it cannot post here. Type /invite @paperboy here, then try again.',
};
const NOT_A_MEMBER = {
  remark:
    'The bot is not in this channel. It can post here, but reactions save papers only after you type /invite @paperboy',
};
const ARCHIVED = {
  refusal: 'This channel is archived, so the bot cannot post here. Unarchive it, or use another channel.',
};
const NO_THREADS = { noThreads: { reason: 'Threads are disabled in this channel', isForever: true } };

/** @returns `undefined` if nothing is in the way, or Slack does not respond: posting reports it later */
export async function postingRightsIn(
  { client }: Workspace,
  channel: string,
  log: Logger,
): Promise<PostingRights | undefined> {
  try {
    const { channel: facts } = await client.conversations.info({ channel });
    if (facts?.is_archived) return ARCHIVED;
    if (facts?.is_non_threadable) return NO_THREADS;
    if (facts?.is_im || facts?.is_member !== false) return undefined;
    const { response_metadata: told } = await client.auth.test();
    return told?.scopes?.includes('chat:write.public') ? NOT_A_MEMBER : NOT_IN;
  } catch (error) {
    if (refusalOf(error) === 'channel_not_found') return channel.startsWith('D') ? OTHERS : NOT_IN;
    log.warn({ ...describeError(error), channel }, 'slack: reading channel rights failed');
    return undefined;
  }
}
