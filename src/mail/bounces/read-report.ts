/** Decides for each recipient what a message to the bounce address reports. */
import { compact } from '../../base/compact.ts';
import { readComplaint } from './complaint.ts';
import { readDeliveryStatus } from './delivery-status.ts';
import { allFieldsOf, fieldOf, type MailParts, readMailParts } from './mail-parts.ts';
import { isFromMailSystem, isNotice, readNotice } from './notice.ts';
import type { MailReport, ReportedRecipient } from './report.ts';
import { readSesNotification } from './ses-notification.ts';

const NOTHING: MailReport = { recipients: [{ verdict: 'none' }] };

const BRACE = '{'.charCodeAt(0);
const MOST_JSON = 256 * 1024;

/**
 * @param raw message as it was received, or the JSON of a notification; only its beginning is read if it is
 * very large
 */
export async function readMailReport(raw: Uint8Array): Promise<MailReport> {
  if (raw[0] === BRACE)
    return readSesNotification(new TextDecoder().decode(raw.subarray(0, MOST_JSON))) ?? NOTHING;
  const parts = await readMailParts(raw);
  if (!parts) return NOTHING;
  const notification = readSesNotification(parts.text);
  if (notification) return notification;
  return { recipients: recipientsOf(parts), ...compact({ originalMessageId: originalIdOf(parts) }) };
}

/**
 * Reports for machines count first. Absence notes come last if a mail system wrote the message, because many
 * systems mark bounces like them, unless the subject says so: no such note may end the mail to anyone.
 */
function recipientsOf(parts: MailParts): readonly ReportedRecipient[] {
  const complaints = readComplaint(parts);
  if (complaints.length > 0) return complaints;
  const reported = readDeliveryStatus(parts.deliveryStatus, parts.text);
  if (reported.length > 0) return reported;
  const mayBeNotice = !hasAutoReplySubject(parts) && (isFromMailSystem(parts) || !isAutoReply(parts));
  if (mayBeNotice && isNotice(parts)) {
    const loose = readDeliveryStatus(parts.text, '');
    const noticed = loose.length > 0 ? loose : readNotice(parts);
    if (noticed.length > 0) return parts.isDamaged ? noticed.map(withDoubt) : noticed;
  }
  if (!isAutoReply(parts)) return NOTHING.recipients;
  return [{ verdict: 'auto-reply', ...compact({ address: parts.from || undefined }) }];
}

/** A damaged report is not enough to end the mail to an address. */
function withDoubt(recipient: ReportedRecipient): ReportedRecipient {
  return recipient.verdict === 'hard' ? { ...recipient, verdict: 'soft' } : recipient;
}

const MESSAGE_ID = /<[^<>\s]{1,300}@[^<>\s]{1,300}>/;

/** From the returned message, or from the headers with which an answer names its question. */
function originalIdOf({ original, headers }: MailParts): string | undefined {
  const named = [
    fieldOf(original, 'message-id'),
    ...allFieldsOf(headers, 'in-reply-to'),
    ...allFieldsOf(headers, 'references'),
  ];
  return named.flatMap((value) => MESSAGE_ID.exec(value ?? '')?.[0] ?? [])[0];
}

// Absence notes and other automatic answers: https://datatracker.ietf.org/doc/html/rfc3834

const AUTO_SUBJECT =
  /^\W{0,3}(?:auto(?:matic|mated|matische)?[- ]?(?:reply|response|respon[sd]er|antwort|answer|generated)|auto ?:|autoreply|out[- ]of[- ](?:the[- ])?office|(?:i am|i'm) (?:away|out)|ooo\b|vacation|holiday|on (?:vacation|holiday|leave)|away from|absence|abwesen|automatische? antwort|r[eé]ponse automatique|absence du bureau|respuesta autom[aá]tica|fuera de (?:la )?oficina|risposta automatica|resposta autom[aá]tica|automatisch antwoord|afwezig|自动回复|自動応答|不在)/iu;
const AUTO_SUBJECT_ANYWHERE =
  /\b(?:out of (?:the )?office|automatic reply|auto-?reply|vacation (?:message|reply|notice))\b/i;
const AUTO_TEXT =
  /\b(?:(?:i am|i'm|i will be|i'll be) (?:currently |now )?(?:out of (?:the )?office|away|on (?:vacation|holiday|leave|annual leave)|travel+ing)|out of (?:the )?office (?:until|from|with)|this is an auto(?:matic|mated)(?:ally generated)? (?:reply|response)|limited access to (?:my )?e-?mail)/i;

/** True if the subject alone says so, whatever the rest of the message looks like. */
function hasAutoReplySubject({ subject }: MailParts): boolean {
  return AUTO_SUBJECT.test(subject) || AUTO_SUBJECT_ANYWHERE.test(subject);
}

/** True for an automatic answer; look for a bounce first, because servers mark these like absence notes. */
function isAutoReply(parts: MailParts): boolean {
  const value = (name: string) => (fieldOf(parts.headers, name) ?? '').trim().toLowerCase();
  return (
    hasAutoReplySubject(parts) ||
    value('auto-submitted').startsWith('auto-replied') ||
    /^auto[-_]?reply$/.test(value('precedence')) ||
    /^(?!no$)./.test(value('x-autoreply')) ||
    /^(?!no$)./.test(value('x-autorespond')) ||
    value('x-auto-response-suppress').includes('autoreply-sent') ||
    (AUTO_TEXT.test(parts.text.slice(0, 4_000)) && (isReply(parts) || value('return-path') === '<>'))
  );
}

function isReply({ subject, headers }: MailParts): boolean {
  return /^(?:re|aw|sv|antw)\s*:/i.test(subject) || fieldOf(headers, 'in-reply-to') !== undefined;
}
