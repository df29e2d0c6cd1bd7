/**
 * Reads the papers of our messages that were sent through a response URL, when somebody reacts to or asks
 * below one.
 */
import type { Logger } from '../../../base/log.ts';
import type { MessageHandlers } from '../../../chat/handlers.ts';
import type { MessageRef } from '../../../chat/refs.ts';
import { targetOf } from '../connection/addresses.ts';
import { describeError } from '../connection/errors.ts';
import type { Workspace } from '../workspaces/workspaces.ts';
import { readMarks } from './marks.ts';

export interface RecallOptions {
  readonly handlers: Pick<MessageHandlers, 'showsPapers' | 'shown'>;
  readonly log: Logger;
}

/** Stores the papers of the message, if it is ours and shows any. */
export type Recall = (workspace: Workspace, message: MessageRef) => Promise<void>;

export function openRecall({ handlers, log }: RecallOptions): Recall {
  return async (workspace, message) => {
    if (await handlers.showsPapers(message)) return;
    const { client, bot, user } = workspace;
    try {
      const { channel } = targetOf(message.channel);
      const found = await client.reactions.get({ channel, timestamp: message.message });
      const { bot_id, user: author, blocks = [] } = (found.message ?? {}) as FoundMessage;
      if (bot_id !== bot && author !== user) return;
      const papers = readMarks(blocks);
      if (papers.length > 0) await handlers.shown({ ...message, channel }, papers);
    } catch (error) {
      log.debug({ ...describeError(error), message: message.message }, 'slack: message not read back');
    }
  };
}

/** Fields of app messages that the library's type lacks. */
interface FoundMessage {
  readonly bot_id?: string;
  readonly user?: string;
  readonly blocks?: readonly { readonly block_id?: string }[];
}
