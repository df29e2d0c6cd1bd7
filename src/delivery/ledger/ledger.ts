/**
 * The contract of the ledger: one row for every message that must exist exactly once. It decides what was
 * posted.
 */
import type { Card } from '../../chat/card.ts';
import type { ChannelRef, MessageRef } from '../../chat/refs.ts';
import type { Feed } from '../../feeds/feed.ts';
import type { Day } from '../../time/clock.ts';
import type { Digest, RefreshedDigest } from './digest.ts';
import type { Notice } from './notice.ts';

/** `late`: a late addition. `notice`: a message outside of feeds (`notice.ts`). */
export type DeliveryKind = 'root' | 'paper' | 'late' | 'notice';

export const DELIVERY_STATES = [
  'planned',
  /** A request may be running, or its outcome is unknown. */
  'sending',
  /** A root whose thread is not open yet. */
  'posted',
  /** A root whose papers are being posted. */
  'threaded',
  'done',
  'skipped',
  'disabled',
  /** Only a person can find out whether it was posted. */
  'parked',
] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The natural key of a row. */
export interface DeliveryName {
  /** Of a notice to a person: `@` and the id of the recipient in the database. */
  readonly channel: ChannelRef;
  /** Of a notice: its topic. */
  readonly feed: string;
  /** In the feed's time zone. Of a notice: the minute at which it is due, in UTC. */
  readonly day: Day;
  readonly kind: DeliveryKind;
  /** Empty for a root. */
  readonly paper: string;
}

/** A row that is due. Instants are milliseconds since 1970. */
export interface DueDelivery extends DeliveryName {
  readonly id: number;
  readonly state: DeliveryState;
  readonly due: number;
  /** True when its content is fixed. */
  readonly frozen: boolean;
}

export interface WantedRows {
  readonly platform: string;
  /** Unique per process start. */
  readonly owner: string;
  readonly limit: number;
  /** Rows that are being posted already. */
  readonly except: readonly number[];
}

/** A row that only its claimer can write, until the lease ends. */
export interface ClaimedDelivery extends DueDelivery {
  readonly owner: string;
  readonly attempt: number;
  readonly key: string;
  readonly title: string;
  readonly card: Card;
  /** Target of the post: a root's channel, the thread of a reply's root, or a person's direct messages. */
  readonly target: ChannelRef;
  /** The posted message of a root whose thread is not open yet. */
  readonly message?: MessageRef;
  /** True when an earlier request may have been carried out. */
  readonly unsure: boolean;
  /** Times of the first and the latest request that may have been sent. */
  readonly firstTry: number;
  readonly lastTry: number;
  readonly refusals: number;
}

/** Identifies a claim. A write with an outdated claim changes nothing. */
export type ClaimToken = Pick<ClaimedDelivery, 'id' | 'owner' | 'attempt'>;

export interface PlannedSlot {
  readonly channel: ChannelRef;
  readonly feed: string;
  readonly day: Day;
  readonly due: number;
  /** Reason for not posting it. */
  readonly skipped?: string;
}

/** Planning: turns slots into rows. */
export interface PlanLedger {
  /** Returns the instant up to which every slot has a row; `undefined` before the first plan. */
  horizon(): Promise<number | undefined>;
  /** Adds missing rows and moves the horizon, in one transaction. */
  plan(slots: readonly PlannedSlot[], until: number): Promise<void>;
  /**
   * Corrects a plan after the clock was ahead: removes rows for future times that are planned or skipped.
   * Rows with attempts are kept.
   */
  rewind(now: number): Promise<void>;
}

/**
 * Posting: turns rows into messages. Writes return false when the claim is outdated or the state does not
 * match.
 */
export interface PostLedger {
  /**
   * Returns due rows: roots before threads, and fair between workspaces. With several processes, they are
   * reserved for this one, so that the others prepare other rows. Only a claim allows to post a row.
   */
  due(wanted: WantedRows, now: number): Promise<DueDelivery[]>;
  /** Ends the reservations of this process. */
  giveBack(owner: string): Promise<void>;
  /**
   * Fixes the content of a root and its replies, unless that was done already. Its papers then count as
   * posted in the feed's channel, until the row ends without a message.
   */
  freeze(id: number, feed: Feed, digest: Digest): Promise<boolean>;
  /** @param expected true for a wait by the feed's settings, which is not a delay */
  wait(id: number, until: number, reason: string, expected: boolean): Promise<boolean>;
  /** Ends a row that was certainly not sent. */
  skip(id: number, reason: string): Promise<boolean>;
  claim(id: number, owner: string, now: number): Promise<ClaimedDelivery | undefined>;
  /**
   * Must be called before an ambiguous row is sent again.
   * @param fresh true when earlier requests had no effect
   */
  resend(token: ClaimToken, now: number, fresh: boolean): Promise<boolean>;
  posted(token: ClaimToken, message: MessageRef, now: number): Promise<boolean>;
  threaded(token: ClaimToken, thread: ChannelRef, now: number): Promise<boolean>;
  /** Releases the row until later. @param outcome of the request under this claim */
  release(token: ClaimToken, until: number, outcome: ReleaseOutcome): Promise<boolean>;
  /** Ends a row without a message, together with its replies. */
  end(
    token: ClaimToken,
    state: 'skipped' | 'disabled' | 'parked',
    reason: string,
    /** Added in the same transaction. */
    notice?: Notice,
  ): Promise<boolean>;
  /** Skips a reply and all following ones, because the thread accepts no more messages. */
  endReplies(token: ClaimToken, reason: string): Promise<boolean>;
  /** Skips all replies of a posted root, because its thread cannot be opened. */
  endThread(token: ClaimToken, reason: string): Promise<boolean>;
  /**
   * Ends rows after their deadline that no publisher handles: those of other platforms, and parked ones.
   * @param served platforms of this process, whose publishers end their own rows
   */
  expire(served: readonly string[], now: number): Promise<void>;
  /**
   * Ends the leases of earlier processes at the start. Their rows can be claimed at once, as ambiguous rows.
   */
  takeOver(owner: string, now: number): Promise<number>;
}

export interface ReleaseOutcome {
  /** False when the request was certainly not carried out. */
  readonly unsure: boolean;
  readonly refused?: boolean;
  readonly reason: string;
}

/** A posted root that is kept up to date. */
export interface PostedRoot extends DeliveryName {
  readonly id: number;
  readonly due: number;
  readonly postedAt: number;
  readonly message: MessageRef;
  readonly card: Card;
  /** Papers posted with it or as late additions. */
  readonly papers: readonly string[];
  /** Late additions are posted in the thread; without a thread they are not posted. */
  readonly hasThread: boolean;
}

export interface RefreshLedger {
  /**
   * Takes roots that are due for an update, the oldest first. Each is taken once per interval, by one caller.
   */
  takeToRefresh(platform: string, now: number, limit: number): Promise<PostedRoot[]>;
  /**
   * Stores the root's new card. Adds replies for late additions, once per paper, which then count as posted.
   */
  refreshed(root: PostedRoot, feed: Feed, again: RefreshedDigest, now: number): Promise<void>;
  /** Stops updates of a message that was deleted. */
  leave(root: number): Promise<void>;
  /** Deletes the cards of messages that are no longer updated. */
  prune(now: number): Promise<void>;
}

export interface DeliveryRow extends DeliveryName {
  readonly id: number;
  readonly state: DeliveryState;
  readonly due: number;
  readonly attempt: number;
  readonly reason?: string;
  readonly message?: string;
  readonly postedAt?: number;
}

/** Late deliveries with the same reason. */
export interface LateDeliveries {
  readonly rows: readonly number[];
  /** One of them. */
  readonly example: DeliveryRow;
}

/** Metrics for the operator. */
export interface DeliveryFigures {
  /** Seconds since the oldest unposted root was due; 0 when there is none. */
  readonly oldestDueSeconds: number;
  /** Rows of the last two days. */
  readonly byState: Readonly<Record<string, number>>;
  /** Rows that are ambiguous now. */
  readonly ambiguous: number;
  readonly parked: number;
  /** Time of the latest posted message, in milliseconds since 1970. */
  readonly lastSuccess?: number;
}

/** Reports for operators and commands. */
export interface LedgerReport {
  figures(now: number): Promise<DeliveryFigures>;
  /** Returns overdue roots and threads, grouped by platform and reason, the most overdue first. */
  late(now: number): Promise<LateDeliveries[]>;
  list(
    filter: { readonly state?: DeliveryState; readonly channel?: ChannelRef },
    limit: number,
  ): Promise<DeliveryRow[]>;
  /** Resolves a parked row by hand: `send` it again, or `drop` it. False when the row is not parked. */
  unpark(id: number, decision: 'send' | 'drop', now: number): Promise<boolean>;
}

export interface Ledger extends PlanLedger, PostLedger, RefreshLedger, LedgerReport {}
