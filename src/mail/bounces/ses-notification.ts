/**
 * Reads notifications of Amazon SES, which arrive as JSON by mail:
 * https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
 */
import { z } from 'zod';
import { compact } from '../../base/compact.ts';
import { failureVerdict } from './failure-reason.ts';
import type { MailReport, ReportedRecipient } from './report.ts';

const recipient = z.object({
  emailAddress: z.string().max(320),
  status: z.string().max(20).optional(),
  diagnosticCode: z.string().max(4_000).optional(),
});

const notification = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z.object({ commonHeaders: z.object({ messageId: z.string() }).partial().optional() }).optional(),
  bounce: z.object({ bounceType: z.string(), bouncedRecipients: z.array(recipient).max(100) }).optional(),
  complaint: z.object({ complainedRecipients: z.array(recipient).max(100) }).optional(),
});

const envelope = z.object({ Message: z.string() });

type Notification = z.infer<typeof notification>;

/** @returns `undefined` for any other text */
export function readSesNotification(text: string): MailReport | undefined {
  if (!/"(?:notificationType|eventType)\\?"/.test(text)) return undefined;
  const outer = parseJson(text);
  const inner = envelope.safeParse(outer);
  const { data } = notification.safeParse(inner.success ? parseJson(inner.data.Message) : outer);
  if (!data) return undefined;
  const recipients = recipientsOf(data);
  const originalMessageId = data.mail?.commonHeaders?.messageId;
  return {
    recipients: recipients.length > 0 ? recipients : [{ verdict: 'none' }],
    ...compact({ originalMessageId }),
  };
}

function recipientsOf({ bounce, complaint }: Notification): ReportedRecipient[] {
  if (complaint) {
    return complaint.complainedRecipients.map(({ emailAddress }) => ({
      address: emailAddress.toLowerCase(),
      verdict: 'complaint',
    }));
  }
  return (bounce?.bouncedRecipients ?? []).map(({ emailAddress, status, diagnosticCode = '' }) => ({
    address: emailAddress.toLowerCase(),
    verdict: verdictOf(bounce?.bounceType, status, diagnosticCode),
    ...compact({ status, words: diagnosticCode || undefined }),
  }));
}

function verdictOf(bounceType = '', status: string | undefined, words: string): 'hard' | 'soft' {
  const isPermanent = bounceType.toLowerCase() === 'permanent';
  if (words === '' && status === undefined) return isPermanent ? 'hard' : 'soft';
  return isPermanent ? failureVerdict({ status, words }) : 'soft';
}

/** SNS writes the JSON on one line and adds a line about unsubscribing; others may indent it. */
function parseJson(text: string): unknown {
  const start = text.indexOf('{');
  const lineEnd = text.indexOf('\n', start);
  const ends = [lineEnd === -1 ? text.length : lineEnd, text.lastIndexOf('}') + 1];
  for (const end of ends) {
    try {
      return JSON.parse(text.slice(start, end));
    } catch {
      // Not the end of the object.
    }
  }
  return undefined;
}
