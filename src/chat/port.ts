/** Ports that chat platforms implement. */
import type { PersonRef } from './caller.ts';
import type { Card } from './card.ts';
import type { ChatHandlers, Reaction } from './handlers.ts';
import type { ChannelRef, MessageRef } from './refs.ts';

/** A person's reaction on a known message. */
export interface StandingReaction extends Pick<Reaction, 'emoji' | 'isSuper'> {
  readonly person: string;
}

export interface ChatPort {
  readonly platform: string;
  /** True if people can react to its messages, and so save a paper. */
  readonly takesReactions: boolean;
  /** Resolves when the platform is connected. */
  start(handlers: ChatHandlers): Promise<void>;
  /** True while connected. A lost connection may recover by itself. */
  isConnected(): boolean;
  /** Finishes work in progress, then disconnects. */
  stop(): Promise<void>;
}

/** Outcome of a failed request, as far as it is known. */
export type SendFailure =
  /** Certainly not carried out; it can be sent again, after `retryAfterMs` if the platform named a time. */
  | { readonly kind: 'not-sent'; readonly reason: string; readonly retryAfterMs?: number }
  /** Not carried out; retry after this time. `everywhere` if all requests must wait. */
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number; readonly everywhere: boolean }
  /** May have been carried out: a timeout, a lost connection, a server error. */
  | { readonly kind: 'ambiguous'; readonly reason: string }
  | Refusal;

/** A failure that does not pass by itself. */
export interface Refusal {
  readonly kind: 'permanent';
  /** A sentence for the channel's manager, with the next step if there is one. */
  readonly reason: string;
  /** `place` if nothing can be posted in the channel; `message` if only this message is refused. */
  readonly of: 'place' | 'message';
  /** The target no longer exists: neither a retry nor a change of rights brings it back. */
  readonly isGone?: true;
}

/** Posting on the bot's own initiative, as the daily thread does. */
export interface PostingPort extends ChatPort {
  readonly limits: PostingLimits;
  /**
   * Milliseconds for which the platform itself deduplicates messages by `key`; 0 if it never does (Slack; a
   * Discord forum).
   */
  idempotencyWindowMs(channel: ChannelRef): Promise<number>;
  /** @throws any error; pass it to `classifyError` */
  post(channel: ChannelRef, card: Card, options: PostOptions): Promise<MessageRef>;
  /** Opens the thread of a message; idempotent. Returns the channel for replies. */
  openThread(root: MessageRef, name: string): Promise<ChannelRef>;
  /** Replaces the card of a message. */
  update(message: MessageRef, card: Card): Promise<void>;
  /** True if a message there can have a thread. */
  startsThreads(channel: ChannelRef): Promise<boolean>;
  /** The channel's displayed name, such as `#papers`; `undefined` if unknown, as for a deleted channel. */
  nameOf(channel: ChannelRef): Promise<string | undefined>;
  /** What people call the channel and say that it is for; `undefined` if unknown, and for direct messages. */
  aboutOf(channel: ChannelRef): Promise<ChannelAbout | undefined>;
  /** The subset of the channels that the audience may know of. Private ones only if they can see them. */
  visibleTo(audience: Audience, channels: readonly ChannelRef[]): Promise<ChannelRef[]>;
  /** Finds a message that was posted with this key; `undefined` if it certainly does not exist. */
  findPosted(channel: ChannelRef, key: string, since: Date): Promise<MessageRef | undefined>;
  /**
   * False if the bot may not read back what it posted with this key; an ambiguous row then needs review by a
   * person.
   */
  canFind(channel: ChannelRef, key: string): Promise<boolean>;
  /** For a private message that may not have been sent. Without this method, such a message just ends. */
  reviewOf?(channel: ChannelRef, key: string): Promise<Review>;
  /** @param channel where it failed, for advice about that channel */
  classifyError(error: unknown, channel?: ChannelRef): SendFailure;
  /** Sends a private message. Returns false if the person does not accept any. */
  sendDirectMessage(workspace: string, person: string, card: Card): Promise<boolean>;
  /**
   * Reads one page of a channel's past messages. One request, or a few for the first page.
   * @throws any error; pass it to `classifyError`
   */
  readPast(channel: ChannelRef, page: PastPage): Promise<PastMessages | UnreadablePast>;
}

export interface ChannelAbout {
  /** Without signs: `protein-design`. */
  readonly name: string;
  /** As plain text. */
  readonly topic?: string;
}

/** What to do about a message that may not have been sent. */
export interface Review {
  /** How an administrator can find out, as a sentence. */
  readonly advice: string;
  /** A direct message to the person who may be missing it. */
  readonly tell?: { readonly person: PersonRef; readonly title: string; readonly card: Card };
}

/** The page of a channel's messages to read. */
export interface PastPage {
  /** Messages since then, and before then; all by default. */
  readonly since?: Date;
  readonly before?: Date;
  /** `next` of the page before; absent for the latest messages. */
  readonly cursor?: string;
}

export interface PastMessages {
  /** The newest first, in a thread in any order; without those of the bot itself. */
  readonly messages: readonly PastMessage[];
  /** Absent on the last page. */
  readonly next?: string;
}

export interface PastMessage {
  readonly at: Date;
  /** With the addresses of its links. */
  readonly text: string;
}

/** The bot may not read them. */
export interface UnreadablePast {
  /** A sentence that names what is missing, and the next step. */
  readonly refusal: string;
}

/** People who see an answer: one person, everyone who can read a channel, or a person in a channel. */
export interface Audience {
  readonly person?: string;
  readonly channel?: ChannelRef;
}

export interface PostOptions {
  /** Idempotency key: the platform posts at most one message per key, as far as it supports that. */
  readonly key: string;
  /** Title, for channels where messages need one, such as forums. */
  readonly title: string;
}

/** Limits of a platform, from its documentation. */
export interface PostingLimits {
  /** Requests per second over all channels; below the platform's limit, to leave room for commands. */
  readonly perSecond: number;
  /** Concurrent requests. */
  readonly inFlight: number;
  /** Concurrent requests in one workspace; 1 if the platform counts by workspace. */
  readonly perWorkspace: number;
}
