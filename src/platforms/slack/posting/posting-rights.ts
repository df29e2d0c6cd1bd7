/** Checks whether the bot can post in a channel, when a feed is created there. */

import type { Logger } from '../../../base/log.ts';
import type { PostingRights } from '../../../chat/caller.ts';
import { describeError, refusalOf } from '../connection/errors.ts';
import type { Workspace } from '../workspaces/workspaces.ts';

const OTHERS = {
  refusal:
    'Paperboy cannot join this private conversation. Create the feed in a channel, or in your own conversation with Paperboy.',
};
const NOT_IN = {
  refusal:
    'Paperboy is not in this channel, so it cannot post here. Type /invite @paperboy here, then try again.',
};
const HEARS_NOTHING = {
  remark:
    'Paperboy can post here without being in this channel, but reactions cannot save papers. To enable them, type /invite @paperboy',
};
const ARCHIVED = { refusal: 'This channel is archived, so Paperboy cannot post here.' };
const NO_THREADS = { noThreads: { reason: 'Threads are disabled in this channel', isForever: true } };

/** @returns the obstacles; none when Slack does not answer, as posting will report them later */
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
    log.warn({ ...describeError(error), channel }, 'slack: posting rights not read');
    return undefined;
  }
}
