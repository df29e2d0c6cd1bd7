/** The types of the fake: workspaces, channels, people, messages, views, interactions. */
import type { Block, JsonObject, Metadata, Option, View } from './wire.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly admin: boolean;
  readonly owner: boolean;
  /** An IANA name. */
  readonly tz: string;
}

export interface ChannelOptions {
  readonly creator?: User;
  /** Whether the bot was invited; true by default. */
  readonly isMember?: boolean;
  readonly isPrivate?: boolean;
  readonly topic?: string;
  /** The description that people see beside the topic. */
  readonly purpose?: string;
  /** A conversation of these people, which the bot cannot be in. */
  readonly between?: readonly User[];
}

export interface FakeChannel {
  /** Changes when Slack assigns a new one (`changeId`). */
  readonly id: string;
  readonly name: string;
  readonly workspace: FakeWorkspace;
  readonly kind: 'public' | 'private' | 'im';
  readonly creator: User;
  /** The person, if this is their direct channel with the bot. */
  readonly partner: User | undefined;
  readonly created: Date;
  readonly topic: string;
  readonly purpose: string;
  readonly members: Set<string>;
  /** The messages that everyone in it sees, including threads, oldest first. */
  readonly messages: FakeMessage[];
  /** Messages for one person each, oldest first. */
  readonly ephemerals: FakeMessage[];
  isMember: boolean;
  archived: boolean;
  /** Only admins may post: `restricted_action`. */
  restricted: boolean;
  archive(): void;
  delete(): void;
  /** As when a channel is converted or shared: the bot receives `channel_id_changed`. */
  changeId(): void;
  kickBot(): void;
}

/** Its kind, if it is not a normal message. */
export type MessageSubtype = 'bot_message' | 'file_share' | 'me_message' | 'thread_broadcast';

export interface FakeMessage {
  readonly ts: string;
  readonly channel: FakeChannel;
  readonly author: User;
  readonly createdAt: Date;
  readonly threadTs: string | undefined;
  readonly clientMsgId: string | undefined;
  /** `bot_message` for a message from a `response_url`: it names no user as its author. */
  readonly subtype: MessageSubtype | undefined;
  readonly files: readonly JsonObject[];
  /** The only person who sees it. */
  readonly onlyFor: User | undefined;
  text: string;
  blocks: readonly Block[];
  attachments: readonly JsonObject[];
  metadata: Metadata | undefined;
  editedAt: Date | undefined;
  edits: number;
  deleted: boolean;
  /** IDs of people by the emoji's name, in the order in which they reacted. */
  readonly reactions: Map<string, Set<string>>;
  /** The bot's previews of links, by link. */
  readonly unfurls: Map<string, JsonObject>;
}

/** A file that the bot uploads. */
export interface FakeFile {
  readonly id: string;
  readonly name: string;
  /** Bytes that were announced. */
  readonly length: number;
  content: string | undefined;
  isShared: boolean;
}

export interface FakeView {
  readonly id: string;
  readonly workspace: FakeWorkspace;
  readonly user: User;
  view: View;
  hash: string;
  previous: FakeView | undefined;
  closed: boolean;
  /** Values that the person has put in and not submitted, by the `block_id` of the input. */
  inputs: Readonly<Record<string, string | readonly string[] | Option>>;
}

/** Links in a message that a person is still writing. Only they see the previews. */
export interface FakeDraft {
  /** Its `unfurl_id`. */
  readonly id: string;
  readonly author: User;
  readonly links: readonly string[];
  readonly unfurls: Map<string, JsonObject>;
}

/** The scopes that a person allowed. */
export interface Grant {
  readonly workspace: FakeWorkspace;
  readonly at: number;
  /** The same as before if none were requested. */
  readonly scopes?: readonly string[];
  readonly redirectUri?: string;
}

export interface FakeWorkspace {
  readonly id: string;
  readonly name: string;
  /** The first part of its address: `DOMAIN.slack.com`. */
  readonly domain: string;
  readonly appId: string;
  /** A new one after each removal. */
  readonly token: string;
  /** Tokens that a removal ended. */
  readonly deadTokens: ReadonlySet<string>;
  readonly botUser: User;
  readonly botId: string;
  /** The scopes that were requested at installation. */
  readonly scopes: Set<string>;
  readonly channels: Map<string, FakeChannel>;
  readonly users: Map<string, User>;
  readonly views: Map<string, FakeView>;
  /** Keyed by their `unfurl_id`. */
  readonly drafts: Map<string, FakeDraft>;
  /** Keyed by the person's ID. */
  readonly homes: Map<string, FakeView>;
  /** Whether its token still works. */
  installed: boolean;
  addChannel(name: string, options?: ChannelOptions): FakeChannel;
  /** Finds a channel by its name; throws if there is none. */
  channel(name: string): FakeChannel;
  /**
   * The code that a person's browser brings back after they pressed "Allow". It works once, for ten minutes.
   */
  allow(): string;
  /**
   * Acts as a person who opens the app's installation URL and presses "Allow".
   * @returns the address to which Slack sends the browser back
   */
  authorize(address: string): URLSearchParams;
  /** The code was exchanged: the app is in the workspace, with the requested scopes. */
  install(grant: Grant): void;
}

export interface Acknowledgement {
  readonly afterMs: number;
  /** Other fields that came with it. */
  readonly body: JsonObject;
}

/** The red error message when a bot does not respond in time, or is not there. */
export type ShownError = 'operation_timeout' | 'dispatch_failed';

/** The test's view of an interaction. */
export interface FakeInteraction {
  readonly id: string;
  readonly acknowledged: Promise<Acknowledgement>;
  /**
   * The first message that the bot showed for it, in any way: posted, ephemeral, or replacing the old
   * message.
   */
  readonly answered: Promise<FakeMessage>;
  /** The view that the bot opened, pushed, or returned for the submitted one. */
  readonly opened: Promise<FakeView>;
  /** The bot's suggestions for a menu. */
  readonly suggested: Promise<readonly Option[]>;
  /** The error that Slack's app shows when no acknowledgement came. */
  readonly failed: Promise<ShownError>;
  /** Everything that the bot showed for it, except deleted messages. */
  messages(): FakeMessage[];
}

export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

/** A payload that Slack sends, through a socket or by HTTP. */
export interface Dispatch {
  readonly type: EnvelopeType;
  readonly payload: JsonObject;
  /** For error messages: `/papers search`, `the event reaction_added`. */
  readonly words: string;
  readonly isEvent: boolean;
  readonly sentAt: number;
  attempts: number;
  delivered: boolean;
  acknowledged: boolean;
  /** Slack has given up: the retries are over, or a person saw an error. */
  over: boolean;
  onAcknowledged(body: JsonObject, afterMs: number): void;
  onFailed(error: ShownError): void;
}
