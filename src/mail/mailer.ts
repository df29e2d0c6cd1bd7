/** The contract for sending e-mail. */
import type { MailOutcome } from '../chat/direct-messages.ts';

export interface MailMessage {
  /**
   * Names the mail: letters, digits, dots, hyphens and underscores, at most 100 of them. It becomes the first
   * half of the Message-ID. Use the same name to send the same mail again: mailboxes that show each
   * Message-ID once then hide the copy, and a bounce names the mail.
   */
  readonly name: string;
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /**
   * Called after the server has asked for the mail, before any of it is sent. With false, nothing is sent and
   * the outcome is `unknown`.
   */
  readonly mayHandOver?: () => Promise<boolean>;
  /** Absent in mail that people ask for one by one, such as a code. */
  readonly unsubscribe?: UnsubscribeTargets;
}

/** At least one address of the two: https://datatracker.ietf.org/doc/html/rfc8058 */
export interface UnsubscribeTargets {
  /** From `newUnsubscribeToken`; the same in every mail of a digest to a person. */
  readonly token: string;
  /** Public address of the bot's web server, without a slash at the end. Needs https for one click. */
  readonly baseUrl?: string;
  /** Mailbox for mail that asks to end the digest. */
  readonly address?: string;
}

export interface Mailer {
  /** Address and domain that mail comes from. */
  readonly from: { readonly address: string; readonly domain: string };
  /** The Message-ID of a mail, with angle brackets, for matching it to a bounce. */
  messageId(name: string): string;
  /** Never rejects because of the server. @throws Error if the message is not as the contract says */
  send(message: MailMessage, signal?: AbortSignal): Promise<MailOutcome>;
  /** Connects and signs in. @returns why that failed, in the words of the server or the system */
  check(): Promise<string | undefined>;
  /** Ends within a second. Mail that is being sent gets an outcome: `later` or `unknown`. */
  stop(): Promise<void>;
}
