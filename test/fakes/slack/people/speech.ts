/** Messages that a person writes, and their delivery to the bot. */
import { randomUUID } from 'node:crypto';
import { emitLinkComposed, emitLinkShared, emitMention, emitMessage, emitMessageChanged } from '../events.ts';
import { type Interaction, threadOf } from '../interaction.ts';
import { toMessageJson } from '../json/messages.ts';
import { createMessage, editMessage } from '../message.ts';
import type { FakeChannel, FakeDraft, FakeInteraction, FakeMessage } from '../model.ts';
import type { Actor } from './actor.ts';
import { ClientRefusal } from './refusal.ts';
import { escaped, toRichText } from './typed.ts';

/** A person's message, and the bot's response. */
export interface Said extends FakeInteraction {
  readonly message: FakeMessage;
}

/** Links in a message that a person is still writing. */
export interface Composed extends FakeInteraction {
  readonly draft: FakeDraft;
}

export interface SayOptions {
  /** The first message of the thread, or any other in it. */
  readonly thread?: FakeMessage;
  /** In the thread, and also sent to the channel. */
  readonly broadcast?: boolean;
  /** Names of attached files. */
  readonly files?: readonly string[];
  /** Written with `/me`. */
  readonly me?: boolean;
}

/** `text` as it is stored: escaped, with links and names in angle brackets. */
function write(
  actor: Actor,
  channel: FakeChannel,
  text: string,
  words: string,
  { thread, broadcast = false, files = [], me = false }: SayOptions = {},
): Interaction & Said {
  if (channel.archived) throw new ClientRefusal('The channel is archived');
  if (broadcast && !thread) throw new ClientRefusal('Only a reply is sent to the channel as well');
  const { world, user: author } = actor;
  const blocks = text === '' || me ? [] : [toRichText(text)];
  const body = {
    text,
    blocks,
    client_msg_id: randomUUID(),
    ...(thread && { thread_ts: threadOf(thread) }),
  };
  const subtype =
    (me && 'me_message') || (files.length > 0 && 'file_share') || (broadcast && 'thread_broadcast');
  const message = createMessage(world, {
    channel,
    author,
    body,
    subtype: subtype || undefined,
    files: files.map((name) => ({ id: world.ids.next('F'), name, user: author.id, mode: 'hosted' })),
  });
  return Object.assign(actor.open({ channel, words, message }), { message });
}

export function say(actor: Actor, channel: FakeChannel, text: string, options: SayOptions): Said {
  const said = write(actor, channel, escaped(text), `the message "${text}"`, options);
  emitMessage(actor.world, said.message, said.acknowledge);
  return said;
}

export function mention(actor: Actor, channel: FakeChannel, text: string, options: SayOptions): Said {
  demandBot(channel);
  const said = write(actor, channel, naming(actor, text), `the mention "${text}"`, options);
  emitMessage(actor.world, said.message);
  emitMention(actor.world, said.message, said.acknowledge);
  return said;
}

/** Changes the text of one's own message to `@paperboy text`, or to `text` alone. */
export function edit(actor: Actor, message: FakeMessage, text: string, names: boolean): Said {
  if (message.author !== actor.user) throw new ClientRefusal('Only its author edits a message');
  const { world } = actor;
  const { channel } = message;
  const previous = toMessageJson(message);
  const words = names ? naming(actor, text) : escaped(text);
  editMessage(world, message, { text: words, blocks: [toRichText(words)] });
  emitMessageChanged(world, message, previous);
  const said = Object.assign(actor.open({ channel, words: `the edited message "${text}"`, message }), {
    message,
  });
  if (names) emitMention(world, message, said.acknowledge);
  return said;
}

function demandBot({ isMember }: FakeChannel): void {
  if (!isMember) throw new ClientRefusal('Slack asks whether to invite the bot first');
}

function naming({ workspace }: Actor, text: string): string {
  return `<@${workspace.botUser.id}> ${escaped(text)}`.trim();
}

export function paste(actor: Actor, channel: FakeChannel, urls: readonly string[]): Said {
  const text = urls.map((url) => `<${url}>`).join(' ');
  const said = write(actor, channel, text, `the links ${text}`);
  emitMessage(actor.world, said.message);
  emitLinkShared(actor.world, said.message, urls, said.acknowledge);
  return said;
}

export function compose(actor: Actor, links: readonly string[]): Composed {
  const { world, workspace, user } = actor;
  const id = `${user.id}-${randomUUID()}-${world.ids.ts().replace('.', '')}`;
  const draft: FakeDraft = { id, author: user, links, unfurls: new Map() };
  workspace.drafts.set(id, draft);
  const interaction = actor.open({ channel: undefined, words: `the composed links ${links.join(' ')}` });
  emitLinkComposed(world, workspace, draft, interaction.acknowledge);
  return Object.assign(interaction, { draft });
}
