/** Posts private messages by e-mail. The channel is the id of a person's address. */
import { messageOf } from '../../base/errors.ts';
import type { Card } from '../../chat/card.ts';
import { type DeliveryOutcome, EMAIL } from '../../chat/direct-messages.ts';
import type { PostingLimits, PostingPort, Review, SendFailure } from '../../chat/port.ts';
import type { ChannelRef } from '../../chat/refs.ts';

export interface EmailOptions {
  /** @param key names the mail */
  deliver(to: ChannelRef, card: Card, key: string): Promise<DeliveryOutcome>;
  /** True if a server may have the mail. */
  wasHandedOver(key: string): Promise<boolean>;
  /** A direct message about a mail that may not have been sent; `undefined` if the address is gone. */
  noteOf(to: ChannelRef, key: string): Promise<Review['tell']>;
  /** The Message-ID of a mail. */
  messageId(key: string): string;
  stop(): Promise<void>;
}

/** As many at once as the mailer has connections, so that none waits in front of it. */
const POSTING_LIMITS: PostingLimits = { perSecond: 50, inFlight: 2, perWorkspace: 2 };

class MailFailure extends Error {
  readonly outcome: Exclude<DeliveryOutcome, { result: 'sent' }>;

  constructor(outcome: Exclude<DeliveryOutcome, { result: 'sent' }>) {
    super('words' in outcome ? outcome.words : 'The person gets no more e-mail.');
    this.outcome = outcome;
  }
}

export function openEmail({ deliver, wasHandedOver, noteOf, messageId, stop }: EmailOptions): PostingPort {
  return {
    platform: EMAIL,
    takesReactions: false,
    limits: POSTING_LIMITS,
    start: async () => undefined,
    // Each mail finds out by itself, and a server that is down must not stop the chat.
    isConnected: () => true,
    stop,

    async post(channel, card, { key }) {
      const outcome = await deliver(channel, card, key);
      if (outcome.result !== 'sent') throw new MailFailure(outcome);
      return { ...channel, message: messageId(key) };
    },

    classifyError: (error) =>
      // Anything else has failed before the mail was given to the server.
      error instanceof MailFailure
        ? failureOf(error.outcome)
        : { kind: 'not-sent', reason: messageOf(error) },

    // A server may deliver the same Message-ID twice, and a mailbox cannot be read back. But a mail that was
    // never handed over certainly does not exist.
    idempotencyWindowMs: async () => 0,
    canFind: async (_, key) => !(await wasHandedOver(key)),
    findPosted: async () => undefined,
    async reviewOf(channel, key) {
      const tell = await noteOf(channel, key);
      const advice = `it may have been sent, which the mail server did not confirm. Look for ${messageId(key)} in its log, then retry or drop it`;
      return { advice, ...(tell && { tell }) };
    },

    // Nothing but private messages is posted here.
    startsThreads: async () => false,
    openThread: () => Promise.reject(new Error('E-mail has no threads')),
    update: () => Promise.reject(new Error('A mail cannot be changed')),
    nameOf: async () => undefined,
    aboutOf: async () => undefined,
    visibleTo: async () => [],
    sendDirectMessage: async () => false,
    readPast: async () => ({ refusal: 'The bot cannot read a mailbox.' }),
  };
}

function failureOf(outcome: MailFailure['outcome']): SendFailure {
  switch (outcome.result) {
    case 'gone':
      return {
        kind: 'permanent',
        of: 'place',
        isGone: true,
        reason: 'digests are no longer sent to this address',
      };
    case 'refused':
      return {
        kind: 'permanent',
        of: outcome.by === 'address' ? 'place' : 'message',
        reason: `the mail server refused it: “${outcome.words}”`,
        ...(outcome.verdict === 'hard' && { isGone: true as const }),
      };
    case 'later':
      return outcome.holdsAll
        ? { kind: 'rate-limited', retryAfterMs: outcome.afterMs, everywhere: true }
        : { kind: 'not-sent', retryAfterMs: outcome.afterMs, reason: outcome.words };
    case 'unknown':
      return { kind: 'ambiguous', reason: outcome.words };
  }
}
