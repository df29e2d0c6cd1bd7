/** Guilds, channels, threads and direct messages, with the bot's permissions in them. */
import { eventOfChannel, eventOfGuild, eventOfGuildGone } from './events.ts';
import type {
  ChannelKind,
  ChannelOptions,
  FakeChannel,
  FakeGuild,
  FakeMessage,
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
};

export class Guild implements FakeGuild {
  readonly id: string;
  readonly name: string;
  readonly owner: User;
  readonly unavailable: boolean;
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
    this.botPermissions = permissionBits(options.botPermissions ?? BOT_PERMISSIONS);
    world.users.set(this.owner.id, this.owner);
    world.guilds.set(this.id, this);
    for (const channel of options.channels ?? ['papers']) {
      if (typeof channel === 'string') this.#make(channel, {});
      else this.#make(channel.name, channel);
    }
    world.emit(eventOfGuild(world, this));
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
    for (const channel of this.#world.channels.values()) {
      if (channel.guild === this) this.#world.channels.delete(channel.id);
    }
    this.#world.guilds.delete(this.id);
    this.#world.emit(eventOfGuildGone(this));
  }

  #make(name: string, options: ChannelOptions): FakeChannel {
    const channel = new Channel(this.#world, { name, type: KINDS[options.kind ?? 'text'], guild: this });
    channel.denied = permissionBits(options.deny ?? []);
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
}

export class Channel implements FakeChannel {
  readonly id: string;
  readonly type: number;
  name: string;
  readonly guild: FakeGuild | undefined;
  readonly parent: FakeChannel | undefined;
  readonly thread: ThreadState | undefined;
  readonly recipient: User | undefined;
  closed = false;
  readonly everything = new Map<string, FakeMessage>();
  denied = 0n;
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
    const granted = this.guild.botPermissions;
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
