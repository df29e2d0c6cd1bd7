/** The contract of the readers in this folder. */

/**
 * - `hard`: the address does not exist. Send nothing more.
 * - `soft`: a server did not take this message: full mailbox, policy, time-out. The address may be good.
 * - `delay`: the message is still waiting to be delivered.
 * - `complaint`: the recipient reported the message as spam. Send nothing more.
 * - `auto-reply`: an absence note or another automatic answer; the message arrived.
 * - `none`: anything else, including reports of success.
 */
export type ReportVerdict = 'hard' | 'complaint' | 'soft' | 'delay' | 'auto-reply' | 'none';

export interface ReportedRecipient {
  /** In lower case. Absent if the report does not name it: then `originalMessageId` may. */
  readonly address?: string;
  readonly verdict: ReportVerdict;
  /** Enhanced status code: https://datatracker.ietf.org/doc/html/rfc3463 */
  readonly status?: string;
  /** What the server said, shortened. */
  readonly words?: string;
}

export interface MailReport {
  /** At least one; several with `none` if a message could be delivered to them. */
  readonly recipients: readonly ReportedRecipient[];
  /**
   * Message-ID of the mail that the report is about, with angle brackets. Anyone can send a forged report, so
   * act on one only if this is the Message-ID of a mail that was sent to this address.
   */
  readonly originalMessageId?: string;
}
