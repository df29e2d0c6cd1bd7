/** Decides from an error of the SMTP client what happened to the mail. */
import { messageOf } from '../base/errors.ts';
import type { MailOutcome } from '../chat/direct-messages.ts';
import { failureVerdict } from './bounces/failure-reason.ts';

export interface Attempt {
  /** True once the client has read the whole mail, so that the final dot may have been sent. */
  readonly wasHandedOver: boolean;
  /** Milliseconds before the next attempt if the server names no time. */
  readonly pauseMs: number;
}

export interface FailedAttempt {
  readonly outcome: Exclude<MailOutcome, { result: 'sent' }>;
  /** The server takes no mail at all now, so that other mail would fail too. */
  readonly isServerDown: boolean;
}

/** The fields that nodemailer sets on its errors. */
interface SmtpError {
  readonly code?: unknown;
  /** `CONN`, `EHLO`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`, `API`, … */
  readonly command?: unknown;
  readonly response?: unknown;
  readonly responseCode?: unknown;
}

const MOST_WORDS = 300;
/** The session was in a wrong state; a new connection helps. */
const WRONG_STATE = 503;
/** The server is about to close the connection: https://datatracker.ietf.org/doc/html/rfc5321#section-3.8 */
const CLOSING = 421;
/** Too much mail or disk space for now, although some servers answer 552: RFC 5321, 4.5.3.1.10 */
const TOO_MUCH = 552;

export function failedAttempt(error: unknown, { wasHandedOver, pauseMs }: Attempt): FailedAttempt {
  const { code, command, response, responseCode } = fieldsOf(error);
  const words = wordsOf(error, response);
  const later = (isServerDown: boolean): FailedAttempt => ({
    outcome: { result: 'later', afterMs: askedPauseMs(words) ?? pauseMs, holdsAll: false, words },
    isServerDown,
  });
  const refused = (by: 'address' | 'message'): FailedAttempt => ({
    outcome: { result: 'refused', by, verdict: by === 'address' ? verdictOn(words) : 'soft', words },
    isServerDown: false,
  });
  if (typeof responseCode === 'number' && responseCode >= 400) {
    if (command === 'RCPT TO' && isForGood(responseCode) && responseCode !== TOO_MUCH)
      return refused('address');
    if (command === 'DATA' && isForGood(responseCode)) return refused('message');
    // Anything else that is refused is about this sender: sign-in, address of the sender, the connection.
    return later(responseCode === CLOSING || (command !== 'RCPT TO' && command !== 'DATA'));
  }
  // Found by the client itself: an address that no server takes, or more than the server's limit.
  if (code === 'EENVELOPE') return refused('address');
  if (code === 'EMESSAGE') return refused('message');
  return wasHandedOver ? { outcome: { result: 'unknown', words }, isServerDown: true } : later(true);
}

function isForGood(responseCode: number): boolean {
  return responseCode >= 500 && responseCode !== WRONG_STATE;
}

function verdictOn(words: string): 'hard' | 'soft' {
  return failureVerdict({ words, command: 'RCPT' });
}

function fieldsOf(error: unknown): SmtpError {
  return typeof error === 'object' && error !== null ? error : {};
}

function wordsOf(error: unknown, response: unknown): string {
  const words = typeof response === 'string' && response !== '' ? response : messageOf(error);
  return words.replace(/\s+/g, ' ').trim().slice(0, MOST_WORDS);
}

const ASKED_PAUSE =
  /\b(?:try|retry|wait|greylisted|come back|again|available)\b[^\d\n]{0,40}(\d{1,5})\s?(s|sec|m|min|h)(?:ond|ute|our)?s?\b/i;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};
const LONGEST_ASKED_MS = 4 * 3_600_000;

/** The time that a server names, such as “try again in 300 seconds”. */
function askedPauseMs(words: string): number | undefined {
  const [, amount, unit = ''] = ASKED_PAUSE.exec(words) ?? [];
  const unitMs = UNIT_MS[unit.toLowerCase()];
  return amount === undefined || unitMs === undefined
    ? undefined
    : Math.min(Number(amount) * unitMs, LONGEST_ASKED_MS);
}
