/** What a person writes, and how the bot hears of it. */
import { emitEvent, emitLinkShared, emitMessage } from '../events.ts';
import { type Interaction, threadOf } from '../interaction.ts';
import { createMessage } from '../message.ts';
import type { FakeChannel, FakeInteraction, FakeMessage } from '../model.ts';
import type { Actor } from './actor.ts';
import { ClientRefusal } from './refusal.ts';
import { escaped, toRichText } from './typed.ts';

/** What a person said, and what the bot made of it. */
export interface Said extends FakeInteraction {
  readonly message: FakeMessage;
}

export interface SayOptions {
  /** The first message of the thread, or any other in it. */
  readonly thread?: FakeMessage;
}

/** `text` as it is stored: escaped, with links and names between angle brackets. */
function write(
  actor: Actor,
  channel: FakeChannel,
  text: string,
  words: string,
  { thread }: SayOptions = {},
): Interaction & Said {
  if (channel.archived) throw new ClientRefusal('The channel is archived');
  const body = { text, blocks: [toRichText(text)], ...(thread && { thread_ts: threadOf(thread) }) };
  const message = createMessage(actor.world, { channel, author: actor.user, body });
  return Object.assign(actor.open({ channel, words, message }), { message });
}

export function say(actor: Actor, channel: FakeChannel, text: string, options: SayOptions): Said {
  const said = write(actor, channel, escaped(text), `the message "${text}"`, options);
  emitMessage(actor.world, said.message, said.acknowledge);
  return said;
}

export function mention(actor: Actor, channel: FakeChannel, text: string, options: SayOptions): Said {
  if (!channel.isMember) throw new ClientRefusal('Slack asks whether to invite the bot first');
  const { world, workspace, user } = actor;
  const words = `<@${workspace.botUser.id}> ${escaped(text)}`;
  const said = write(actor, channel, words, `the mention "${text}"`, options);
  const { ts, threadTs, blocks } = said.message;
  emitMessage(world, said.message);
  const event = {
    type: 'app_mention',
    user: user.id,
    ...(user.bot && { bot_id: user.id.replace(/^U/, 'B') }),
    text: words,
    ts,
    ...(threadTs && { thread_ts: threadTs }),
    channel: channel.id,
    event_ts: ts,
    team: workspace.id,
    blocks,
  };
  const telling = { workspace, scopes: ['app_mentions:read'], within: channel };
  emitEvent(world, event, { ...telling, onAcknowledged: said.acknowledge });
  return said;
}

export function paste(actor: Actor, channel: FakeChannel, urls: readonly string[]): Said {
  const text = urls.map((url) => `<${url}>`).join(' ');
  const said = write(actor, channel, text, `the links ${text}`);
  emitMessage(actor.world, said.message);
  emitLinkShared(actor.world, said.message, urls, said.acknowledge);
  return said;
}
