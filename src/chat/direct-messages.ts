/**
 * Private messages: their addresses, and what happened to one that was sent by e-mail. Adapters look up the
 * channel, which need not exist yet.
 */
import type { PersonRef } from './caller.ts';
import type { ChannelRef } from './refs.ts';

export function directMessagesTo({ platform, workspace, person }: PersonRef): ChannelRef {
  return { platform, workspace, channel: `@${person}` };
}

/** The person of such an address; `undefined` for a channel. */
export function recipientOf({ channel }: ChannelRef): string | undefined {
  return channel.startsWith('@') ? channel.slice(1) : undefined;
}

/** The platform of e-mail. Its channels are the ids of confirmed addresses. */
export const EMAIL = 'email';

export function mailTo(addressId: string): ChannelRef {
  return { platform: EMAIL, workspace: EMAIL, channel: addressId };
}

/** `hard`: mail to this address will never arrive. `soft`: this message did not arrive. */
export type FailureVerdict = 'hard' | 'soft';

export type MailOutcome =
  /** A server has taken the mail. It may still bounce. */
  | { readonly result: 'sent' }
  /**
   * The server will never take it. With `hard`, the address does not exist; with `soft`, this mail or this
   * sender is not welcome.
   */
  | {
      readonly result: 'refused';
      readonly by: 'address' | 'message';
      readonly verdict: FailureVerdict;
      /** What the server said. */
      readonly words: string;
    }
  /**
   * Certainly not sent. Send it again, but not before `afterMs` milliseconds. `holdsAll` if no other mail
   * would be taken before that either.
   */
  | {
      readonly result: 'later';
      readonly afterMs: number;
      readonly holdsAll: boolean;
      readonly words: string;
    }
  /** It may have been sent, or not: the connection was lost after the whole mail was handed over. */
  | { readonly result: 'unknown'; readonly words: string };

/** `gone`: nothing was sent, because the person gets no more e-mail. */
export type DeliveryOutcome = MailOutcome | { readonly result: 'gone' };
