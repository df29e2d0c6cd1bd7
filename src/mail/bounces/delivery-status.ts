/** Reads delivery status notifications: https://datatracker.ietf.org/doc/html/rfc3464 */
import { compact } from '../../base/compact.ts';
import { failureVerdict } from './failure-reason.ts';
import { addressesIn, fieldOf, type MailField, parseFields } from './mail-parts.ts';
import type { ReportedRecipient, ReportVerdict } from './report.ts';

const MOST_RECIPIENTS = 100;
const MOST_WORDS = 2_000;
const STATUS = /[245]\.\d{1,3}\.\d{1,3}/;
/** Diagnostics of a local program that delivers: not an answer of a mail server. */
const LOCAL_PROGRAM = /^\s*(?:x-unix|x-local)\s*;/i;
const COMMAND_OUTPUT = /command output:/i;

/**
 * @param report text of the parts `message/delivery-status`, or any text that contains their fields
 * @param notice text for people, which often quotes the server in full
 */
export function readDeliveryStatus(report: string, notice: string): ReportedRecipient[] {
  const groups = report.split(/\n[ \t]*\n/).map(parseFields);
  return groups
    .filter(isOfRecipient)
    .slice(0, MOST_RECIPIENTS)
    .map((fields) => toRecipient(fields, notice));
}

function isOfRecipient(fields: readonly MailField[]): boolean {
  const names = (name: string) => fieldOf(fields, name) !== undefined;
  return (names('final-recipient') || names('original-recipient')) && (names('action') || names('status'));
}

function toRecipient(fields: readonly MailField[], notice: string): ReportedRecipient {
  const address = addressOf(fields);
  const status = STATUS.exec(fieldOf(fields, 'status') ?? '')?.[0];
  const diagnostic = (fieldOf(fields, 'diagnostic-code') ?? '').slice(0, MOST_WORDS);
  const verdict = verdictOf(fields, { status, diagnostic, notice, address });
  return { verdict, ...compact({ address, status, words: diagnostic || undefined }) };
}

function addressOf(fields: readonly MailField[]): string | undefined {
  for (const name of ['final-recipient', 'original-recipient', 'x-actual-recipient']) {
    const [address] = addressesIn((fieldOf(fields, name) ?? '').replace(/^[\w-]+\s*;\s*/, ''));
    if (address !== undefined) return address.toLowerCase();
  }
  return undefined;
}

interface Facts {
  readonly status: string | undefined;
  readonly diagnostic: string;
  readonly notice: string;
  readonly address: string | undefined;
}

function verdictOf(
  fields: readonly MailField[],
  { status, diagnostic, notice, address }: Facts,
): ReportVerdict {
  const action = (fieldOf(fields, 'action') ?? '').toLowerCase();
  if (/^delay/.test(action)) return 'delay';
  if (/^(?:deliver|relay|expand)/.test(action)) return 'none';
  if (action === '' && status?.startsWith('2')) return 'none';
  if (!action.startsWith('fail') && status?.startsWith('4')) return 'soft';
  const comment = (fieldOf(fields, 'status') ?? '').replace(STATUS, '');
  const words = `${diagnostic} ${comment}`;
  const isLocalProgram = LOCAL_PROGRAM.test(diagnostic) || COMMAND_OUTPUT.test(diagnostic);
  const command = commandBefore(notice, diagnostic, address);
  if (words.trim().length > 2) return failureVerdict({ status, words, isLocalProgram, command });
  return failureVerdict({ status, words: `${words} ${notice.slice(0, MOST_WORDS)}`, command });
}

const IN_REPLY_TO = /in reply to (?:the )?(?:end of )?([A-Z]{4})(?: TO| FROM)? command/i;
const SENT = /^>>> ([A-Z]{4})/i;

/** The SMTP command that was rejected, from the text of Postfix or the transcript of Sendmail. */
function commandBefore(notice: string, diagnostic: string, address = ''): string | undefined {
  const named = IN_REPLY_TO.exec(diagnostic)?.[1];
  if (named !== undefined) return named.toUpperCase();
  let command: string | undefined;
  const [local = ''] = address.split('@');
  for (const line of notice.split('\n')) {
    command = SENT.exec(line)?.[1]?.toUpperCase() ?? command;
    if (local !== '' && line.startsWith('<<< ') && line.toLowerCase().includes(local)) return command;
  }
  return undefined;
}
