/** The ledger: one row for every message that is to exist once. It is the authority on what was posted; clocks only wake it. */
import type { Card } from '../../chat/card.ts';
import type { ChannelRef, MessageRef } from '../../chat/refs.ts';
import type { Feed } from '../../feeds/feed.ts';
import type { Day } from '../../time/clock.ts';
import type { Digest, RefreshedDigest } from './digest.ts';

/** `late`: a paper that came into the top after its list was posted. */
export type DeliveryKind = 'root' | 'paper' | 'late';

export const DELIVERY_STATES = [
  'planned',
  /** A request may be on its way, or its fate is unknown. */
  'sending',
  /** A root whose thread is not open yet. */
  'posted',
  /** A root whose papers are on their way. */
  'threaded',
  'done',
  'skipped',
  'disabled',
  /** Nobody but a person can say whether it was posted. */
  'parked',
] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What names a row for everybody. */
export interface DeliveryName {
  readonly channel: ChannelRef;
  readonly feed: string;
  /** In the feed's own zone. */
  readonly day: Day;
  readonly kind: DeliveryKind;
  /** Empty for a root. */
  readonly paper: string;
}

/** A row that can be worked on now. Instants are milliseconds since 1970. */
export interface DueDelivery extends DeliveryName {
  readonly id: number;
  readonly state: DeliveryState;
  readonly due: number;
  /** What it posts is fixed. */
  readonly frozen: boolean;
}

/** A row that its claimer alone may write, until the lease ends. */
export interface ClaimedDelivery extends DueDelivery {
  readonly owner: string;
  readonly attempt: number;
  readonly key: string;
  readonly title: string;
  readonly card: Card;
  /** Where to post: a root's channel, or the thread of a reply's root. */
  readonly target: ChannelRef;
  /** Of a root that was posted and whose thread is not open yet: the reference that the platform gave. */
  readonly message?: MessageRef;
  /** An earlier request may have been carried out. */
  readonly unsure: boolean;
  /** Of the first and the latest request whose fate is not known to be "not sent". */
  readonly firstTry: number;
  readonly lastTry: number;
  readonly refusals: number;
}

/** Names a claim. A write with a claim that somebody else has taken over since changes nothing. */
export type ClaimToken = Pick<ClaimedDelivery, 'id' | 'owner' | 'attempt'>;

export interface PlannedSlot {
  readonly channel: ChannelRef;
  readonly feed: string;
  readonly day: Day;
  readonly due: number;
  /** Why it will not be posted. */
  readonly skipped?: string;
}

/** Slots become rows. */
export interface PlanLedger {
  /** Every slot up to this instant has its row; `undefined` before the first plan. */
  horizon(): Promise<number | undefined>;
  /** Makes the rows that are not there yet, and moves the horizon, in one transaction. */
  plan(slots: readonly PlannedSlot[], until: number): Promise<void>;
  /**
   * The clock was ahead and is not any more: takes back what was planned for times that have not come, and what was skipped
   * for them; what was begun stays.
   */
  rewind(now: number): Promise<void>;
}

/** Rows become messages. A write answers false when it was refused: the row is another's by now, or in another state. */
export interface PostLedger {
  /** By phase (roots, then threads), fair between workspaces: the first of each, then the second of each. */
  due(platform: string, now: number, limit: number, except: readonly number[]): Promise<DueDelivery[]>;
  /**
   * Fixes what a root and its replies post, unless that was done already. From now on its papers count as posted in the
   * feed's channel, as what is fixed is sent until it stands; they stop to when the row ends without a message.
   */
  freeze(id: number, feed: Feed, digest: Digest): Promise<boolean>;
  /** @param expected the wait is by the feed's wish, and no delay */
  wait(id: number, until: number, reason: string, expected: boolean): Promise<boolean>;
  /** Ends a row that certainly was not sent. */
  skip(id: number, reason: string): Promise<boolean>;
  claim(id: number, owner: string, now: number): Promise<ClaimedDelivery | undefined>;
  /** Before a row of unknown fate is sent again. @param fresh the earlier requests are known to have had no effect */
  resend(token: ClaimToken, now: number, fresh: boolean): Promise<boolean>;
  posted(token: ClaimToken, message: MessageRef, now: number): Promise<boolean>;
  threaded(token: ClaimToken, thread: ChannelRef, now: number): Promise<boolean>;
  /** Gives the row back until later. @param outcome what is known of the request that was made under this claim */
  release(token: ClaimToken, until: number, outcome: ReleaseOutcome): Promise<boolean>;
  /** Ends a row without a message, and what hangs on it. */
  end(token: ClaimToken, state: 'skipped' | 'disabled' | 'parked', reason: string): Promise<boolean>;
  /** The thread of a reply takes no more: it is skipped, and all that were to follow it. */
  endReplies(token: ClaimToken, reason: string): Promise<boolean>;
  /** A root stands, but no thread can be opened from it: its replies are skipped. */
  endThread(token: ClaimToken, reason: string): Promise<boolean>;
  /**
   * Ends rows that are past their deadline and that no publisher handles: those of platforms that are not served, and
   * parked ones, without a message.
   * @param served platforms whose publishers end their own rows
   */
  expire(served: readonly string[], now: number): Promise<void>;
  /** At start: whoever held a lease is gone. Their rows can be claimed at once, as rows of unknown fate. */
  takeOver(owner: string, now: number): Promise<number>;
}

export interface ReleaseOutcome {
  /** False: it was certainly not carried out. */
  readonly unsure: boolean;
  readonly refused?: boolean;
  readonly reason: string;
}

/** A root that is kept up to date after it was posted. */
export interface PostedRoot extends DeliveryName {
  readonly id: number;
  readonly due: number;
  readonly postedAt: number;
  readonly message: MessageRef;
  readonly card: Card;
  /** Papers that were posted with it or after it. */
  readonly papers: readonly string[];
  /** Late risers are told in the thread; where there is none, they are left to other feeds and longer lists. */
  readonly hasThread: boolean;
}

export interface RefreshLedger {
  /** Takes roots whose list may have changed, the longest untouched first; each is taken once in an interval, however many ask. */
  takeToRefresh(platform: string, now: number, limit: number): Promise<PostedRoot[]>;
  /** The root holds another card by now; late risers become replies, each paper once, and count as posted with that. */
  refreshed(root: PostedRoot, feed: Feed, again: RefreshedDigest, now: number): Promise<void>;
  /** Somebody removed the message: it is kept up to date no more. */
  leave(root: number): Promise<void>;
  /** Drops the cards of what nobody edits any more. */
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

/** Deliveries that are late for one reason. */
export interface LateDeliveries {
  readonly rows: readonly number[];
  /** One of them. */
  readonly example: DeliveryRow;
}

/** Figures for the operator. */
export interface DeliveryFigures {
  /** Seconds that the oldest root which is due and not out has been due; 0 when there is none. */
  readonly oldestDueSeconds: number;
  /** Of the last two days. */
  readonly byState: Readonly<Record<string, number>>;
  /** Rows whose fate is unknown just now. */
  readonly ambiguous: number;
  readonly parked: number;
  /** When the latest message was posted, in milliseconds since 1970. */
  readonly lastSuccess?: number;
}

/** A feed's health, and what its channel has had. */
export interface LedgerReport {
  figures(now: number): Promise<DeliveryFigures>;
  /** Overdue roots and threads, grouped by platform and reason, the most overdue first. */
  late(now: number): Promise<LateDeliveries[]>;
  list(
    filter: { readonly state?: DeliveryState; readonly channel?: ChannelRef },
    limit: number,
  ): Promise<DeliveryRow[]>;
  /** A person has looked: `send` it again, or `drop` it. False when the row is not parked. */
  unpark(id: number, decision: 'send' | 'drop', now: number): Promise<boolean>;
}

export interface Ledger extends PlanLedger, PostLedger, RefreshLedger, LedgerReport {}
