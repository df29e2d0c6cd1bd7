/** What Slack lets the bot do in a channel, asked when somebody wants papers posted there. */

import type { Logger } from '../../../base/log.ts';
import type { PostingRights } from '../../../chat/caller.ts';
import { describeError, refusalOf } from '../connection/errors.ts';
import type { Workspace } from '../workspaces/workspaces.ts';

const OTHERS = {
  refusal:
    'This is a conversation of other people, and the bot cannot join it. Follow in a channel, or in your own conversation with the bot.',
};
const NOT_IN = {
  refusal:
    'The bot is not in this channel, so it cannot post here. Type /invite @paperboy here, then try again.',
};
const HEARS_NOTHING = {
  remark:
    'The bot is not in this channel: it posts all the same, but no reaction saves a paper until you type /invite @paperboy here.',
};
const ARCHIVED = { refusal: 'This channel is archived: nothing can be posted here.' };
const NO_THREADS = { noThreads: { reason: 'Threads are switched off in this channel', isForever: true } };

/** @returns what speaks against it: nothing where Slack does not answer, as posting says it later */
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
    return told?.scopes?.includes('chat:write.public') ? HEARS_NOTHING : NOT_IN;
  } catch (error) {
    if (refusalOf(error) === 'channel_not_found') return channel.startsWith('D') ? OTHERS : NOT_IN;
    log.warn({ ...describeError(error), channel }, 'what the bot may do in a channel could not be looked up');
    return undefined;
  }
}
