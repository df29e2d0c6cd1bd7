/** A message as stored, and how a request body creates or changes it. */
import type { FakeChannel, FakeMessage, MessageSubtype, User } from './model.ts';
import type { Block, JsonObject, MessageBody } from './wire.ts';
import type { World } from './world.ts';

export interface MessageMaking {
  readonly channel: FakeChannel;
  readonly author: User;
  readonly body: MessageBody;
  readonly onlyFor?: User;
  readonly subtype?: MessageSubtype | undefined;
  readonly files?: readonly JsonObject[];
}

export function createMessage(
  world: World,
  { channel, author, body, onlyFor, subtype, files = [] }: MessageMaking,
): FakeMessage {
  const message: FakeMessage = {
    ts: world.ids.ts(),
    channel,
    author,
    createdAt: world.clock.now(),
    threadTs: body.thread_ts,
    clientMsgId: body.client_msg_id,
    subtype,
    files,
    onlyFor,
    text: textOf(body),
    blocks: withIds(world, body.blocks ?? []),
    attachments: body.attachments ?? [],
    metadata: body.metadata,
    editedAt: undefined,
    edits: 0,
    deleted: false,
    reactions: new Map(),
    unfurls: new Map(),
  };
  (onlyFor ? channel.ephemerals : channel.messages).push(message);
  return message;
}

/** New text without blocks removes the blocks. */
export function editMessage(world: World, message: FakeMessage, body: MessageBody): void {
  message.text = textOf(body);
  message.blocks = withIds(world, body.blocks ?? []);
  message.attachments = body.attachments ?? [];
  if (body.metadata) message.metadata = body.metadata;
  message.edits++;
  message.editedAt = world.clock.now();
}

export function deleteMessage(message: FakeMessage): void {
  message.deleted = true;
  const { messages, ephemerals } = message.channel;
  const list = message.onlyFor ? ephemerals : messages;
  const at = list.indexOf(message);
  if (at >= 0) list.splice(at, 1);
}

/** Slack gives an ID to each block and each element without one. */
export function withIds(world: World, blocks: readonly Block[]): readonly Block[] {
  const withId = <T extends { readonly action_id?: string }>(element: T) => ({
    ...element,
    action_id: element.action_id ?? world.ids.next('a'),
  });
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? world.ids.next('b'),
    ...(block.elements && block.type === 'actions' && { elements: block.elements.map(withId) }),
  }));
}

function textOf({ text, markdown_text: markdown }: MessageBody): string {
  return text ?? markdown ?? '';
}

/** The first message of a thread comes before its replies, which are sorted oldest first. */
export function repliesTo(root: FakeMessage): FakeMessage[] {
  return root.channel.messages.filter(({ threadTs, ts }) => threadTs === root.ts && ts !== root.ts);
}
