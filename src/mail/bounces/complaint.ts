/**
 * Reads complaints of recipients, which providers pass on in the Abuse Reporting Format:
 * https://datatracker.ietf.org/doc/html/rfc5965
 */
import {
  addressesIn,
  allFieldsOf,
  fieldOf,
  type MailField,
  type MailParts,
  parseFields,
} from './mail-parts.ts';
import type { ReportedRecipient } from './report.ts';

/** Feedback that is not a complaint: failed authentication (RFC 6591), and mail that is not spam. */
const NO_COMPLAINT = /^(?:auth-failure|dmarc|not-spam|miscategorized)$/i;
/** Headers with which providers name the person who complained, in reports and in the returned message. */
const RECIPIENT_FIELDS = [
  'original-rcpt-to',
  'original-recipient',
  'removal-recipient',
  'redacted-address',
] as const;
/** Set by Outlook.com, which sends the message alone, without a report. */
const OUTLOOK_RECIPIENT = 'x-hmxmroriginalrecipient';
const MOST_RECIPIENTS = 100;

/** @returns nobody if the message is not feedback; `none` for feedback that is not a complaint */
export function readComplaint({ subject, feedback, original, text }: MailParts): ReportedRecipient[] {
  const fields = parseFields(feedback.replace(/\n[ \t]*\n/g, '\n'));
  const kind = fieldOf(fields, 'feedback-type') ?? looseKind(text, original);
  const outlook = fieldOf(original, OUTLOOK_RECIPIENT);
  const isOutlook = outlook !== undefined && /^\s*complaint about message/i.test(subject);
  if (kind === undefined && !isOutlook) return [];
  const verdict = kind !== undefined && NO_COMPLAINT.test(kind.trim()) ? 'none' : 'complaint';
  const named = RECIPIENT_FIELDS.flatMap((name) => allFieldsOf(fields, name)).flatMap(addressesIn);
  const addresses = named.length > 0 ? named : addressesIn(outlook ?? fieldOf(original, 'to') ?? '');
  const unique = [...new Set(addresses.map((each) => each.toLowerCase()))].slice(0, MOST_RECIPIENTS);
  return unique.length > 0 ? unique.map((address) => ({ address, verdict })) : [{ verdict }];
}

/** Some providers write the report into the text. It needs two of its fields, and the returned message. */
function looseKind(text: string, original: readonly MailField[]): string | undefined {
  if (original.length === 0 || !/^(?:source-ip|user-agent|original-mail-from):/im.test(text))
    return undefined;
  return /^feedback-type:[ \t]*([\w-]+)/im.exec(text)?.[1];
}
