/** The types of the fake: people, places, messages, interactions. */
import type { PermissionName } from './protocol.ts';
import type { CallbackBody, Choice, CommandBody, Component, Embed, JsonObject } from './wire.ts';

export interface User {
  readonly id: string;
  readonly username: string;
  readonly bot: boolean;
}

export interface RegisteredCommand extends CommandBody {
  readonly id: string;
  readonly version: string;
  readonly type: number;
}

export interface GatewayEvent {
  readonly name: string;
  /** Decides the shard. Direct messages go to the first one. */
  readonly guildId: string | undefined;
  /** Sent to clients that identified with this intent; 0 means all clients. */
  readonly intent: number;
  /** The text of other people's messages depends on the receiver's intents. */
  data(intents: number): JsonObject;
}

export type ChannelKind = 'text' | 'announcement' | 'forum' | 'media' | 'voice' | 'stage';

export interface ChannelOptions {
  readonly kind?: ChannelKind;
  readonly deny?: readonly PermissionName[];
  /** Only the bot sees it, and those whom `letIn` names. */
  readonly isPrivate?: boolean;
  readonly topic?: string;
  /** Names of a forum's tags. Only people who manage threads may set one that begins with `!`. */
  readonly tags?: readonly string[];
  /** True if each post of the forum needs a tag. */
  readonly requireTag?: boolean;
}

export interface ForumTag {
  readonly id: string;
  readonly name: string;
  readonly moderated: boolean;
}

export interface GuildOptions {
  readonly name?: string;
  /** Names, or more; one channel called `papers` by default. */
  readonly channels?: readonly (string | (ChannelOptions & { readonly name: string }))[];
  readonly botPermissions?: readonly PermissionName[];
  /** In an outage: READY lists the guild, but GUILD_CREATE does not come. */
  readonly unavailable?: boolean;
  /** Added with the scope `applications.commands` alone: commands are offered, but the bot is no member. */
  readonly commandsOnly?: boolean;
}

export interface FakeGuild {
  readonly id: string;
  readonly name: string;
  readonly owner: User;
  readonly unavailable: boolean;
  /** False where only the commands were added, and after the bot was kicked. */
  readonly botIsThere: boolean;
  /** Without threads. */
  readonly channels: FakeChannel[];
  /**
   * Root commands that the guild's admins opened to everyone, which overrides `default_member_permissions`.
   */
  readonly opened: ReadonlySet<string>;
  botPermissions: bigint;
  addChannel(name: string, options?: ChannelOptions): FakeChannel;
  /** Finds a channel by its name; throws if there is none. */
  channel(name: string): FakeChannel;
  /** Acts as an admin who lets everyone use a command that only managers could see. */
  openCommand(root: string): void;
  /** Removes the bot. */
  kickBot(): void;
}

export interface ThreadState {
  readonly ownerId: string;
  readonly createdAt: number;
  /** Time of its last message, or of its last reopening. */
  activeAt: number;
  autoArchiveMinutes: number;
  /** Archived by a person. It also archives itself, see `FakeChannel.archived`. */
  archived: boolean;
  locked: boolean;
}

export interface FakeChannel {
  readonly id: string;
  readonly type: number;
  name: string;
  readonly guild: FakeGuild | undefined;
  /** The parent channel of a thread. */
  readonly parent: FakeChannel | undefined;
  readonly thread: ThreadState | undefined;
  /** The person of a direct message. */
  readonly recipient: User | undefined;
  /** Tags of a forum. */
  tags: readonly ForumTag[];
  requireTag: boolean;
  topic: string | null;
  /** IDs of the tags of a forum post. */
  readonly appliedTags: readonly string[];
  /** The recipient accepts no messages from the bot. */
  closed: boolean;
  /** Includes ephemeral and deleted messages, by ID, oldest first. */
  readonly everything: Map<string, FakeMessage>;
  /** The messages that everyone in the channel sees, oldest first. */
  readonly messages: FakeMessage[];
  /** Threads started here, oldest first. */
  readonly threads: FakeChannel[];
  /** Archived by a person, or by itself after its time without a message. */
  readonly archived: boolean;
  /** Permissions that this channel's overwrites take from the bot. */
  readonly denied: bigint;
  readonly isPrivate: boolean;
  /** Ids of people who see it though it is private. */
  readonly guests: ReadonlySet<string>;
  readonly botPermissions: bigint;
  botMay(name: PermissionName): boolean;
  /** Takes permissions from the bot with an overwrite of this channel. */
  deny(...names: PermissionName[]): void;
  allow(...names: PermissionName[]): void;
  /** Lets a person see a private channel. */
  letIn(person: { readonly id: string }): void;
  /** Reopens an archived thread, as a message does. */
  wake(): void;
  delete(): void;
}

export interface FakeMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: User;
  readonly type: number;
  readonly createdAt: Date;
  /** The interaction that it answers. */
  readonly interactionOwner: User | undefined;
  /** `interaction_metadata` and the older `interaction`. */
  readonly interactionJson: JsonObject | undefined;
  readonly ephemeral: boolean;
  readonly nonce: string | number | undefined;
  /** The message that it replies to. */
  readonly repliesTo: string | undefined;
  content: string;
  embeds: readonly Embed[];
  components: readonly Component[];
  /** Messages that it forwards, as they were then. */
  snapshots: readonly JsonObject[];
  flags: number;
  /** Files sent with it, the latest last. */
  files: readonly File[];
  editedAt: Date | undefined;
  edits: number;
  deleted: boolean;
  /** IDs of people by emoji, in the order in which they reacted. */
  readonly reactions: Map<string, Set<string>>;
  /** Super reactions, which are counted and listed separately from normal ones. */
  readonly superReactions: Map<string, Set<string>>;
  thread: FakeChannel | undefined;
}

export interface Acknowledgement {
  /** A `CallbackType`. */
  readonly type: number;
  readonly afterMs: number;
}

export interface Modal {
  readonly customId: string;
  readonly title: string;
  readonly components: readonly Component[];
}

export interface InteractionMaking {
  readonly type: number;
  readonly user: User;
  readonly channel: FakeChannel;
  /** For error messages: `/papers search`, `the button "More"`. */
  readonly words: string;
  /** The message with the component. */
  readonly message?: FakeMessage;
  /** For `interaction_metadata`. */
  readonly commandName?: string;
}

/** The test's view of an interaction. */
export interface FakeInteraction {
  readonly id: string;
  readonly token: string;
  /** The first response. */
  readonly acknowledged: Promise<Acknowledgement>;
  /**
   * The first complete message: sent, edited into the placeholder, or a follow-up. For a button: its message
   * after the update.
   */
  readonly answered: Promise<FakeMessage>;
  /** The bot's suggestions for an autocompletion. */
  readonly suggested: Promise<readonly Choice[]>;
  /** The modal that the bot opened. */
  readonly opened: Promise<Modal>;
  /** All messages that answer it, including placeholders, except deleted ones. */
  messages(): FakeMessage[];
}

/** The routes' view of an interaction. */
export interface Interaction extends FakeInteraction {
  readonly sentAt: number;
  readonly making: InteractionMaking;
  readonly acknowledgement: Acknowledgement | undefined;
  /** The message that `@original` refers to. */
  original: FakeMessage | undefined;
  /** Messages created by this interaction, in order. */
  readonly made: readonly FakeMessage[];
  /** The placeholder that the next message fills: "Paperboy is thinking…". */
  readonly placeholder: FakeMessage | undefined;
  /** It came from a button, a menu, or a form opened by one of them. */
  readonly isComponent: boolean;
  /** The event as it was sent, for sending it again. */
  event: GatewayEvent | undefined;
  /** A connected bot received it. */
  delivered: boolean;
  /** The 3 seconds passed without a response, or the 15 minutes are over. */
  isOver(now: number): boolean;
  acknowledge(now: number, body: CallbackBody): void;
  show(message: FakeMessage): void;
}
