/** E-mail as a platform for digests. It is no chat, so it is not in the platform list. */
import type { Logger } from '../../base/log.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Config } from '../../config/config.ts';
import type { HandleRequest } from '../../health/http-server.ts';
import { openAddressSeal } from '../../inbox/address-seal.ts';
import { type MailInboxes, openMailInboxes } from '../../inbox/mail-inbox.ts';
import type { Clock } from '../../time/clock.ts';
import type { Sealing } from '../../workspaces/sealing.ts';
import type { Stores } from '../stores.ts';

export interface EmailParts {
  /** For commands. */
  readonly mailInboxes: MailInboxes;
  /** Sends digests. Absent without a mail server. */
  readonly port?: PostingPort;
  /** The page that ends a digest. */
  readonly handleRequest?: HandleRequest;
  stop(): Promise<void>;
}

interface EmailContext {
  readonly stores: Pick<Stores, 'mailAddresses' | 'mailHandOvers'>;
  readonly sealing: Sealing | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

const HOUR_MS = 3_600_000;

/** Loads the mail libraries on demand, because most installations have no mail server. */
export async function openEmailParts(
  { mail, health }: Pick<Config, 'mail' | 'health'>,
  { stores: { mailAddresses: addresses, mailHandOvers: handOvers }, sealing, clock, log }: EmailContext,
): Promise<EmailParts> {
  const seal = openAddressSeal(sealing);
  if (!mail) {
    const mailInboxes = openMailInboxes({ addresses, handOvers, mailer: undefined, seal, clock });
    return { mailInboxes, stop: async () => undefined };
  }
  const { openMailDelivery } = await import('../../inbox/mail-delivery.ts');
  const { openSmtpMailer } = await import('../../mail/smtp-mailer.ts');
  const { openEmail } = await import('../../platforms/email/posting.ts');
  const { createUnsubscribeHandler } = await import('../../mail/unsubscribe.ts');
  const now = clock.now().getTime();
  const sent = await addresses.sentSince(new Date(now - HOUR_MS));
  // Times in the future come from a wrong clock.
  const agesMs = sent.map((at) => Math.max(0, now - at));
  const mailer = openSmtpMailer({ ...mail, agesMs, clock, log });
  const publicUrl = health?.publicUrl;
  const { deliver, noteOf } = openMailDelivery({ addresses, handOvers, mailer, seal, publicUrl, clock, log });
  const stop = () => mailer.stop();
  return {
    mailInboxes: openMailInboxes({ addresses, handOvers, mailer, seal, clock }),
    port: openEmail({ deliver, wasHandedOver: handOvers.has, noteOf, messageId: mailer.messageId, stop }),
    ...(publicUrl !== undefined && {
      handleRequest: createUnsubscribeHandler({ end: (token) => addresses.stopByToken(token) }, log),
    }),
    stop,
  };
}
