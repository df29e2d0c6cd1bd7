/** Private replies without a response URL: after a form, App Home or a message. */
import type { RespondFn, webApi } from '@slack/bolt';
import type { Body } from '../posting/outgoing.ts';

type Client = webApi.WebClient;

/** Replies with an ephemeral message in a channel that the bot is in. */
export function aloneIn({ chat }: Client, channel: string, user: string): RespondFn {
  return responding(async ({ text, blocks, parse, link_names, thread_ts }) => {
    const body = { text, blocks, parse, link_names, ...(thread_ts !== undefined && { thread_ts }) };
    await chat.postEphemeral({ ...body, channel, user });
  });
}

/** Replies in the user's conversation with the bot. */
export function inConversation({ chat }: Client, person: string): RespondFn {
  return responding(async ({ thread_ts: _, ...body }) => {
    await chat.postMessage({ ...body, channel: person });
  });
}

/** Drops the arguments that only a response URL accepts. */
function responding(send: (message: Body & { readonly thread_ts?: string }) => Promise<void>): RespondFn {
  return async (message) => {
    if (typeof message === 'string') throw new TypeError('Messages of ours have blocks');
    const { response_type: _, replace_original: __, ...body } = message;
    await send(body as Body & { readonly thread_ts?: string });
    return new Response();
  };
}
