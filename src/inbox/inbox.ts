/** Inboxes: digests that people get by direct message or e-mail, each at their own time. */
import type { PersonRef } from '../chat/caller.ts';
import type { Notice } from '../delivery/ledger/notice.ts';

export const DIGEST_PACES = ['weekdays', 'weekly', 'monthly'] as const;
export type DigestPace = (typeof DIGEST_PACES)[number];

/** Parts of a digest: trending papers, papers for the person, changes of saved ones, saves of their team. */
export const DIGEST_PARTS = ['trending', 'recommended', 'changes', 'team'] as const;
export type DigestPart = (typeof DIGEST_PARTS)[number];

/** Topic of the notices. */
export const DIGEST_TOPIC = 'digest';

export interface InboxSettings {
  readonly pace: DigestPace;
  /** Day of a weekly digest; 1 is Monday. A monthly one comes on the 1st. */
  readonly weekday: number;
  /** `HH:MM` */
  readonly time: string;
  /** IANA name. */
  readonly zone: string;
  readonly leftOut: readonly DigestPart[];
}

/** A change of the settings. Absent fields stay, or get their defaults in a new inbox. */
export interface InboxChange {
  readonly pace?: DigestPace;
  readonly weekday?: number;
  readonly time?: string;
  readonly zone?: string;
  readonly include?: DigestPart;
  readonly leaveOut?: DigestPart;
}

export interface Inbox extends InboxSettings {
  /** Absent when the digest is off. */
  readonly nextAt?: Date;
}

/** An inbox with a digest to be sent. */
export interface DueInbox extends InboxSettings {
  /** Never used again. */
  readonly id: number;
  readonly person: PersonRef;
  /** Name of the team, as recorded with saves. */
  readonly team: string;
  /** The newest change that was told. */
  readonly changesSeen: number;
  /** The last digest, or when the person asked for them. */
  readonly since: Date;
  /** The slot, which may be long past if the bot was down. */
  readonly due: Date;
  /** True if it goes to the person's e-mail address. */
  readonly isMailed: boolean;
}

/** A composed digest. */
export interface InboxDigest {
  readonly message: Pick<Notice, 'title' | 'card'>;
  /** IDs of the papers in it. */
  readonly papers: readonly string[];
  /** The newest change in it. */
  readonly changesSeen: number;
}

/** Settings, for commands. */
export interface Inboxes {
  /** `undefined` for a person who never asked for a digest. */
  of(person: PersonRef): Promise<Inbox | undefined>;
  /**
   * Turns the digest on, if it is off, with these settings. A digest that begins tells nothing older.
   * @param team name of the person's team, as recorded with saves
   * @param defaultZone of a new inbox
   * @throws UserError if every part is left out
   */
  set(
    person: PersonRef & { readonly team: string },
    change: InboxChange,
    defaultZone: string,
    now: Date,
  ): Promise<Inbox>;
  /** Keeps the settings; a digest that waits is not sent. Returns false if the digest was off already. */
  stop(person: PersonRef): Promise<boolean>;
}

/** What is due, for the sender. */
export interface InboxOutbox {
  /** Returns the first due inbox after this one, in the order of their times, and of one time by team. */
  due(now: Date, after?: Pick<DueInbox, 'id' | 'team' | 'due'>): Promise<DueInbox | undefined>;
  /**
   * The subset of these papers that is new to the person: not saved, in no earlier digest, not told by a
   * watch.
   */
  newTo(inbox: Pick<DueInbox, 'id' | 'person'>, paperIds: readonly string[]): Promise<string[]>;
  /**
   * Adds the digest to the ledger, records its papers and moves on to the next slot, in one transaction.
   * Does nothing if the person changed or stopped the digest meanwhile.
   * @param digest absent when there is nothing to tell
   * @returns false if nothing was done
   */
  put(inbox: DueInbox, digest: InboxDigest | undefined, now: Date): Promise<boolean>;
}
