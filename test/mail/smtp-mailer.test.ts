import { generateKeyPairSync } from 'node:crypto';
import { connect } from 'node:net';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import PostalMime from 'postal-mime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import type { MailMessage } from '../../src/mail/mailer.ts';
import { openSmtpMailer, type SmtpMailerOptions } from '../../src/mail/smtp-mailer.ts';
import { newUnsubscribeToken } from '../../src/mail/unsubscribe.ts';
import { openFakeSmtp, type SmtpFault, type SmtpStage } from '../fakes/smtp/fake-smtp.ts';
import { openScriptedSmtp, type SmtpScript } from '../fakes/smtp/scripted-smtp.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { freePort } from '../support/free-port.ts';

const TOKEN = newUnsubscribeToken();
const MAIL: MailMessage = {
  name: 'digest-7.2026-05-28',
  to: 'ada@lab.example',
  subject: 'Papers – Thursday',
  text: 'Plain text with ü.\n',
  html: '<p>HTML with ü.</p>',
  unsubscribe: { token: TOKEN, baseUrl: 'https://bot.lab.example', address: 'papers@lab.example' },
};
/** For servers that hang: the limits on real time are a minute and more by default. */
const IMPATIENT = { connectMs: 300, greetingMs: 300, silenceMs: 300, sendMs: 900 };
const MINUTE_MS = 60_000;

function openMailer(url: string, options: Partial<SmtpMailerOptions> = {}) {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const mailer = openSmtpMailer({
    url,
    from: { name: 'Paper digest', address: 'papers@lab.example' },
    perHour: 100,
    clock,
    log: silentLog,
    ...options,
  });
  onTestFinished(() => mailer.stop());
  return { mailer, clock };
}

const refuse = (code: number, words: string): SmtpFault => ({ kind: 'refuse', code, words });

async function sendWith(stage: SmtpStage, ...faults: readonly SmtpFault[]) {
  const server = await openFakeSmtp();
  server.fail(stage, ...faults);
  const { mailer } = openMailer(server.url);
  return { outcome: await mailer.send(MAIL), server, mailer };
}

async function sendTo(script: SmtpScript, options: Partial<SmtpMailerOptions> = {}) {
  const { mailer } = openMailer(await openScriptedSmtp(script), options);
  return mailer.send(MAIL);
}

describe('a mail that a server takes', () => {
  it('arrives as plain text and HTML, with the headers that end the digest', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(server.url);
    expect(await mailer.send(MAIL)).toEqual({ result: 'sent' });
    const [received] = server.received;
    expect(received).toMatchObject({ from: 'papers@lab.example', to: ['ada@lab.example'] });
    const mail = await PostalMime.parse(received?.raw ?? '');
    const header = (key: string) => mail.headers.find((each) => each.key === key)?.value;
    expect(mail).toMatchObject({
      from: { name: 'Paper digest', address: 'papers@lab.example' },
      subject: 'Papers – Thursday',
      messageId: '<digest-7.2026-05-28@lab.example>',
      text: expect.stringContaining('Plain text with ü.\n'),
      html: expect.stringContaining('<p>HTML with ü.</p>'),
    });
    expect(header('list-unsubscribe')).toBe(
      `<https://bot.lab.example/unsubscribe/${TOKEN}>, <mailto:papers@lab.example?subject=unsubscribe%20${TOKEN}>`,
    );
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(header('auto-submitted')).toBe('auto-generated');
  });

  it('has the same Message-ID each time', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(server.url);
    await mailer.send(MAIL);
    await mailer.send(MAIL);
    const ids = server.received.map(({ raw }) => /^Message-ID: (.+)\r$/m.exec(raw)?.[1]);
    expect(ids).toEqual([mailer.messageId(MAIL.name), mailer.messageId(MAIL.name)]);
  });

  it('counts the mails before a restart towards the limit of an hour', async () => {
    const server = await openFakeSmtp();
    const { mailer, clock } = openMailer(server.url, {
      perHour: 2,
      agesMs: [50 * MINUTE_MS, 10 * MINUTE_MS],
    });
    expect(await mailer.send(MAIL)).toMatchObject({ result: 'later', afterMs: 10 * MINUTE_MS });
    await clock.advance(10 * MINUTE_MS);
    expect(await mailer.send(MAIL)).toEqual({ result: 'sent' });
    expect(await mailer.send(MAIL)).toMatchObject({ result: 'later', afterMs: 40 * MINUTE_MS });
  });

  it('shares a few connections with other mail', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(server.url);
    const mails = Array.from({ length: 20 }, (_, at) => ({ ...MAIL, name: `mail-${at}` }));
    const outcomes = await Promise.all(mails.map((mail) => mailer.send(mail)));
    expect(outcomes.every(({ result }) => result === 'sent')).toBe(true);
    expect(server.received).toHaveLength(20);
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it('is sent on a new connection after the server has closed the idle one', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(server.url);
    await mailer.send(MAIL);
    server.breakConnections();
    expect(await mailer.send({ ...MAIL, name: 'second' })).toEqual({ result: 'sent' });
    expect(server.received).toHaveLength(2);
  });
});

describe('a mail that a server rejects', () => {
  it.each([
    ['recipient', refuse(550, '5.1.1 No such user'), 'address', 'hard'],
    ['recipient', refuse(550, '5.2.2 Mailbox full'), 'address', 'soft'],
    ['recipient', refuse(554, '5.7.1 Blocked by policy'), 'address', 'soft'],
    ['answer', refuse(554, '5.7.1 Looks like spam'), 'message', 'soft'],
    ['answer', refuse(552, '5.3.4 Message too big'), 'message', 'soft'],
    ['body', refuse(550, '5.1.1 No such user'), 'message', 'soft'],
  ] as const)('for good at stage %s (%j) is refused by the %s: %s', async (stage, fault, by, verdict) => {
    const { outcome } = await sendWith(stage, fault);
    expect(outcome).toEqual({
      result: 'refused',
      by,
      verdict,
      words: expect.stringContaining(fault.kind === 'refuse' ? fault.words : ''),
    });
  });

  it.each([
    ['recipient', 450, '4.2.1 Greylisted'],
    ['recipient', 451, '4.3.0 Try again later'],
    ['recipient', 452, '4.5.3 Too many recipients'],
    ['recipient', 552, '5.2.2 Storage exceeded'],
    ['recipient', 421, '4.7.0 Too many connections'],
    ['answer', 451, '4.3.0 Local error'],
    ['answer', 421, '4.4.2 Closing'],
    ['sender', 451, '4.7.1 Too fast'],
    ['sender', 550, '5.7.1 Sender not allowed'],
    ['greeting', 421, 'Busy'],
    ['greeting', 554, 'No mail from you'],
  ] as const)('for now at stage %s with %i %s is sent later', async (stage, code, words) => {
    const { outcome, server } = await sendWith(stage, refuse(code, words), refuse(code, words));
    expect(outcome).toMatchObject({ result: 'later', words: expect.stringContaining(words) });
    expect(server.received).toHaveLength(0);
  });

  it('does not end the address when the server does not accept the password', async () => {
    const server = await openFakeSmtp({ allowInsecureAuth: true });
    const { mailer } = openMailer(server.url.replace('//', '//bot:wrong@'));
    expect(await mailer.send(MAIL)).toMatchObject({ result: 'later', words: expect.stringContaining('535') });
  });

  it.each([
    ['450 Greylisted, try again in 300 seconds', 5 * MINUTE_MS],
    ['450 Greylisted for 10 minutes', 10 * MINUTE_MS],
    ['450 Try again in 99999 hours', 4 * 60 * MINUTE_MS],
    ['450 Not now', 5 * MINUTE_MS],
  ])('waits as long as “%s” asks for, within limits', async (reply, afterMs) => {
    expect(await sendTo({ RCPT: reply })).toMatchObject({ result: 'later', afterMs });
  });

  it('does not stop the next mail when it concerns one address', async () => {
    const { mailer, server } = await sendWith('recipient', refuse(550, '5.1.1 No such user'));
    expect(await mailer.send({ ...MAIL, name: 'second' })).toEqual({ result: 'sent' });
    expect(server.received).toHaveLength(1);
  });
});

describe('a mail on a connection that breaks', () => {
  it.each(['greeting', 'sender', 'recipient'] as const)(
    'at stage %s is certainly not sent',
    async (stage) => {
      const { outcome, server } = await sendWith(stage, { kind: 'die' }, { kind: 'die' });
      expect(outcome.result).toBe('later');
      expect(server.received).toHaveLength(0);
    },
  );

  it.each(['EHLO', 'MAIL', 'RCPT', 'DATA'])(
    'instead of the reply to %s is certainly not sent',
    async (command) => {
      expect((await sendTo({ [command]: 'die' })).result).toBe('later');
    },
  );

  it.each(['die', 'hang', 'trickle'] as const)(
    'after the final dot (%s) may have been sent, and is never sent twice',
    async (reply) => {
      expect((await sendTo({ '.': reply }, { timeouts: IMPATIENT })).result).toBe('unknown');
    },
  );

  it('after the server has taken it may have been sent, and the server has it once', async () => {
    const { outcome, server } = await sendWith('answer', { kind: 'die' });
    expect(outcome.result).toBe('unknown');
    expect(server.received).toHaveLength(1);
  });

  it('is certainly not sent when nothing listens', async () => {
    const { mailer } = openMailer(`smtp://127.0.0.1:${await freePort()}`);
    const outcome = await mailer.send(MAIL);
    expect(outcome).toMatchObject({ result: 'later', words: expect.stringContaining('ECONNREFUSED') });
  });

  it('is certainly not sent when the host does not exist', async () => {
    const { mailer } = openMailer('smtp://no-such-host.invalid');
    expect((await mailer.send(MAIL)).result).toBe('later');
  });
});

describe('a server that hangs', () => {
  it.each(['CONNECT', 'EHLO', 'MAIL', 'RCPT', 'DATA'])(
    'at %s is given up after the time limit',
    async (command) => {
      expect((await sendTo({ [command]: 'hang' }, { timeouts: IMPATIENT })).result).toBe('later');
    },
  );

  it.each(['CONNECT', 'EHLO', 'RCPT', 'DATA'])(
    'at %s with a byte now and then is given up after the time limit for a mail',
    async (command) => {
      const outcome = await sendTo({ [command]: 'trickle' }, { timeouts: IMPATIENT });
      expect(outcome.result).toBe('later');
    },
  );

  it('is left alone for a while, so that other mail does not wait for it', async () => {
    const server = await openFakeSmtp();
    server.fail('greeting', { kind: 'hang' });
    const { mailer, clock } = openMailer(server.url, { timeouts: { ...IMPATIENT, sendMs: MINUTE_MS } });
    const first = await mailer.send(MAIL);
    const connections = server.connections();
    expect(first.result === 'later' && first.afterMs).toBeGreaterThan(20_000);
    expect(await mailer.send({ ...MAIL, name: 'second' })).toMatchObject({ result: 'later' });
    expect(server.connections()).toBe(connections);
    await clock.advance(MINUTE_MS);
    expect(await mailer.send({ ...MAIL, name: 'second' })).toEqual({ result: 'sent' });
  });

  it.each(['CONNECT', 'DATA', '.'])('at %s does not delay a stop', async (command) => {
    const seen: string[] = [];
    const url = await openScriptedSmtp({ [command]: 'hang' }, (sent) => void seen.push(sent));
    const { mailer } = openMailer(url, {
      timeouts: { connectMs: MINUTE_MS, greetingMs: MINUTE_MS, silenceMs: MINUTE_MS, sendMs: MINUTE_MS },
    });
    const sending = mailer.send(MAIL);
    await expect.poll(() => seen).toContain(command);
    const started = performance.now();
    await mailer.stop();
    // A stop that waits for the server takes the minute of its limits.
    expect(performance.now() - started).toBeLessThan(MINUTE_MS / 2);
    expect((await sending).result).toBe(command === '.' ? 'unknown' : 'later');
  });
});

describe('the mailer', () => {
  it('sends no more than the limit of an hour, and says when it sends again', async () => {
    const server = await openFakeSmtp();
    const { mailer, clock } = openMailer(server.url, { perHour: 2 });
    const send = (name: string) => mailer.send({ ...MAIL, name });
    await send('a');
    await clock.advance(10 * MINUTE_MS);
    await send('b');
    expect(await send('c')).toMatchObject({ result: 'later', afterMs: 50 * MINUTE_MS });
    expect(server.received).toHaveLength(2);
    await clock.advance(50 * MINUTE_MS);
    expect(await send('c')).toEqual({ result: 'sent' });
  });

  it('checks the server and the password without sending a mail', async () => {
    const server = await openFakeSmtp({ allowInsecureAuth: true });
    const check = (user: string) => openMailer(server.url.replace('//', `//${user}@`)).mailer.check();
    expect(await check('bot:secret')).toBeUndefined();
    expect(await check('bot:wrong')).toContain('535');
    expect(await openMailer(`smtp://127.0.0.1:${await freePort()}`).mailer.check()).toContain('ECONNREFUSED');
    expect(server.received).toHaveLength(0);
  });

  it('sends nothing after a stop', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(server.url);
    await mailer.stop();
    expect((await mailer.send(MAIL)).result).toBe('later');
    expect(server.connections()).toBe(0);
  });

  it('sends nothing once the caller has given up', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(server.url);
    expect((await mailer.send(MAIL, AbortSignal.abort())).result).toBe('later');
    expect(server.received).toHaveLength(0);
  });

  it.each(['a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', 'Ada <a@b.example>', 'a', ''])(
    'does not accept “%s” as one address',
    async (to) => {
      const server = await openFakeSmtp();
      const { mailer } = openMailer(server.url);
      expect(() => mailer.send({ ...MAIL, to })).toThrow('not one address');
      expect(server.connections()).toBe(0);
    },
  );

  it('keeps a subject from beginning another header', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(server.url);
    await mailer.send({ ...MAIL, subject: 'Papers\r\nBcc: eve@evil.example' });
    const mail = await PostalMime.parse(server.received[0]?.raw ?? '');
    expect(mail.bcc).toBeUndefined();
    expect(server.received[0]?.to).toEqual(['ada@lab.example']);
  });

  it('keeps a line with a dot in the text', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(server.url);
    await mailer.send({ ...MAIL, text: 'one\n.\ntwo\n..\n' });
    expect((await PostalMime.parse(server.received[0]?.raw ?? '')).text?.trimEnd()).toBe('one\n.\ntwo\n..');
  });
});

describe('a connection', () => {
  const TRUSTING = 'tls.rejectUnauthorized=false';

  it('is encrypted with smtps', async () => {
    const server = await openFakeSmtp({ secure: true });
    const { mailer } = openMailer(`${server.url}?${TRUSTING}`);
    expect(await mailer.send(MAIL)).toEqual({ result: 'sent' });
    expect(server.received[0]?.wasEncrypted).toBe(true);
  });

  it('to a server on this machine does without a certificate that nobody vouches for', async () => {
    const server = await openFakeSmtp({ hideSTARTTLS: false });
    const { mailer } = openMailer(server.url);
    expect(await mailer.send(MAIL)).toEqual({ result: 'sent' });
    expect(server.received[0]?.wasEncrypted).toBe(false);
  });

  it('is encrypted with STARTTLS if the address asks for it', async () => {
    const server = await openFakeSmtp({ hideSTARTTLS: false });
    const { mailer } = openMailer(`${server.url}?requireTLS=true&${TRUSTING}`);
    expect(await mailer.send(MAIL)).toEqual({ result: 'sent' });
    expect(server.received[0]?.wasEncrypted).toBe(true);
  });

  it('is not used if nobody vouches for the server', async () => {
    const server = await openFakeSmtp({ secure: true });
    const { mailer } = openMailer(server.url);
    expect(await mailer.send(MAIL)).toMatchObject({
      result: 'later',
      words: expect.stringMatching(/certificate/),
    });
  });

  it('is not used without encryption if the address asks for it', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(`${server.url}?requireTLS=true`);
    expect((await mailer.send(MAIL)).result).toBe('later');
    expect(server.received).toHaveLength(0);
  });

  it('sends no password without encryption to another machine', async () => {
    const passwords: unknown[] = [];
    const server = await openFakeSmtp({
      allowInsecureAuth: true,
      onAuth: ({ password }, _, done) => {
        passwords.push(password);
        done(null, { user: 'bot' });
      },
    });
    // An address that counts as another machine and leads to this one.
    const url = `smtp://bot:secret@0.0.0.0:${server.port}`;
    expect((await openMailer(url).mailer.send(MAIL)).result).toBe('later');
    expect(passwords).toEqual([]);
    expect(await openMailer(`${url}?ignoreTLS=true`).mailer.send(MAIL)).toEqual({ result: 'sent' });
    expect(passwords).toEqual(['secret']);
  });

  it('signs in with the user and the password of the address', async () => {
    const server = await openFakeSmtp({ authOptional: false, allowInsecureAuth: true });
    const { mailer } = openMailer(server.url.replace('//', '//bot:secret@'));
    expect(await mailer.send(MAIL)).toEqual({ result: 'sent' });
  });
});

describe('a mail that is signed with DKIM', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dkim = {
    domain: 'lab.example',
    selector: 'bot',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;

  async function verify(raw: string) {
    const { results } = await dkimVerify(raw, {
      resolver: async (name: string) => (name === 'bot._domainkey.lab.example' ? [[record]] : []),
    });
    return results[0];
  }

  it('passes an independent check, which covers both headers of RFC 8058', async () => {
    const server = await openFakeSmtp();
    const { mailer } = openMailer(server.url, { dkim });
    expect(await mailer.send(MAIL)).toEqual({ result: 'sent' });
    const raw = server.received[0]?.raw ?? '';
    const result = await verify(raw);
    expect(result?.status.result).toBe('pass');
    const signed = result?.signingHeaders?.keys?.toLowerCase() ?? '';
    for (const name of ['from', 'subject', 'list-unsubscribe', 'list-unsubscribe-post'])
      expect(signed.split(/\s*[:,]\s*/)).toContain(name);
    const changed = raw.replace('List-Unsubscribe-Post: List-', 'List-Unsubscribe-Post: Xist-');
    expect((await verify(changed))?.status.result).toBe('fail');
  });

  it('may have been sent once the server has taken it, as without a signature', async () => {
    const server = await openFakeSmtp();
    server.fail('answer', { kind: 'die' });
    const { mailer } = openMailer(server.url, { dkim });
    expect((await mailer.send(MAIL)).result).toBe('unknown');
    const before = openMailer(await openScriptedSmtp({ DATA: 'die' }), { dkim });
    expect((await before.mailer.send(MAIL)).result).toBe('later');
  });
});

describe('the fake SMTP server', () => {
  it('speaks the protocol to any client', async () => {
    const server = await openFakeSmtp();
    const socket = connect(server.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const [greeting] = await Promise.all([new Promise((resolve) => socket.once('data', resolve))]);
    expect(String(greeting)).toMatch(/^220 /);
  });
});
