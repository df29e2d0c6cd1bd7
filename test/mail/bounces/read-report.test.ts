import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMailReport } from '../../../src/mail/bounces/read-report.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/mail');
const EXPECTED: Record<string, string[]> = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8'));

const DAEMON = { From: 'Mail Delivery System <MAILER-DAEMON@mx.example>', Subject: 'Undeliverable mail' };

function mail(headers: Readonly<Record<string, string>>, body: string): Uint8Array {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body.replaceAll('\n', '\r\n')}`);
}

/** A complete report, as RFC 3464 defines it. */
function report(fields: string, text = 'Your mail could not be delivered.', headers = {}): Uint8Array {
  const type = { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' };
  const parts = [
    `Content-Type: text/plain\n\n${text}`,
    `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n${fields}`,
    'Content-Type: message/rfc822\n\nTo: ada@lab.example\nMessage-ID: <digest-7@bot.example>\n\nHello',
  ];
  return mail({ ...DAEMON, ...type, ...headers }, `--b\n${parts.join('\n\n--b\n')}\n\n--b--\n`);
}

async function verdictsOf(raw: Uint8Array): Promise<string[]> {
  return (await readMailReport(raw)).recipients.map(({ verdict }) => verdict);
}

describe('recorded messages', () => {
  it.each(Object.keys(EXPECTED))('gets every recipient of %s right', async (file) => {
    expect(await verdictsOf(readFileSync(join(FOLDER, file)))).toEqual(EXPECTED[file]);
  });

  it('has an expected verdict for each of them', () => {
    expect(
      globSync('*.eml', { cwd: FOLDER })
        .map((file) => basename(file))
        .sort(),
    ).toEqual(Object.keys(EXPECTED).sort());
  });
});

describe('a report for machines', () => {
  const of = (action: string, status: string, diagnostic: string) =>
    `Final-Recipient: rfc822; Ada@lab.example\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; ${diagnostic}`;

  it('names the address, the status, the server’s words and the mail that it is about', async () => {
    expect(await readMailReport(report(of('failed', '5.1.1', '550 5.1.1 No such user')))).toEqual({
      recipients: [
        {
          address: 'ada@lab.example',
          verdict: 'hard',
          status: '5.1.1',
          words: 'smtp; 550 5.1.1 No such user',
        },
      ],
      originalMessageId: '<digest-7@bot.example>',
    });
  });

  it.each([
    ['failed', '5.1.2', '550 Host unknown', 'hard'],
    ['failed', '5.1.10', '550 5.1.10 Recipient not found', 'hard'],
    ['failed', '5.2.1', '550 5.2.1 rejected', 'hard'],
    ['failed', '5.4.1', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)', 'hard'],
    ['failed', '5.0.0', '550 5.1.1 The email account that you tried to reach does not exist', 'hard'],
    ['failed', '5.5.0', '550 Requested action not taken: mailbox unavailable', 'hard'],
    ['failed', '5.2.2', '552 5.2.2 Over quota', 'soft'],
    ['failed', '5.1.1', '552 5.1.1 Mailbox is full', 'soft'],
    ['failed', '5.7.1', '550 5.7.1 Message rejected due to local policy', 'soft'],
    ['failed', '5.0.0', '554 5.7.26 Unauthenticated email is not accepted due to DMARC policy', 'soft'],
    ['failed', '5.1.8', '501 5.1.8 Domain of sender address does not exist', 'soft'],
    ['failed', '5.2.1', '550 5.2.1 The account is temporarily disabled', 'soft'],
    ['failed', '4.4.7', '421 Message expired: delivery timed out', 'soft'],
    ['failed', '5.0.0', '550 Something new', 'soft'],
    ['failed', '5.0.0', '450 4.2.1 Mailbox unavailable, greylisted', 'soft'],
    ['delayed', '4.1.1', '450 4.1.1 User unknown', 'delay'],
    ['delayed', '5.1.1', '550 5.1.1 User unknown', 'delay'],
    ['delivered', '2.0.0', '250 OK', 'none'],
    ['relayed', '2.0.0', '250 OK', 'none'],
    ['expanded', '2.0.0', '250 OK', 'none'],
  ])('reads %s with %s and “%s” as %s', async (action, status, diagnostic, verdict) => {
    expect(await verdictsOf(report(of(action, status, diagnostic)))).toEqual([verdict]);
  });

  it('reads each recipient on its own', async () => {
    const second = of('delayed', '4.4.1', '421 later').replace('Ada', 'bob');
    expect(
      (await readMailReport(report(`${of('failed', '5.1.1', 'unknown')}\n\n${second}`))).recipients,
    ).toMatchObject([
      { address: 'ada@lab.example', verdict: 'hard' },
      { address: 'bob@lab.example', verdict: 'delay' },
    ]);
  });

  it('counts although the server marks it as an automatic answer', async () => {
    const headers = { 'Auto-Submitted': 'auto-replied' };
    expect(await verdictsOf(report(of('failed', '5.1.1', 'User unknown'), undefined, headers))).toEqual([
      'hard',
    ]);
  });

  it('is never read as hard if its own part is missing', async () => {
    const headers = {
      ...DAEMON,
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    };
    const body = `--b\nContent-Type: text/plain\n\n${of('failed', '5.1.1', '550 User unknown')}\n--b--`;
    expect(await verdictsOf(mail(headers, body))).toEqual(['soft']);
  });
});

describe('a notice for people', () => {
  /** As servers of several makes and languages write it. */
  it.each([
    [
      '550 5.1.1 <ada@lab.example>: Recipient address rejected: User unknown in local recipient table',
      'hard',
    ],
    ['550 No such user here', 'hard'],
    ['550 Unknown local part ada in <ada@lab.example>', 'hard'],
    ["550 Sorry, I couldn't find any host named lab.example. (#5.1.2)", 'hard'],
    ['Unrouteable address', 'hard'],
    ['No mailbox here by that name', 'hard'],
    ['550 Addressee unknown', 'hard'],
    ['550 Invalid recipient', 'hard'],
    ['550 address invalid', 'hard'],
    ['550 ada@lab.example is not a valid mailbox', 'hard'],
    ['550 not our customer', 'hard'],
    ['550 No one with that email address here', 'hard'],
    ['550 recipient no longer on server', 'hard'],
    ["550 User doesn't exist in this server", 'hard'],
    ['550 User <ada@lab.example> does not exist', 'hard'],
    ['550 Adressat unbekannt', 'hard'],
    ['550 Destinatario desconocido', 'hard'],
    ['550 Destinataire inconnu', 'hard'],
    ['550 Utente sconosciuto', 'hard'],
    ['550 Nie ma takiego konta', 'hard'],
    ['550 This email address is not known to this system', 'hard'],
    ["554 delivery error: This user doesn't have a mail.example account (ada@lab.example)", 'hard'],
    ['The address couldn’t be found. Check it for typos and try again.', 'hard'],
    ['550 No such recipient; retry timeout exceeded', 'hard'],
    ['550 The domain does not accept mail: null MX', 'hard'],
    ['550 User unknown, try again later', 'soft'],
    ['552 mailfolder is full', 'soft'],
    ['User has exhausted allowed storage space', 'soft'],
    ['452 Mailbox size limit exceeded', 'soft'],
    ['550 Benutzer hat zuviele Mails auf dem Server', 'soft'],
    ['550 relay not permitted', 'soft'],
    ['554 Your IP is on the Spamhaus block list', 'soft'],
    ['550 User unknown; or your message looks like spam', 'soft'],
    ['550 User is suspended', 'soft'],
    ['Connection timed out', 'soft'],
    ['retry timeout exceeded', 'soft'],
    ['Temporary lookup failure: host not found, try again', 'soft'],
  ])('reads “%s” as %s', async (words, verdict) => {
    const text = `A message that you sent could not be delivered.\n\n  ada@lab.example\n    ${words}\n`;
    expect(await readMailReport(mail(DAEMON, text))).toMatchObject({
      recipients: [{ address: 'ada@lab.example', verdict }],
    });
  });

  it.each([
    'Message will be retried for 2 more day(s). 450 User unknown',
    'This is a warning message only. You do not need to resend. 550 5.1.1 User unknown',
    'Your message has not yet been delivered. Delivery attempts will continue. No such user',
  ])('never reads a delay as hard: %s', async (words) => {
    const [verdict] = await verdictsOf(
      mail(DAEMON, `${words}\n\n  ada@lab.example\n    550 5.1.1 User unknown\n`),
    );
    expect(['delay', 'soft']).toContain(verdict);
  });

  /** Formats of well-known servers, with the cause before or after the address. */
  it.each([
    ['Unknown user: ada@lab.example\n\nOriginal message follows.\nTo: bob@lab.example', 'hard'],
    ['User mailbox exceeds allowed size: ada@lab.example', 'soft'],
    [
      'Could not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n  ada@lab.example',
      'hard',
    ],
    ['Could not be delivered to: <ada@lab.example>\nAs their mailbox is full.', 'soft'],
    [
      '----- Transcript of session follows -----\n554 <ada@lab.example>... unknown host\n\n----- Unsent message follows -----\nTo: <bob@lab.example>',
      'hard',
    ],
    [
      'SMTP Server <mx.example> rejected recipient <ada@lab.example>\n(following RCPT TO command). It responded: [550 5.1.1 User Unknown]',
      'hard',
    ],
    [
      'Sent <<< RCPT TO:<ada@lab.example>\nReceived >>> 550 5.1.1 <ada@lab.example>... user unknown\nUnable to deliver message to <ada@lab.example>',
      'hard',
    ],
    ['[Status: Error, Address: <ada@lab.example>, ResponseCode 550, 5.1.1 User Unknown]', 'hard'],
    [
      'The group ada@lab.example that you tried to contact may not exist, or you may not have permission.',
      'soft',
    ],
    [
      'Your message did not reach some or all of the intended recipients.\n\n  To: list@lab.example\n\nThe following recipient(s) could not be reached:\n\n      ada@lab.example on 28/05/2026\n            The e-mail account does not exist at the organization this message was sent to.',
      'hard',
    ],
  ])('is read whatever its format: %s', async (text, verdict) => {
    const { recipients } = await readMailReport(mail(DAEMON, `Delivery failed.\n\n${text}\n`));
    expect(recipients).toMatchObject([{ address: 'ada@lab.example', verdict }]);
  });

  it('has a verdict without an address when it names none, and none when a person writes it', async () => {
    const text = 'Your message could not be delivered. Exceeded the number of attempts.\n';
    expect((await readMailReport(mail(DAEMON, text))).recipients).toMatchObject([{ verdict: 'soft' }]);
    const person = { From: 'ada@lab.example', Subject: 'Mail could not be delivered' };
    expect(await verdictsOf(mail(person, text))).toEqual(['none']);
  });

  it('does not read the returned message', async () => {
    const text =
      'Delivery failed.\n\n  ada@lab.example\n    552 Mailbox full\n\n----- Original message -----\nbob@lab.example: 550 User unknown\n';
    expect(await verdictsOf(mail(DAEMON, text))).toEqual(['soft']);
  });

  it('does not take the sender or the administrator for a recipient', async () => {
    const text =
      'From bot@bot.example\nPlease contact <help@mx.example> or <postmaster@mx.example> for assistance.\n\n<ada@lab.example>: User unknown\n';
    const { recipients } = await readMailReport(mail({ ...DAEMON, To: 'bot@bot.example' }, text));
    expect(recipients).toMatchObject([{ address: 'ada@lab.example', verdict: 'hard' }]);
  });
});

describe('an automatic answer', () => {
  it.each([
    { Subject: 'Automatic reply: Papers of the week', 'Return-Path': '<>' },
    { Subject: 'Out of office: Undeliverable', 'Return-Path': '<>' },
    { Subject: 'Abwesenheitsnotiz', 'Auto-Submitted': 'auto-replied' },
    { Subject: 'Réponse automatique : Papers' },
    { Subject: 'Re: Papers', 'Auto-Submitted': 'auto-replied (vacation)' },
    { Subject: 'Re: Papers', Precedence: 'auto_reply' },
    { Subject: 'Mail delivery', 'Auto-Submitted': 'auto-replied', 'Return-Path': '<>' },
    { Subject: 'Delivery failed', 'X-Autoreply': 'yes' },
  ])('is never read as a bounce, whatever it says: %j', async (headers) => {
    const text =
      'I no longer work here. Mail can not be delivered to ada@lab.example: 550 5.1.1 User unknown.\nSend it to the following address:\n\n  bob@lab.example\n';
    const { recipients } = await readMailReport(mail({ From: 'Ada <ada@lab.example>', ...headers }, text));
    expect(recipients).toEqual([{ verdict: 'auto-reply', address: 'ada@lab.example' }]);
  });

  it('names the mail that it answers', async () => {
    const headers = {
      From: 'ada@lab.example',
      Subject: 'Auto: Papers',
      'In-Reply-To': '<digest-7@bot.example>',
    };
    expect(await readMailReport(mail(headers, 'Away.'))).toMatchObject({
      originalMessageId: '<digest-7@bot.example>',
    });
  });
});

describe('a complaint', () => {
  const feedback = (type: string) =>
    mail(
      {
        From: 'feedback@provider.example',
        'Content-Type': 'multipart/report; report-type=feedback-report; boundary=b',
      },
      `--b\nContent-Type: text/plain\n\nAn abuse report.\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: ${type}\nVersion: 1\nOriginal-Rcpt-To: <ada@lab.example>\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <digest-7@bot.example>\n\nHello\n--b--`,
    );

  it.each([
    ['abuse', 'complaint'],
    ['opt-out', 'complaint'],
    ['fraud', 'complaint'],
    ['not-spam', 'none'],
    ['auth-failure', 'none'],
  ])('of type %s is read as %s', async (type, verdict) => {
    expect(await readMailReport(feedback(type))).toEqual({
      recipients: [{ verdict, address: 'ada@lab.example' }],
      originalMessageId: '<digest-7@bot.example>',
    });
  });
});

describe('a notification of Amazon SES', () => {
  const notification = (body: object) =>
    mail(
      { From: 'no-reply@sns.amazonaws.com', Subject: 'AWS Notification Message' },
      `${JSON.stringify({ mail: { commonHeaders: { messageId: '<digest-7@bot.example>' } }, ...body })}\n\n--\nTo stop, see {this}`,
    );
  const recipient = {
    emailAddress: 'Ada@lab.example',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  };

  it.each([
    [
      { notificationType: 'Bounce', bounce: { bounceType: 'Permanent', bouncedRecipients: [recipient] } },
      'hard',
    ],
    [
      { notificationType: 'Bounce', bounce: { bounceType: 'Transient', bouncedRecipients: [recipient] } },
      'soft',
    ],
    [{ eventType: 'Complaint', complaint: { complainedRecipients: [recipient] } }, 'complaint'],
    [{ notificationType: 'Delivery', delivery: { recipients: ['ada@lab.example'] } }, 'none'],
  ])('%j is read as %s', async (body, verdict) => {
    const { recipients } = await readMailReport(notification(body));
    expect(recipients).toMatchObject([{ verdict }]);
  });
});

it('reads a message of a person as none', async () => {
  expect(
    await verdictsOf(mail({ From: 'ada@lab.example', Subject: 'Thank you' }, 'User unknown. 550 5.1.1')),
  ).toEqual(['none']);
});
