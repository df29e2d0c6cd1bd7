/** Messages in the shapes that Slack sends. */

import { repliesTo } from '../message.ts';
import type { FakeMessage } from '../model.ts';
import type { JsonObject } from '../wire.ts';

interface SourceRecord {
  readonly metadata?: boolean;
}

export function toMessageJson(message: FakeMessage, telling: SourceRecord = {}): JsonObject {
  const { author, channel, metadata, editedAt, threadTs, subtype, files } = message;
  const { workspace } = channel;
  const replies = message.onlyFor ? [] : repliesTo(message);
  const latest = replies.at(-1);
  return {
    type: 'message',
    ...(subtype && { subtype }),
    ...(subtype !== 'bot_message' && { user: author.id }),
    ts: message.ts,
    text: message.text,
    team: workspace.id,
    ...(message.clientMsgId && { client_msg_id: message.clientMsgId }),
    ...(author.bot && botPart(message)),
    ...(files.length > 0 && { files, upload: false }),
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.attachments.length > 0 && { attachments: message.attachments }),
    ...(threadTs && { thread_ts: threadTs }),
    ...(latest && {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users: [...new Set(replies.map((reply) => reply.author.id))],
      reply_users_count: new Set(replies.map((reply) => reply.author.id)).size,
      latest_reply: latest.ts,
    }),
    ...(editedAt && { edited: { user: author.id, ts: `${Math.floor(editedAt.getTime() / 1_000)}.000000` } }),
    ...(message.reactions.size > 0 && { reactions: toReactionsJson(message) }),
    ...(telling.metadata && metadata && { metadata }),
  };
}

function botPart({ channel: { workspace }, author }: FakeMessage): JsonObject {
  return {
    bot_id: workspace.botId,
    bot_profile: {
      id: workspace.botId,
      name: author.name,
      app_id: workspace.appId,
      team_id: workspace.id,
      icons: {},
      updated: 0,
      deleted: false,
    },
  };
}

export function toReactionsJson({ reactions }: FakeMessage): JsonObject[] {
  return [...reactions]
    .filter(([, people]) => people.size > 0)
    .map(([name, people]) => ({ name, users: [...people], count: people.size }));
}
