/** Sends mail through an SMTP server. */
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import DKIM from 'nodemailer/lib/dkim';
import PQueue from 'p-queue';
import type { Logger } from '../base/log.ts';
import type { MailOutcome } from '../chat/direct-messages.ts';
import { backoffDelay } from '../resilience/backoff.ts';
import { abortAfter, withDeadline } from '../resilience/deadline.ts';
import { drainWithin, openInFlight } from '../resilience/in-flight.ts';
import { openPause } from '../resilience/pause.ts';
import { openWindowLimiter } from '../resilience/window-limiter.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { isMailAddress } from './address.ts';
import type { Mailer, MailMessage } from './mailer.ts';
import { failedAttempt } from './smtp-outcome.ts';
import { unsubscribeHeaders } from './unsubscribe.ts';

export interface SmtpMailerOptions {
  /** `smtp://user:password@host:port?option=value`, or `smtps://…`. */
  readonly url: string;
  /** `papers@lab.example` or `Paper digest <papers@lab.example>`. */
  readonly from: { readonly name: string; readonly address: string };
  readonly perHour: number;
  /** Milliseconds since mails of the last hour were sent, if the program was restarted. */
  readonly agesMs?: readonly number[];
  readonly dkim?: DkimKey | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** For tests. */
  readonly timeouts?: SmtpTimeouts;
}

export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  /** RSA, in PEM. */
  readonly privateKey: string;
}

/** In milliseconds, of real time: they limit another machine. */
export interface SmtpTimeouts {
  readonly connectMs: number;
  /** From the connection to the greeting. */
  readonly greetingMs: number;
  /** Without a byte from the server. */
  readonly silenceMs: number;
  /** For a whole mail, against a server that sends a byte now and then. */
  readonly sendMs: number;
}

const TIMEOUTS: SmtpTimeouts = { connectMs: 10_000, greetingMs: 10_000, silenceMs: 30_000, sendMs: 90_000 };

/** A few are enough for a thousand mails an hour, and no provider objects. */
const CONNECTIONS = 2;
const MAILS_PER_CONNECTION = 50;
const IDLE_MS = 30_000;
/** Attempts on a new connection if the old one was closed before a byte of the mail was sent. */
const REQUEUES = 1;
const HOUR_MS = 3_600_000;
/** Greylisting asks for some minutes. */
const MAIL_PAUSE_MS = 5 * 60_000;
const SERVER_PAUSE = { firstMs: 30_000, longestMs: 15 * 60_000 };
const STOP_MS = 800;

/** Both headers of RFC 8058 must be signed, or providers ignore them. */
const SIGNED_HEADERS =
  'from:sender:reply-to:subject:date:message-id:to:mime-version:content-type:content-transfer-encoding:auto-submitted:list-unsubscribe:list-unsubscribe-post';

const NAME = /^[\w.-]{1,100}$/;

export function openSmtpMailer(options: SmtpMailerOptions): Mailer {
  const { url, from, perHour, agesMs, dkim, clock, log, timeouts = TIMEOUTS } = options;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const stopping = new AbortController();
  const inFlight = openInFlight();
  const queue = new PQueue({ concurrency: CONNECTIONS });
  const mayStart = openWindowLimiter(perHour, HOUR_MS, clock, agesMs);
  const serverPause = openPause(clock);
  let serverFailures = 0;
  /** Names of the mails that the client has read to the end. */
  const handedOver = new Set<string>();
  const asksFirst = new Map<string, () => Promise<boolean>>();

  const transport = createTransport({
    pool: true,
    url,
    maxConnections: CONNECTIONS,
    maxMessages: MAILS_PER_CONNECTION,
    maxRequeues: REQUEUES,
    idleTimeout: IDLE_MS,
    connectionTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...tlsOptions(url),
  });
  // The client signals an error on the transport too if a connection breaks while it is idle.
  transport.on('error', () => undefined);
  const signer =
    dkim &&
    new DKIM({
      domainName: dkim.domain,
      keySelector: dkim.selector,
      privateKey: dkim.privateKey,
      headerFieldNames: SIGNED_HEADERS,
    });
  transport.use('stream', (mail, done) => {
    const { messageId = '' } = mail.data;
    mail.message.processFunc((input) => {
      const signed = signer ? signer.sign(input) : input;
      const mayHandOver = asksFirst.get(messageId);
      // The client reads this stream only after the server has asked for the mail.
      const output = mayHandOver ? Readable.from(askFirst(mayHandOver, signed)) : signed;
      output.once('end', () => handedOver.add(messageId));
      return output;
    });
    done();
  });

  const messageId = (name: string) => `<${name}@${domain}>`;

  async function attempt(message: MailMessage, signal: AbortSignal): Promise<MailOutcome> {
    const holdAll = (afterMs: number, words: string) =>
      ({ result: 'later', afterMs, holdsAll: true, words }) as const;
    if (signal.aborted) return holdAll(0, 'The bot is stopping.');
    const paused = serverPause.left();
    if (paused > 0) return holdAll(paused, 'The mail server failed a moment ago.');
    if (!mayStart()) return holdAll(mayStart.leftMs(), 'The limit of mails an hour is reached.');
    const id = messageId(message.name);
    handedOver.delete(id);
    if (message.mayHandOver) asksFirst.set(id, message.mayHandOver);
    try {
      await abortAfter({ ms: timeouts.sendMs, clock: systemClock, signal }, (over) =>
        transport.sendMail({ ...toMail(message, id), signal: over }),
      );
      serverFailures = 0;
      return { result: 'sent' };
    } catch (error) {
      if (error instanceof HeldBack) return { result: 'unknown', words: error.message };
      const failed = failedAttempt(error, { wasHandedOver: handedOver.has(id), pauseMs: MAIL_PAUSE_MS });
      return failed.isServerDown && !signal.aborted ? serverDown(failed.outcome, error) : failed.outcome;
    } finally {
      handedOver.delete(id);
      asksFirst.delete(id);
    }
  }

  /** Holds back other mail for a while, so that each does not wait for the same time-out. */
  function serverDown(outcome: Exclude<MailOutcome, { result: 'sent' }>, error: unknown): MailOutcome {
    serverFailures++;
    serverPause.start(backoffDelay(SERVER_PAUSE, serverFailures));
    log.warn({ err: error, failures: serverFailures }, 'mail: server failed');
    return outcome.result === 'later' ? { ...outcome, afterMs: serverPause.left(), holdsAll: true } : outcome;
  }

  function toMail({ to, subject, text, html, unsubscribe }: MailMessage, id: string) {
    return {
      messageId: id,
      from,
      to: { name: '', address: to },
      subject,
      text,
      html,
      headers: {
        // Keeps absence notes away: https://datatracker.ietf.org/doc/html/rfc3834#section-5
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'OOF, AutoReply',
        ...(unsubscribe && unsubscribeHeaders(unsubscribe)),
      },
    };
  }

  return {
    from: { address: from.address, domain },
    messageId,

    send(message, caller) {
      if (!NAME.test(message.name)) throw new Error(`not a name of a mail: ${message.name}`);
      if (!isMailAddress(message.to)) throw new Error('not one address');
      const signal = caller ? AbortSignal.any([caller, stopping.signal]) : stopping.signal;
      return inFlight.follow(queue.add(() => attempt(message, signal)));
    },

    async check() {
      try {
        await withDeadline({ ms: timeouts.sendMs, clock: systemClock }, () => transport.verify());
        return undefined;
      } catch (error) {
        return failedAttempt(error, { wasHandedOver: false, pauseMs: 0 }).outcome.words;
      }
    },

    async stop() {
      stopping.abort(new Error('The bot is stopping.'));
      await drainWithin(STOP_MS, systemClock, inFlight);
      transport.close();
    },
  };
}

/** Another process may have sent the mail. */
class HeldBack extends Error {
  override readonly name = 'HeldBack';

  constructor() {
    super('another process may have handed the mail over');
  }
}

/** @throws HeldBack before the first byte, if the mail may not be handed over */
async function* askFirst(mayHandOver: () => Promise<boolean>, mail: Readable): AsyncGenerator<Buffer> {
  if (!(await mayHandOver())) throw new HeldBack();
  yield* mail;
}

/**
 * A password is sent only over TLS. A server on this machine needs none, and often has a certificate that
 * nobody vouches for. The address can say otherwise.
 */
function tlsOptions(url: string): { requireTLS?: true; ignoreTLS?: true } {
  const { protocol, username, hostname, searchParams } = new URL(url);
  if (protocol !== 'smtp:' || searchParams.has('ignoreTLS') || searchParams.has('requireTLS')) return {};
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return { ignoreTLS: true };
  return username === '' ? {} : { requireTLS: true };
}
