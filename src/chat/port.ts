/** What every chat platform is to the rest of the program, and the rest of the program to it. */
import type { Card } from './card.ts';
import type { ChatHandlers, Reaction } from './handlers.ts';
import type { ChannelRef, MessageRef } from './refs.ts';

/** Somebody's reaction on a message that is known. */
export interface StandingReaction extends Pick<Reaction, 'emoji' | 'isSuper'> {
  readonly person: string;
}

export interface ChatPort {
  readonly platform: string;
  /** Whether people can react to its messages, and so save a paper. */
  readonly takesReactions: boolean;
  /** Resolves when the platform answers. */
  start(handlers: ChatHandlers): Promise<void>;
  /** Whether the platform can be heard just now; it may come back by itself. */
  isConnected(): boolean;
  /** Drains what is in flight. */
  stop(): Promise<void>;
}

/** What became of a request that failed, as far as can be known. */
export type SendFailure =
  /** Certainly not carried out: it can be sent again. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** Not carried out, and to be sent again no sooner than in this time; `everywhere` when all requests must wait. */
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number; readonly everywhere: boolean }
  /** It may or may not have been carried out: a time-out, a cut connection, a server error. */
  | { readonly kind: 'ambiguous'; readonly reason: string }
  | Refusal;

/** It cannot pass by itself. */
export interface Refusal {
  readonly kind: 'permanent';
  /** For the manager of the place: a sentence, and what to do about it where anything can be done. */
  readonly reason: string;
  /** Whether nothing can be posted in the place, or this message alone is refused and the next may pass. */
  readonly of: 'place' | 'message';
  /** What it was about is not there any more: no try and no change of rights brings it back. */
  readonly isGone?: true;
}

/** Posting without having been asked: what the daily thread needs of a platform. */
export interface PostingPort extends ChatPort {
  readonly limits: PostingLimits;
  /**
   * For how long the platform itself makes sure that a repeated `key` makes no second message, in milliseconds; 0 where it never
   * does (Slack; a Discord forum).
   */
  idempotencyWindowMs(channel: ChannelRef): Promise<number>;
  /** @throws whatever went wrong: ask `classifyError` */
  post(channel: ChannelRef, card: Card, options: PostOptions): Promise<MessageRef>;
  /** Opens the thread of a message; opening it again is no error. Returns where replies go. */
  openThread(root: MessageRef, name: string): Promise<ChannelRef>;
  /** Puts another card in the place of the one that a message holds. */
  update(message: MessageRef, card: Card): Promise<void>;
  /** Whether a message there can have a thread. */
  startsThreads(channel: ChannelRef): Promise<boolean>;
  /** What people call the place, such as `#papers`; `undefined` when nobody can say, as of one that is gone. */
  nameOf(channel: ChannelRef): Promise<string | undefined>;
  /** Those of the places that may be told of to somebody: private ones to nobody but who sees them. */
  visibleTo(audience: Audience, channels: readonly ChannelRef[]): Promise<ChannelRef[]>;
  /** Looks for a message that was posted with this key; `undefined` when it is not there for certain. */
  findPosted(channel: ChannelRef, key: string, since: Date): Promise<MessageRef | undefined>;
  /** False where the bot may not read back what it posted: a row of unknown fate then waits for a person. */
  canFind(channel: ChannelRef): Promise<boolean>;
  /** @param channel where it failed, for what is to be mended there */
  classifyError(error: unknown, channel?: ChannelRef): SendFailure;
  /** A private word to a person, for what must not fill a channel. False when they do not take any. */
  sendDirectMessage(workspace: string, person: string, card: Card): Promise<boolean>;
}

/** Who is told of places: one person, or everybody who reads along in a place. Both may be meant: a person who asks there. */
export interface Audience {
  readonly person?: string;
  readonly channel?: ChannelRef;
}

export interface PostOptions {
  /** The same key never makes a second message in a place, as far as the platform can promise. */
  readonly key: string;
  /** The title where a message needs one: in a forum. */
  readonly title: string;
}

/** An adapter's own limits, from its documentation. */
export interface PostingLimits {
  /** Requests a second, over all places; below what the platform allows, as commands need some of it. */
  readonly perSecond: number;
  /** Requests under way at the same time. */
  readonly inFlight: number;
  /** Requests under way at the same time in one workspace: 1 where the platform counts by workspace. */
  readonly perWorkspace: number;
}
