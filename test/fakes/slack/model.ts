/** What the fake is made of, as types alone: workspaces, channels, people, messages, views, interactions. */
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
  /** Whether the bot was invited; yes when nothing is said. */
  readonly isMember?: boolean;
  readonly isPrivate?: boolean;
  /** A conversation of these people, which the bot cannot be in. */
  readonly between?: readonly User[];
}

export interface FakeChannel {
  /** Changes when Slack gives it another one (`changeId`). */
  readonly id: string;
  readonly name: string;
  readonly workspace: FakeWorkspace;
  readonly kind: 'public' | 'private' | 'im';
  readonly creator: User;
  /** Whose direct channel with the bot it is. */
  readonly partner: User | undefined;
  readonly created: Date;
  readonly members: Set<string>;
  /** What everyone in it sees, threads too, oldest first. */
  readonly messages: FakeMessage[];
  /** For one pair of eyes each, oldest first. */
  readonly ephemerals: FakeMessage[];
  isMember: boolean;
  archived: boolean;
  /** Only admins may post: `restricted_action`. */
  restricted: boolean;
  archive(): void;
  delete(): void;
  /** As when a channel is converted or shared: `channel_id_changed` tells the bot. */
  changeId(): void;
  kickBot(): void;
}

/** What kind of message it is, where it is not the usual one. */
export type MessageSubtype = 'bot_message' | 'file_share' | 'me_message' | 'thread_broadcast';

export interface FakeMessage {
  readonly ts: string;
  readonly channel: FakeChannel;
  readonly author: User;
  readonly createdAt: Date;
  readonly threadTs: string | undefined;
  readonly clientMsgId: string | undefined;
  /** `bot_message` for what came by a `response_url`: no user is named as its author. */
  readonly subtype: MessageSubtype | undefined;
  readonly files: readonly JsonObject[];
  /** The one person who sees it. */
  readonly onlyFor: User | undefined;
  text: string;
  blocks: readonly Block[];
  attachments: readonly JsonObject[];
  metadata: Metadata | undefined;
  editedAt: Date | undefined;
  edits: number;
  deleted: boolean;
  /** The people's ids by the emoji's name, in the order in which they reacted. */
  readonly reactions: Map<string, Set<string>>;
  /** What the bot showed under a link, by the link. */
  readonly unfurls: Map<string, JsonObject>;
}

export interface FakeView {
  readonly id: string;
  readonly workspace: FakeWorkspace;
  readonly user: User;
  view: View;
  hash: string;
  previous: FakeView | undefined;
  closed: boolean;
}

/** Links in a message that somebody is still writing: only they see the previews. */
export interface FakeDraft {
  /** Its `unfurl_id`. */
  readonly id: string;
  readonly author: User;
  readonly links: readonly string[];
  readonly unfurls: Map<string, JsonObject>;
}

/** What a person allowed. */
export interface Grant {
  readonly workspace: FakeWorkspace;
  readonly at: number;
  /** As before where none were asked for. */
  readonly scopes?: readonly string[];
  readonly redirectUri?: string;
}

export interface FakeWorkspace {
  readonly id: string;
  readonly name: string;
  /** Of its address: `DOMAIN.slack.com`. */
  readonly domain: string;
  readonly appId: string;
  /** Another one after each removal. */
  readonly token: string;
  /** Those that a removal ended. */
  readonly deadTokens: ReadonlySet<string>;
  readonly botUser: User;
  readonly botId: string;
  /** What was asked for when the app was installed. */
  readonly scopes: Set<string>;
  readonly channels: Map<string, FakeChannel>;
  readonly users: Map<string, User>;
  readonly views: Map<string, FakeView>;
  /** By their `unfurl_id`. */
  readonly drafts: Map<string, FakeDraft>;
  /** By the person's id. */
  readonly homes: Map<string, FakeView>;
  /** Whether its token still works. */
  installed: boolean;
  addChannel(name: string, options?: ChannelOptions): FakeChannel;
  /** By its name; throws when there is none. */
  channel(name: string): FakeChannel;
  /** The code that comes back with a person who pressed "Allow"; good once, for ten minutes. */
  allow(): string;
  /**
   * Somebody opens the address that the app's page leads to, and presses "Allow".
   * @returns what Slack sends the browser back with
   */
  authorize(address: string): URLSearchParams;
  /** The code was exchanged: the app is in the workspace, with what was asked for. */
  install(grant: Grant): void;
}

export interface Acknowledgement {
  readonly afterMs: number;
  /** What came along with it. */
  readonly body: JsonObject;
}

/** What a person reads in red when a bot does not answer in time, or is not there. */
export type ShownError = 'operation_timeout' | 'dispatch_failed';

/** What a test holds of it. */
export interface FakeInteraction {
  readonly id: string;
  readonly acknowledged: Promise<Acknowledgement>;
  /** The first thing that the bot showed for it, wherever: posted, for one person's eyes, or in the place of the message. */
  readonly answered: Promise<FakeMessage>;
  /** The view that the bot opened, pushed, or put in the place of the one that was submitted. */
  readonly opened: Promise<FakeView>;
  /** What the bot suggested for a menu. */
  readonly suggested: Promise<readonly Option[]>;
  /** What Slack's app says when no acknowledgement came. */
  readonly failed: Promise<ShownError>;
  /** All that the bot showed for it; not what was deleted. */
  messages(): FakeMessage[];
}

export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

/** Something that Slack sends, by socket or by HTTP. */
export interface Dispatch {
  readonly type: EnvelopeType;
  readonly payload: JsonObject;
  /** For sentences: `/papers search`, `the event reaction_added`. */
  readonly words: string;
  readonly isEvent: boolean;
  readonly sentAt: number;
  attempts: number;
  delivered: boolean;
  acknowledged: boolean;
  /** Was given up: retries are over, or a person saw an error. */
  over: boolean;
  onAcknowledged(body: JsonObject, afterMs: number): void;
  onFailed(error: ShownError): void;
}
