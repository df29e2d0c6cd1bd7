/** Acts on bounces and complaints about digests. */
import { readMailReport } from '../mail/bounces/read-report.ts';
import type { ReportedRecipient } from '../mail/bounces/report.ts';
import type { Clock } from '../time/clock.ts';
import type { AddressSeal } from './address-seal.ts';
import type { MailAddresses, MailEnd } from './mail-address.ts';
import { endNotice } from './mail-delivery.ts';

export type ReportOutcome =
  /** Nothing more is sent to the address. */
  | 'ended'
  /** It had ended before. */
  | 'known'
  /** The mail that it names was not sent to this address. */
  | 'foreign'
  /** A delay, a full mailbox, an absence note, or no report. */
  | 'harmless';

interface ReportOptions {
  readonly addresses: Pick<MailAddresses, 'sentTo' | 'end'>;
  readonly seal: AddressSeal;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Anyone can send a report, so it counts only if it has the Message-ID of a digest to the address that it is
 * about. That ID is random and known only to those who handled the mail.
 * @param raw message as a mail server passes it on, or a notification as JSON
 */
export async function actOnReport(
  { addresses, seal, clock }: ReportOptions,
  raw: Uint8Array,
): Promise<ReportOutcome> {
  const { recipients, originalMessageId = '' } = await readMailReport(raw);
  const ends = recipients.flatMap((recipient) => {
    const end = endOf(recipient);
    return end ? [{ end, named: recipient.address }] : [];
  });
  if (ends.length === 0) return 'harmless';
  const sent = await addresses.sentTo(keyIn(originalMessageId));
  const address = sent && seal.read(sent.address, sent.person);
  if (!sent || address === undefined) return 'foreign';
  const [meant] = ends.filter(({ named }) => named === undefined || named === address.toLowerCase());
  if (!meant) return 'foreign';
  const notice = endNotice(sent.person, meant.end.by, clock.now());
  return (await addresses.end(sent.id, meant.end, notice, keyIn(originalMessageId))) ? 'ended' : 'known';
}

function endOf({ verdict, words = '' }: ReportedRecipient): MailEnd | undefined {
  if (verdict === 'hard') return { by: 'bounce', words };
  return verdict === 'complaint' ? { by: 'complaint', words: '' } : undefined;
}

/** The name of the mail, which is the key of its row in the ledger. */
function keyIn(messageId: string): string {
  return messageId.slice(1, Math.max(1, messageId.lastIndexOf('@')));
}
