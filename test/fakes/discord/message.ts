/** A message as stored, and how a request body creates or changes it. */
import type { FakeChannel, FakeMessage, User } from './model.ts';
import { MessageFlag, MessageType } from './protocol.ts';
import type { JsonObject, MessageBody } from './wire.ts';
import type { World } from './world.ts';

export interface MessageMaking {
  /** Given if it is known in advance: a forum post has the ID of its first message. */
  readonly id?: string;
  readonly channel: FakeChannel;
  readonly author: User;
  readonly body: MessageBody;
  readonly type?: number;
  readonly flags?: number;
  readonly files?: readonly File[];
  readonly interactionOwner?: User;
  readonly interactionJson?: JsonObject;
}

/** Flags that a sender may set. */
const SETTABLE = MessageFlag.SuppressEmbeds | MessageFlag.SuppressNotifications | MessageFlag.ComponentsV2;

export function createMessage(world: World, making: MessageMaking): FakeMessage {
  const { channel, body } = making;
  // Only an answer to an interaction can be ephemeral.
  const allowed = making.interactionOwner ? SETTABLE | MessageFlag.Ephemeral : SETTABLE;
  const flags = (making.flags ?? 0) | ((body.flags ?? 0) & allowed);
  const message: FakeMessage = {
    id: making.id ?? world.newId(),
    channelId: channel.id,
    author: making.author,
    type: making.type ?? MessageType.Default,
    createdAt: world.clock.now(),
    interactionOwner: making.interactionOwner,
    interactionJson: making.interactionJson,
    ephemeral: (flags & MessageFlag.Ephemeral) !== 0,
    nonce: body.nonce ?? undefined,
    repliesTo: body.message_reference?.message_id ?? undefined,
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    snapshots: [],
    flags,
    files: making.files ?? [],
    editedAt: undefined,
    edits: 0,
    deleted: false,
    reactions: new Map(),
    superReactions: new Map(),
    thread: undefined,
  };
  channel.everything.set(message.id, message);
  return message;
}

/** Fields that a body leaves out do not change; `null` clears them. */
export function editMessage(
  world: World,
  message: FakeMessage,
  body: MessageBody,
  files: readonly File[] = [],
): void {
  if (body.content !== undefined) message.content = body.content ?? '';
  if (body.embeds !== undefined) message.embeds = body.embeds ?? [];
  if (body.components !== undefined) message.components = body.components ?? [];
  if (body.flags !== undefined) message.flags = (message.flags & ~SETTABLE) | ((body.flags ?? 0) & SETTABLE);
  if (body.attachments !== undefined) message.files = [];
  if (files.length > 0) message.files = [...message.files, ...files];
  message.flags &= ~MessageFlag.Loading;
  message.edits++;
  message.editedAt = world.clock.now();
}

/** Whether a person sees more than "is thinking…". */
export function isWhole(message: FakeMessage): boolean {
  return (message.flags & MessageFlag.Loading) === 0;
}
