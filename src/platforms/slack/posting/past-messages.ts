/** Reads the past messages of a channel, to find the papers that people posted there. */
import type { webApi } from '@slack/bolt';
import type { PastMessage, PastPage, PostingPort } from '../../../chat/port.ts';
import type { ChannelRef } from '../../../chat/refs.ts';
import { targetOf } from '../connection/addresses.ts';
import { missingScope, refusalOf } from '../connection/errors.ts';
import type { Workspace, Workspaces } from '../workspaces/workspaces.ts';

type Message = NonNullable<webApi.ConversationsHistoryResponse['messages']>[number];

/**
 * Slack recommends at most 200. Apps outside its Marketplace that many workspaces install get 15, once a
 * minute.
 * https://docs.slack.dev/reference/methods/conversations.history
 */
const MESSAGES_A_PAGE = 200;
/** Messages that nobody wrote: “Ada joined the channel”. */
const EVENT = /_(?:join|leave|topic|purpose|name|archive|unarchive|posting_permissions)$/;
const NOT_IN = 'The bot is not in this channel. Type /invite @paperboy here, and try again.';

export function openPastMessages(workspaces: Workspaces): Pick<PostingPort, 'readPast'> {
  return {
    async readPast(address: ChannelRef, { since, before, cursor }: PastPage) {
      const workspace = await workspaces.of(address.workspace);
      const { channel, thread_ts: thread } = targetOf(address.channel);
      const asked = {
        channel,
        limit: MESSAGES_A_PAGE,
        ...(since && { oldest: toTs(since) }),
        ...(before && { latest: toTs(before) }),
        ...(cursor !== undefined && { cursor }),
      };
      const { conversations } = workspace.client;
      try {
        const page: webApi.ConversationsHistoryResponse | webApi.ConversationsRepliesResponse =
          thread === undefined
            ? await conversations.history(asked)
            : await conversations.replies({ ...asked, ts: thread });
        const written = (page.messages ?? []).filter((message) => isOfPeople(message, workspace));
        const next = page.response_metadata?.next_cursor || undefined;
        return { messages: written.map(toPast), ...(next !== undefined && { next }) };
      } catch (error) {
        const refusal = refusalIn(error);
        if (refusal === undefined) throw error;
        return { refusal };
      }
    },
  };
}

function toTs(date: Date): string {
  return (date.getTime() / 1_000).toFixed(6);
}

function refusalIn(error: unknown): string | undefined {
  switch (refusalOf(error)) {
    case 'missing_scope':
      return `The app lacks the permission ${missingScope(error) ?? 'channels:history'}, so it cannot read past messages. Paste the new manifest (paperboy manifest) and install the app again.`;
    case 'not_in_channel':
    case 'channel_not_found':
      return NOT_IN;
    default:
      return undefined;
  }
}

function isOfPeople({ user, bot_id, subtype = '' }: Message, workspace: Workspace): boolean {
  return user !== workspace.user && bot_id !== workspace.bot && !EVENT.test(subtype);
}

function toPast({ text = '', ts = '0' }: Message): PastMessage {
  return { at: new Date(1_000 * Number(ts)), text };
}
