/** Guilds, channels, threads and direct messages, with the bot's permissions in them. */
import { eventOfChannel, eventOfGuild, eventOfGuildGone } from './events.ts';
import { EVERYONE_ROLE } from './json/people.ts';
import type {
  ChannelKind,
  ChannelOptions,
  FakeChannel,
  FakeGuild,
  FakeMessage,
  ForumTag,
  GuildOptions,
  ThreadState,
  User,
} from './model.ts';
import { ChannelType, Permission, type PermissionName, permissionBits } from './protocol.ts';
import type { World } from './world.ts';

/** The usual permissions of a bot's invitation. */
const BOT_PERMISSIONS: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseApplicationCommands',
  'CreatePublicThreads',
  'SendMessagesInThreads',
];

const KINDS: Readonly<Record<ChannelKind, number>> = {
  text: ChannelType.Text,
  announcement: ChannelType.Announcement,
  forum: ChannelType.Forum,
  media: ChannelType.Media,
  voice: ChannelType.Voice,
  stage: ChannelType.Stage,
};

export class Guild implements FakeGuild {
  readonly id: string;
  readonly name: string;
  readonly owner: User;
  readonly unavailable: boolean;
  botIsThere: boolean;
  readonly channels: FakeChannel[] = [];
  readonly opened = new Set<string>();
  botPermissions: bigint;
  readonly #world: World;

  constructor(world: World, options: GuildOptions) {
    this.#world = world;
    this.id = world.newId();
    this.name = options.name ?? 'Lab';
    this.owner = { id: world.newId(), username: 'owner', bot: false };
    this.unavailable = options.unavailable ?? false;
    this.botIsThere = !options.commandsOnly;
    this.botPermissions = permissionBits(options.botPermissions ?? BOT_PERMISSIONS);
    world.users.set(this.owner.id, this.owner);
    if (this.botIsThere) world.guilds.set(this.id, this);
    for (const channel of options.channels ?? ['papers']) {
      if (typeof channel === 'string') this.#make(channel, {});
      else this.#make(channel.name, channel);
    }
    if (this.botIsThere) world.emit(eventOfGuild(world, this));
  }

  addChannel(name: string, options: ChannelOptions = {}): FakeChannel {
    const channel = this.#make(name, options);
    this.#world.emit(eventOfChannel('CHANNEL_CREATE', channel));
    return channel;
  }

  channel(name: string): FakeChannel {
    const found = this.channels.find((channel) => channel.name === name);
    if (!found) throw new Error(`No channel ${name} in ${this.name}`);
    return found;
  }

  openCommand(root: string): void {
    this.opened.add(root);
  }

  kickBot(): void {
    this.botIsThere = false;
    this.#world.guilds.delete(this.id);
    this.#world.emit(eventOfGuildGone(this));
  }

  #make(name: string, options: ChannelOptions): FakeChannel {
    const channel = new Channel(this.#world, { name, type: KINDS[options.kind ?? 'text'], guild: this });
    channel.denied = permissionBits(options.deny ?? []);
    channel.isPrivate = options.isPrivate ?? false;
    channel.requireTag = options.requireTag ?? false;
    channel.topic = options.topic ?? null;
    channel.tags = (options.tags ?? []).map((tag) => ({
      id: this.#world.newId(),
      name: tag.replace(/^!/, ''),
      moderated: tag.startsWith('!'),
    }));
    this.channels.push(channel);
    return channel;
  }
}

export interface ChannelMaking {
  readonly id?: string;
  readonly name: string;
  readonly type: number;
  readonly guild?: FakeGuild;
  readonly parent?: FakeChannel;
  readonly thread?: ThreadState;
  readonly recipient?: User;
  readonly appliedTags?: readonly string[];
}

export class Channel implements FakeChannel {
  readonly id: string;
  readonly type: number;
  name: string;
  readonly guild: FakeGuild | undefined;
  readonly parent: FakeChannel | undefined;
  readonly thread: ThreadState | undefined;
  readonly recipient: User | undefined;
  readonly appliedTags: readonly string[];
  tags: readonly ForumTag[] = [];
  requireTag = false;
  topic: string | null = null;
  closed = false;
  readonly everything = new Map<string, FakeMessage>();
  denied = 0n;
  isPrivate = false;
  readonly guests = new Set<string>();
  readonly #world: World;

  constructor(world: World, making: ChannelMaking) {
    this.#world = world;
    this.id = making.id ?? world.newId();
    this.type = making.type;
    this.name = making.name;
    this.guild = making.guild;
    this.parent = making.parent;
    this.thread = making.thread;
    this.recipient = making.recipient;
    this.appliedTags = making.appliedTags ?? [];
    world.channels.set(this.id, this);
  }

  get messages(): FakeMessage[] {
    return [...this.everything.values()].filter(({ deleted, ephemeral }) => !deleted && !ephemeral);
  }

  get threads(): FakeChannel[] {
    return [...this.#world.channels.values()].filter(({ parent }) => parent === this);
  }

  get archived(): boolean {
    if (!this.thread) return false;
    const idleMs = this.#world.now() - this.thread.activeAt;
    return this.thread.archived || idleMs >= this.thread.autoArchiveMinutes * 60_000;
  }

  wake(): void {
    if (!this.thread) return;
    this.thread.archived = false;
    this.thread.activeAt = this.#world.now();
  }

  deny(...names: PermissionName[]): void {
    this.#overwrite(this.denied | permissionBits(names));
  }

  allow(...names: PermissionName[]): void {
    this.#overwrite(this.denied & ~permissionBits(names));
  }

  letIn({ id }: { readonly id: string }): void {
    this.guests.add(id);
    this.#world.emit(eventOfChannel('CHANNEL_UPDATE', this));
  }

  delete(): void {
    this.#world.channels.delete(this.id);
    this.guild?.channels.splice(
      0,
      this.guild.channels.length,
      ...this.guild.channels.filter((c) => c !== this),
    );
    this.#world.emit(eventOfChannel(this.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE', this));
  }

  /** A thread uses the overwrites of its parent. Direct messages have none. */
  get botPermissions(): bigint {
    if (!this.guild) return permissionBits([...BOT_PERMISSIONS]);
    if (!this.guild.botIsThere) return 0n;
    const granted = this.guild.botPermissions | EVERYONE_ROLE;
    if (granted & Permission.Administrator) return ~0n;
    return granted & ~(this.parent ?? this).denied;
  }

  botMay(name: PermissionName): boolean {
    return (this.botPermissions & Permission[name]) !== 0n;
  }

  #overwrite(denied: bigint): void {
    if (denied === this.denied) return;
    this.denied = denied;
    this.#world.emit(eventOfChannel('CHANNEL_UPDATE', this));
  }
}

/** The channel between the bot and one person. It exists from the first message on. */
export function directChannel(world: World, recipient: User): FakeChannel {
  for (const channel of world.channels.values()) {
    if (channel.recipient === recipient) return channel;
  }
  return new Channel(world, { name: recipient.username, type: ChannelType.Dm, recipient });
}
