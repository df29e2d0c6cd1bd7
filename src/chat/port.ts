/** Ports that chat platforms implement. */
import type { Card } from './card.ts';
import type { ChatHandlers } from './handlers.ts';
import type { ChannelRef, MessageRef } from './refs.ts';

export interface ChatPort {
  readonly platform: string;
  /** Resolves when the platform is connected. */
  start(handlers: ChatHandlers): Promise<void>;
  /** True while connected. A lost connection may recover by itself. */
  isConnected(): boolean;
  /** Finishes work in progress, then disconnects. */
  stop(): Promise<void>;
}

/** Outcome of a failed request, as far as it is known. */
export type SendFailure =
  /** Certainly not carried out; it can be sent again. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** Not carried out; retry after this time. `everywhere` if all requests must wait. */
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number; readonly everywhere: boolean }
  /** May have been carried out: a timeout, a lost connection, a server error. */
  | { readonly kind: 'ambiguous'; readonly reason: string }
  /**
   * The channel cannot be posted to until a person changes something. The reason is a sentence for its
   * manager.
   */
  | { readonly kind: 'permanent'; readonly reason: string };

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
  /** Finds a message that was posted with this key; `undefined` if it certainly does not exist. */
  findPosted(channel: ChannelRef, key: string, since: Date): Promise<MessageRef | undefined>;
  /**
   * False if the bot may not read back its posts; a row with an ambiguous outcome then waits for a person.
   */
  canFind(channel: ChannelRef): Promise<boolean>;
  classifyError(error: unknown): SendFailure;
  /** Sends a private message. Returns false if the person does not accept any. */
  sendDirectMessage(workspace: string, person: string, card: Card): Promise<boolean>;
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
