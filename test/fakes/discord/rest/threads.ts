/** Threads on messages, forum posts, and changing or deleting channels. */
import { emitMessage, eventOfChannel } from '../events.ts';
import { toMessageJson } from '../json/messages.ts';
import { isForum, toChannelJson } from '../json/places.ts';
import { createMessage } from '../message.ts';
import type { FakeChannel, FakeMessage } from '../model.ts';
import { Channel } from '../places.ts';
import { ChannelType, MessageFlag } from '../protocol.ts';
import { invalidForm, type Problem, refusal, wrong } from '../refusal.ts';
import { checkMessage } from '../rules/messages.ts';
import type { MessageBody } from '../wire.ts';
import type { World } from '../world.ts';
import { channelOf, demand, guildOf, messageOf } from './find.ts';
import { type Answer, type Call, created, NO_CONTENT, ok, type Route } from './route.ts';

const NAME = 100;

/** Minutes without a message after which a thread is archived. */
const ARCHIVE_AFTER: readonly number[] = [60, 1_440, 4_320, 10_080];

interface ThreadBody {
  readonly name?: string | null;
  readonly auto_archive_duration?: number | null;
  readonly archived?: boolean | null;
  readonly locked?: boolean | null;
  readonly type?: number | null;
  readonly message?: MessageBody;
  readonly applied_tags?: readonly string[] | null;
}

function check({ world, where }: Call, { name, auto_archive_duration: minutes }: ThreadBody): void {
  const problems: Problem[] = [];
  const length = name?.trim().length;
  if (length !== undefined && (length < 1 || length > NAME)) {
    problems.push(wrong(['name'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${NAME} in length.`));
  }
  if (minutes !== null && minutes !== undefined && !ARCHIVE_AFTER.includes(minutes)) {
    const words = `Value must be one of (${ARCHIVE_AFTER.join(', ')}).`;
    problems.push(wrong(['auto_archive_duration'], 'BASE_TYPE_CHOICES', words));
  }
  for (const { path, message } of problems)
    world.journal.violation(`${where}: ${path.join('.')}: ${message}`);
  if (problems.length > 0) throw invalidForm(problems);
}

interface ThreadMaking {
  readonly parent: FakeChannel;
  readonly id: string;
  readonly body: ThreadBody;
}

function openThread(world: World, { parent, id, body }: ThreadMaking): FakeChannel {
  const now = world.now();
  const announcement = parent.type === ChannelType.Announcement;
  return new Channel(world, {
    id,
    name: body.name ?? '',
    type: announcement ? ChannelType.AnnouncementThread : ChannelType.PublicThread,
    ...(parent.guild && { guild: parent.guild }),
    parent,
    appliedTags: body.applied_tags ?? [],
    thread: {
      ownerId: world.bot.id,
      createdAt: now,
      activeAt: now,
      autoArchiveMinutes: body.auto_archive_duration ?? 4_320,
      archived: false,
      locked: false,
    },
  });
}

/** A message's thread has the ID of the message, so there can be only one. */
function startFromMessage(call: Call): Answer {
  const { world } = call;
  const parent = channelOf(call);
  const body = call.body as ThreadBody;
  check(call, body);
  if (parent.type !== ChannelType.Text && parent.type !== ChannelType.Announcement) throw refusal(50024);
  const message = messageOf(parent, call.params['message']);
  demand(parent, 'CreatePublicThreads');
  if (message.thread) throw refusal(160004);
  const thread = openThread(world, { parent, id: message.id, body });
  attach(world, parent, message, thread);
  return created(toChannelJson(thread));
}

function attach(world: World, parent: FakeChannel, message: FakeMessage, thread: FakeChannel): void {
  message.thread = thread;
  message.flags |= MessageFlag.HasThread;
  world.emit(eventOfChannel('THREAD_CREATE', thread));
  emitMessage(world, 'MESSAGE_UPDATE', parent, message);
}

/** A forum can require a tag. Moderated tags require the permission to manage threads. */
function demandTags(forum: FakeChannel, { applied_tags: given }: ThreadBody): void {
  const tags = (given ?? []).map((id) => forum.tags.find((tag) => tag.id === id));
  if (forum.requireTag && tags.length === 0) throw refusal(40067);
  if (tags.includes(undefined)) throw refusal(10087);
  if (tags.some((tag) => tag?.moderated)) demand(forum, 'ManageThreads');
}

/**
 * In a forum a post is a thread, created together with its first message, which has the same ID. Nonces have
 * no effect here.
 */
function startWithout(call: Call): Answer {
  const { world, where } = call;
  const parent = channelOf(call);
  const body = call.body as ThreadBody;
  check(call, body);
  if (!isForum(parent)) {
    if (parent.type !== ChannelType.Text && parent.type !== ChannelType.Announcement) throw refusal(50024);
    demand(parent, 'CreatePublicThreads');
    const thread = openThread(world, { parent, id: world.newId(), body });
    world.emit(eventOfChannel('THREAD_CREATE', thread));
    return created(toChannelJson(thread));
  }
  const { nonce: _, ...first } = body.message ?? {};
  checkMessage(world, first, { where, edit: false, files: call.files.length });
  demand(parent, 'SendMessages');
  if (first.embeds?.length) demand(parent, 'EmbedLinks');
  demandTags(parent, body);
  const id = world.newId();
  const thread = openThread(world, { parent, id, body });
  world.emit(eventOfChannel('THREAD_CREATE', thread));
  const message = createMessage(world, {
    id,
    channel: thread,
    author: world.bot,
    body: first,
    files: call.files,
  });
  emitMessage(world, 'MESSAGE_CREATE', thread, message);
  return created({ ...toChannelJson(thread), message: toMessageJson(world, message) });
}

/** Changes a thread's state (its owner may do this, except for the lock) or a channel's name. */
function change(call: Call): Answer {
  const { world } = call;
  const channel = channelOf(call);
  const body = call.body as ThreadBody;
  check(call, body);
  const { thread } = channel;
  if (!thread) {
    demand(channel, 'ManageChannels');
    channel.name = body.name ?? channel.name;
    world.emit(eventOfChannel('CHANNEL_UPDATE', channel));
    return ok(toChannelJson(channel));
  }
  if (typeof body.locked === 'boolean' || thread.ownerId !== world.bot.id) demand(channel, 'ManageThreads');
  if (channel.archived && body.archived !== false) throw refusal(50083);
  channel.name = body.name ?? channel.name;
  thread.autoArchiveMinutes = body.auto_archive_duration ?? thread.autoArchiveMinutes;
  thread.locked = body.locked ?? thread.locked;
  thread.archived = body.archived ?? thread.archived;
  if (body.archived === false) thread.activeAt = world.now();
  world.emit(eventOfChannel('THREAD_UPDATE', channel));
  return ok(toChannelJson(channel));
}

function threadList(threads: readonly FakeChannel[]): Answer {
  return ok({ threads: threads.map(toChannelJson), members: [], has_more: false });
}

export const threadRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/channels/:channel/messages/:message/threads',
    operation: 'create_thread_from_message',
    run: startFromMessage,
  },
  { method: 'POST', path: '/channels/:channel/threads', operation: 'create_thread', run: startWithout },
  { method: 'PATCH', path: '/channels/:channel', operation: 'update_channel', run: change },
  {
    method: 'DELETE',
    path: '/channels/:channel',
    run: (call) => {
      const channel = channelOf(call);
      demand(channel, channel.thread ? 'ManageThreads' : 'ManageChannels');
      channel.delete();
      return ok(toChannelJson(channel));
    },
  },
  {
    method: 'GET',
    path: '/channels/:channel/threads/archived/public',
    run: (call) => threadList(channelOf(call).threads.filter(({ archived }) => archived)),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/threads/active',
    run: (call) => {
      const parents = guildOf(call).channels;
      return threadList(parents.flatMap(({ threads }) => threads.filter(({ archived }) => !archived)));
    },
  },
  { method: 'PUT', path: '/channels/:channel/thread-members/@me', run: () => NO_CONTENT },
];
