/** What the fake is made of, as types alone: people, places, messages, interactions. */
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
  /** Decides the shard; direct messages go to the first. */
  readonly guildId: string | undefined;
  /** Sent to those who identified with it; 0: to everyone. */
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
  /** Of a forum: names of its tags; one that begins with `!` only those may set who manage threads. */
  readonly tags?: readonly string[];
  /** Of a forum: no post without a tag. */
  readonly requireTag?: boolean;
}

export interface ForumTag {
  readonly id: string;
  readonly name: string;
  readonly moderated: boolean;
}

export interface GuildOptions {
  readonly name?: string;
  /** Names, or more; one called `papers` when nothing is said. */
  readonly channels?: readonly (string | (ChannelOptions & { readonly name: string }))[];
  readonly botPermissions?: readonly PermissionName[];
  /** In an outage: READY lists it, GUILD_CREATE does not come. */
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
  /** Root commands that the guild's admins opened to everyone, over `default_member_permissions`. */
  readonly opened: ReadonlySet<string>;
  botPermissions: bigint;
  addChannel(name: string, options?: ChannelOptions): FakeChannel;
  /** By its name; throws when there is none. */
  channel(name: string): FakeChannel;
  /** As an admin who lets everyone use a command that only managers saw. */
  openCommand(root: string): void;
  /** Removes the bot. */
  kickBot(): void;
}

export interface ThreadState {
  readonly ownerId: string;
  readonly createdAt: number;
  /** Its last message, or when it was opened again. */
  activeAt: number;
  autoArchiveMinutes: number;
  /** By somebody; it also archives itself, see `FakeChannel.archived`. */
  archived: boolean;
  locked: boolean;
}

export interface FakeChannel {
  readonly id: string;
  readonly type: number;
  name: string;
  readonly guild: FakeGuild | undefined;
  /** Of a thread: where it stands. */
  readonly parent: FakeChannel | undefined;
  readonly thread: ThreadState | undefined;
  /** Of a direct message: the person. */
  readonly recipient: User | undefined;
  /** Of a forum. */
  tags: readonly ForumTag[];
  requireTag: boolean;
  /** Of a post in a forum: ids of its tags. */
  readonly appliedTags: readonly string[];
  /** The recipient takes no messages from the bot. */
  closed: boolean;
  /** Ephemeral and deleted ones too, by id, in the order of time. */
  readonly everything: Map<string, FakeMessage>;
  /** What everyone in the channel sees, oldest first. */
  readonly messages: FakeMessage[];
  /** Started from here, oldest first. */
  readonly threads: FakeChannel[];
  /** By somebody, or by itself after its time without a message. */
  readonly archived: boolean;
  /** Taken from the bot by this channel's overwrites. */
  readonly denied: bigint;
  readonly isPrivate: boolean;
  /** Ids of people who see it though it is private. */
  readonly guests: ReadonlySet<string>;
  readonly botPermissions: bigint;
  botMay(name: PermissionName): boolean;
  /** Takes permissions from the bot, as an overwrite of this channel. */
  deny(...names: PermissionName[]): void;
  allow(...names: PermissionName[]): void;
  /** Lets somebody see a private channel. */
  letIn(person: { readonly id: string }): void;
  /** Opens an archived thread, as a message does. */
  wake(): void;
  delete(): void;
}

export interface FakeMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: User;
  readonly type: number;
  readonly createdAt: Date;
  /** Whose interaction it answers. */
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
  /** Sent along, the latest ones last. */
  files: readonly File[];
  editedAt: Date | undefined;
  edits: number;
  deleted: boolean;
  /** The people's ids by emoji, in the order in which they reacted. */
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
  /** For error sentences: `/papers search`, `the button "More"`. */
  readonly words: string;
  /** The message of the component. */
  readonly message?: FakeMessage;
  /** For `interaction_metadata`. */
  readonly commandName?: string;
}

/** What a test holds of it. */
export interface FakeInteraction {
  readonly id: string;
  readonly token: string;
  /** The first response. */
  readonly acknowledged: Promise<Acknowledgement>;
  /** The first whole message: sent, edited into the placeholder, or followed up. Of a button: its message after the update. */
  readonly answered: Promise<FakeMessage>;
  /** What the bot suggested, of an autocompletion. */
  readonly suggested: Promise<readonly Choice[]>;
  /** The modal that the bot opened. */
  readonly opened: Promise<Modal>;
  /** All that answer it, placeholders included; not those that were deleted. */
  messages(): FakeMessage[];
}

/** What the routes know of it. */
export interface Interaction extends FakeInteraction {
  readonly sentAt: number;
  readonly making: InteractionMaking;
  readonly acknowledgement: Acknowledgement | undefined;
  /** What `@original` names. */
  original: FakeMessage | undefined;
  /** Made by this interaction, in order. */
  readonly made: readonly FakeMessage[];
  /** The placeholder that the next message fills: "Paperboy is thinking…". */
  readonly placeholder: FakeMessage | undefined;
  /** It came from a button, a menu, or a form that one of them opened. */
  readonly isComponent: boolean;
  /** As it was sent, for sending it again. */
  event: GatewayEvent | undefined;
  /** A connected bot was given it. */
  delivered: boolean;
  /** The 3 seconds went by without a word, or the 15 minutes are over. */
  isOver(now: number): boolean;
  acknowledge(now: number, body: CallbackBody): void;
  show(message: FakeMessage): void;
}
