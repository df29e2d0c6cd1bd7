/** Answers for one person where Slack gave no address to send them to: a form, App Home, a message. */
import type { RespondFn, webApi } from '@slack/bolt';
import type { Body } from '../posting/outgoing.ts';

type Client = webApi.WebClient;

/** For their eyes alone in a channel; the bot must be in it. */
export function aloneIn({ chat }: Client, channel: string, user: string): RespondFn {
  return responding(async ({ text, blocks, parse, link_names, thread_ts }) => {
    const body = { text, blocks, parse, link_names, ...(thread_ts !== undefined && { thread_ts }) };
    await chat.postEphemeral({ ...body, channel, user });
  });
}

/** In their conversation with the bot. */
export function inConversation({ chat }: Client, person: string): RespondFn {
  return responding(async ({ thread_ts: _, ...body }) => {
    await chat.postMessage({ ...body, channel: person });
  });
}

/** Of what Bolt's address would be told, only what a method takes. */
function responding(send: (message: Body & { readonly thread_ts?: string }) => Promise<void>): RespondFn {
  return async (message) => {
    if (typeof message === 'string') throw new TypeError('Messages of ours have blocks');
    const { response_type: _, replace_original: __, ...body } = message;
    await send(body as Body & { readonly thread_ts?: string });
    return new Response();
  };
}
