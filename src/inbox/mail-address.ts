/** E-mail addresses of people: nothing but a code is sent to one before it is confirmed. */
import type { PersonRef } from '../chat/caller.ts';
import type { Notice } from '../delivery/ledger/notice.ts';

/** Why nothing more is sent to an address: it does not exist, or a mail was reported as spam. */
export type MailEndReason = 'bounce' | 'complaint';

export interface MailEnd {
  readonly by: MailEndReason;
  /** What the server said; empty if nothing. */
  readonly words: string;
}

/** A confirmed address. */
export interface MailAddress {
  /** Random, and never used again. */
  readonly id: string;
  readonly person: PersonRef;
  /** As `AddressSeal` keeps it. */
  readonly address: Uint8Array;
  /** In the links that end the digest. */
  readonly token: string;
  /** Absent while digests are sent to it. */
  readonly end?: MailEnd;
}

export interface NewMailCode {
  readonly person: PersonRef;
  readonly address: Uint8Array;
  readonly addressHash: Uint8Array;
  readonly code: string;
}

/** `limitOf`: who had as many codes as are allowed in an hour. */
export type AddedCode =
  | { readonly id: number }
  | { readonly limitOf: 'person' | 'address'; readonly waitMs: number };

export type CodeOutcome =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'wrong'; readonly left: number }
  /** The code is too old, was tried too often, or was never asked for. */
  | { readonly kind: 'none' };

export const CODE_MINUTES = 30;
export const MOST_TRIES = 5;
/** Codes in an hour. An address gets fewer, because it may be a stranger's. */
export const MOST_CODES = { ofPerson: 5, ofAddress: 3 } as const;

/** Stores addresses and codes. Runs in the store thread. */
export interface MailAddresses {
  ofPerson(person: PersonRef): Promise<MailAddress | undefined>;
  find(id: string): Promise<MailAddress | undefined>;
  /** Replaces the person's earlier code, unless they or the address had too many. */
  addCode(code: NewMailCode, now: Date): Promise<AddedCode>;
  /** For a code that was not sent: it does not count. */
  dropCode(id: number): Promise<void>;
  /** Deletes codes that no longer count, with their addresses. */
  forgetCodes(now: Date): Promise<void>;
  /**
   * Compares a typed code with the person's last one. The right one replaces the person's address, and
   * digests that wait for the old one are sent to the new one.
   * @param fresh id and token for the address
   */
  tryCode(
    person: PersonRef,
    code: string,
    fresh: Pick<MailAddress, 'id' | 'token'>,
    now: Date,
  ): Promise<CodeOutcome>;
  /**
   * Deletes the person's address. What waits for it is sent by direct message. Returns false if there was
   * none.
   */
  remove(person: PersonRef): Promise<boolean>;
  /**
   * Stops the digest of the person with this token. The address stays, for a new start.
   * @returns false if nobody has this token
   */
  stopByToken(token: string): Promise<boolean>;
  /**
   * Ends the mail to an address, and tells the person. If the address does not exist, digests come by direct
   * message instead, also the one that came back. After a complaint there are none.
   * @param key of that digest in the ledger
   * @returns false if it had ended before
   */
  end(id: string, end: MailEnd, notice: Notice, key: string): Promise<boolean>;
  /** Times of all mails since an instant, also of codes, in milliseconds since 1970. */
  sentSince(instant: Date): Promise<number[]>;
  /** The address that a mail was sent to, by the key of its row in the ledger. */
  sentTo(key: string): Promise<MailAddress | undefined>;
}
