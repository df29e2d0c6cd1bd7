import PostalMime from 'postal-mime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import { startHttpServer } from '../../src/health/http-server.ts';
import { createUnsubscribeHandler } from '../../src/mail/unsubscribe.ts';
import { openPersonalData } from '../../src/privacy/personal-data-store.ts';
import { openSealing } from '../../src/workspaces/sealing.ts';
import { openWorkspaceStore } from '../../src/workspaces/workspace-store.ts';
import { openFakeSmtp } from '../fakes/smtp/fake-smtp.ts';
import { everythingIn } from '../support/database.ts';
import { openMailFrame, PUBLIC_URL } from '../support/mail-frame.ts';

const DAY = '2026-05-29';
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

async function open(options: Partial<Parameters<typeof openMailFrame>[0]> = {}) {
  const smtp = await openFakeSmtp();
  const frame = await openMailFrame({ url: smtp.url, ...options });
  return { smtp, ...frame };
}

type Frame = Awaited<ReturnType<typeof open>>;

/** Ada has a digest by e-mail, which is in the ledger now. */
async function openWithDigest(options: Partial<Parameters<typeof openMailFrame>[0]> = {}) {
  const frame = await open(options);
  await frame.subscribe('ada');
  const { id, token } = await frame.confirm('ada');
  await frame.list(DAY, 3);
  expect(await frame.morning()).toBe(1);
  return { ...frame, id, token };
}

async function deliver(frame: Pick<Frame, 'start' | 'until' | 'isSettled'>): Promise<void> {
  const engine = await frame.start();
  await engine.tick();
  await frame.until(frame.isSettled);
}

const messageIdIn = (raw: string) => /^Message-ID: (<[^>]+>)/im.exec(raw)?.[1] ?? '';

/** A report for machines, as a mail server sends it. */
function bounceOf(
  messageId: string,
  { to = 'ada@lab.example', status = '5.1.1', action = 'failed' } = {},
): string {
  return [
    'From: MAILER-DAEMON@mx.lab.example',
    'To: papers@bot.lab.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    'MIME-Version: 1.0',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'This is the mail system.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.lab.example',
    '',
    `Final-Recipient: rfc822; ${to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${action === 'failed' ? '550' : '451'} ${status} User unknown`,
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${messageId}`,
    `To: ${to}`,
    'Subject: Your digest',
    '',
    'x',
    '--b--',
    '',
  ].join('\r\n');
}

function complaintOf(messageId: string): string {
  return [
    'From: feedback@mailbox.example',
    'To: papers@bot.lab.example',
    'Subject: FW: Your digest',
    'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
    'MIME-Version: 1.0',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'This is a report.',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: Reporter/1',
    'Version: 1',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${messageId}`,
    'Subject: Your digest',
    '',
    'x',
    '--b--',
    '',
  ].join('\r\n');
}

const AWAY = (messageId: string) =>
  `From: ada@lab.example\r\nSubject: Automatic reply: Your digest\r\nAuto-Submitted: auto-replied\r\nIn-Reply-To: ${messageId}\r\n\r\nI am away. 550 5.1.1 user unknown\r\n`;

describe('a digest by e-mail', () => {
  it('arrives once, with its papers, their authors and links, and the headers that end it', async () => {
    const frame = await openWithDigest();
    await deliver(frame);
    expect(frame.messages()).toEqual([]);
    expect(frame.smtp.received).toHaveLength(1);
    const mail = await PostalMime.parse(frame.smtp.received[0]?.raw ?? '');
    expect(frame.smtp.received[0]?.to).toEqual(['ada@lab.example']);
    expect(mail.subject).toBe(`Your digest · Friday 29 May: Paper 0 of ${DAY}, and 2 more`);
    expect(mail.text).toMatch(
      /^YOUR DIGEST · FRIDAY 29 MAY\n\n3 papers\.\n\nTrending papers\n=+\n\n\* Paper 0/,
    );
    expect(mail.html).toContain('href="https://arxiv.org/abs/2605.29000"');
    expect(mail.text).toContain(`Unsubscribe: ${PUBLIC_URL}/unsubscribe/${frame.token}`);
    const header = (key: string) => mail.headers.find((each) => each.key === key)?.value;
    expect(header('list-unsubscribe')).toBe(`<${PUBLIC_URL}/unsubscribe/${frame.token}>`);
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(mail.text).toMatch(
      /In the\s+chat,\s+you\s+can\s+type\s+\/papers digest\s+\(change\s+or\s+stop\s+the\s+digest\)\./,
    );
  });

  it('has no link and no header that cannot work without a public address', async () => {
    const frame = await openWithDigest({ publicUrl: undefined });
    await deliver(frame);
    const [{ raw } = { raw: '' }] = frame.smtp.received;
    expect(raw).not.toMatch(/unsubscribe/i);
    expect(raw).toContain('/papers digest');
  });

  it('goes to a person’s own address, while others get theirs by direct message', async () => {
    const frame = await open();
    for (const name of ['ada', 'alan', 'grace']) await frame.subscribe(name);
    await frame.confirm('ada');
    await frame.confirm('grace', 'grace@navy.example');
    await frame.list(DAY, 3);
    await frame.morning();
    await deliver(frame);
    expect(frame.smtp.received.map(({ to }) => to[0]).toSorted()).toEqual([
      'ada@lab.example',
      'grace@navy.example',
    ]);
    expect(frame.messages().map((text) => text.split(':')[0])).toEqual(['@alan']);
  });

  it('that waits is sent by direct message if the person changes to it', async () => {
    const frame = await openWithDigest();
    await frame.mailInboxes.leave(frame.person('ada'));
    await deliver(frame);
    expect(frame.smtp.received).toEqual([]);
    expect(frame.messages()).toEqual([expect.stringContaining(`@ada: Your digest`)]);
  });

  it('that waits is not sent once the person has stopped it', async () => {
    const frame = await openWithDigest();
    await frame.stop('ada');
    expect(frame.rows()).toEqual([]);
  });

  it('that waits is sent to the new address if the person gives another one', async () => {
    const frame = await openWithDigest();
    await frame.confirm('ada', 'ada@new.example');
    await deliver(frame);
    expect(frame.smtp.received.map(({ to }) => to)).toEqual([['ada@new.example']]);
  });
});

describe('a mail server', () => {
  it('that asks to wait gets the mail once, after that time', async () => {
    const frame = await openWithDigest();
    frame.smtp.fail('recipient', {
      kind: 'refuse',
      code: 450,
      words: '4.2.0 Greylisted, try again in 300 seconds',
    });
    const engine = await frame.start();
    await engine.tick();
    const from = frame.clock.elapsed();
    await frame.until(() => frame.smtp.received.length > 0);
    expect(frame.clock.elapsed() - from).toBeGreaterThanOrEqual(300_000);
    await frame.until(frame.isSettled);
    expect(frame.smtp.received).toHaveLength(1);
  });

  it('that asks one recipient to wait gets the mail of others meanwhile', async () => {
    const frame = await open();
    for (const name of ['ada', 'grace']) {
      await frame.subscribe(name);
      await frame.confirm(name);
    }
    await frame.list(DAY, 3);
    await frame.morning();
    frame.smtp.fail('recipient', {
      kind: 'refuse',
      code: 450,
      words: '4.2.0 Greylisted, try again in 10 minutes',
    });
    const engine = await frame.start();
    await engine.tick();
    await frame.until(() => frame.smtp.received.length === 1);
    expect(frame.clock.elapsed() - 3 * HOUR_MS).toBeLessThan(600_000);
    await frame.until(frame.isSettled);
    expect(frame.smtp.received.map(({ to }) => to[0]).toSorted()).toEqual([
      'ada@lab.example',
      'grace@lab.example',
    ]);
  });

  it.each([
    ['throttles', { kind: 'refuse', code: 421, words: '4.7.0 Too many connections' }],
    ['hangs', { kind: 'hang' }],
  ] as const)('that %s holds up no direct message', async (_, fault) => {
    const frame = await open();
    const mailed = ['ada', 'grace', 'mary'];
    const direct = ['alan', 'bob', 'eve'];
    for (const name of [...mailed, ...direct]) await frame.subscribe(name);
    for (const name of mailed) await frame.confirm(name);
    await frame.list(DAY, 3);
    await frame.morning();
    frame.smtp.fail('greeting', ...Array.from({ length: 100 }, () => fault));
    const engine = await frame.start();
    await engine.tick();
    const from = frame.clock.elapsed();
    await frame.until(() => frame.messages().length === direct.length);
    expect(frame.clock.elapsed() - from).toBeLessThan(MINUTE_MS);
    expect(frame.smtp.received).toEqual([]);
  });

  it('that takes a mail and dies is not given it again, and an administrator is told where to look', async () => {
    const frame = await openWithDigest();
    frame.smtp.fail('answer', { kind: 'die' });
    await deliver(frame);
    expect(frame.smtp.received).toHaveLength(1);
    const id = messageIdIn(frame.smtp.received[0]?.raw ?? '');
    expect(frame.rows().filter(({ platform }) => platform === 'email')).toEqual([
      {
        platform: 'email',
        state: 'parked',
        reason: `it may have been sent, which the mail server did not confirm. Look for ${id} in its log, then retry or drop it`,
      },
    ]);
    expect(await frame.failureAt(frame.id)).toBe('it may have been sent, which the platform did not confirm');
  });

  it('that does not confirm a mail: the person is told, and can read the digest in the chat', async () => {
    const frame = await openWithDigest();
    frame.smtp.fail('answer', { kind: 'die' });
    await deliver(frame);
    const told = /^@ada: The mail server did not confirm your last digest, so it may not have arrived/;
    await frame.until(() => frame.messages().some((text) => told.test(text)));
    const [key = ''] = messageIdIn(frame.smtp.received[0]?.raw ?? '')
      .slice(1)
      .split('@');
    const shown = await frame.mailInboxes.unconfirmed(frame.person('ada'), key);
    expect(shown && toPlainText(shown)).toContain('Paper 0 of');
    expect(await frame.mailInboxes.unconfirmed(frame.person('bob'), key)).toBeUndefined();
  });

  it.each(['greeting', 'sender', 'recipient'] as const)(
    'that hangs at the %s holds up no direct message, and gets its mail later',
    async (stage) => {
      const frame = await open();
      for (const name of ['ada', 'bob', 'eve']) {
        await frame.subscribe(name);
        await frame.confirm(name);
      }
      for (let at = 0; at < 20; at++) await frame.subscribe(`p${at}`);
      await frame.list(DAY, 3);
      await frame.morning();
      frame.smtp.fail(stage, { kind: 'hang' }, { kind: 'hang' });
      const engine = await frame.start();
      await engine.tick();
      const from = frame.clock.elapsed();
      await frame.until(() => frame.messages().length === 20);
      expect(frame.clock.elapsed() - from).toBeLessThan(10_000);
      expect(frame.smtp.received.length).toBeLessThan(3);
      await frame.until(frame.isSettled);
      expect(frame.smtp.received.map(({ to }) => to[0]).toSorted()).toEqual([
        'ada@lab.example',
        'bob@lab.example',
        'eve@lab.example',
      ]);
    },
  );

  it('gets no more mail in an hour than it may, and all of it in the end', async () => {
    const frame = await open({ perHour: 2 });
    for (let at = 0; at < 5; at++) {
      await frame.subscribe(`p${at}`);
      await frame.confirm(`p${at}`);
    }
    await frame.list(DAY, 3);
    await frame.morning();
    const engine = await frame.start();
    await engine.tick();
    for (const count of [2, 4]) {
      await frame.until(() => frame.smtp.received.length >= count);
      const hour = frame.clock.elapsed() + HOUR_MS;
      // The first mail was sent at most two minutes before the last one arrived.
      await frame.until(() => frame.clock.elapsed() > hour - 3 * MINUTE_MS, MINUTE_MS);
      expect(frame.smtp.received).toHaveLength(count);
    }
    await frame.until(frame.isSettled);
    expect(frame.smtp.received).toHaveLength(5);
  });
});

describe('an address that does not exist', () => {
  it('refused by the server: the digest comes by direct message, now and from now on', async () => {
    const frame = await openWithDigest();
    frame.smtp.fail('recipient', { kind: 'refuse', code: 550, words: '5.1.1 <ada@lab.example> unknown' });
    await deliver(frame);
    await frame.until(() => frame.messages().length === 2);
    expect(frame.smtp.received).toEqual([]);
    expect(frame.messages().toSorted()).toEqual([
      expect.stringContaining('@ada: Your digest could not be delivered to your e-mail address.'),
      expect.stringMatching(/^@ada: Your digest · Friday 29 May\n/),
    ]);
    expect(await frame.mailInboxes.of(frame.person('ada'))).toMatchObject({
      end: { by: 'bounce', words: expect.stringContaining('5.1.1 <…> unknown') },
    });
    expect(JSON.stringify(frame.rows())).not.toContain('ada@lab.example');
    await frame.list('2026-06-01', 3);
    expect(await frame.morning(72)).toBe(1);
    await frame.until(() => frame.messages().length === 3);
    expect(frame.messages()[2]).toContain('@ada: Your digest · Monday 1 June');
    expect(frame.smtp.received).toEqual([]);
  });

  it('reported afterwards: the same, once', async () => {
    const frame = await openWithDigest();
    await deliver(frame);
    const bounce = bounceOf(messageIdIn(frame.smtp.received[0]?.raw ?? ''));
    expect(await frame.report(bounce)).toBe('ended');
    expect(await frame.report(bounce)).toBe('known');
    await frame.until(() => frame.messages().length === 2);
    expect(frame.messages().join('\n')).toContain(`Paper 0 of ${DAY}`);
    expect((await frame.inboxOf('ada'))?.nextAt).toBeDefined();
  });

  it('that a forged report names keeps its mail', async () => {
    const frame = await openWithDigest();
    await deliver(frame);
    const id = messageIdIn(frame.smtp.received[0]?.raw ?? '');
    expect(await frame.report(bounceOf('<guessed@bot.lab.example>'))).toBe('foreign');
    expect(await frame.report(bounceOf(''))).toBe('foreign');
    expect(await frame.report(bounceOf(id, { to: 'grace@lab.example' }))).toBe('foreign');
    expect((await frame.addresses.ofPerson(frame.person('ada')))?.end).toBeUndefined();
  });

  it.each([
    ['a delay', (id: string) => bounceOf(id, { status: '4.4.1', action: 'delayed' })],
    ['a full mailbox', (id: string) => bounceOf(id, { status: '5.2.2' })],
    ['an absence note', AWAY],
    ['any other mail', () => 'Subject: Hello\r\n\r\nHello.\r\n'],
    ['nothing', () => ''],
  ])('is not concluded from %s', async (_, mailOf) => {
    const frame = await openWithDigest();
    await deliver(frame);
    expect(await frame.report(mailOf(messageIdIn(frame.smtp.received[0]?.raw ?? '')))).toBe('harmless');
    expect((await frame.addresses.ofPerson(frame.person('ada')))?.end).toBeUndefined();
  });
});

describe('a complaint', () => {
  it('stops the digest, keeps its settings, and the person is told why', async () => {
    const frame = await openWithDigest();
    await deliver(frame);
    expect(await frame.report(complaintOf(messageIdIn(frame.smtp.received[0]?.raw ?? '')))).toBe('ended');
    await frame.until(() => frame.messages().length === 1);
    expect(frame.messages()[0]).toContain(
      '@ada: Your digest has stopped, because an e-mail of it was reported as spam.',
    );
    const inbox = await frame.inboxOf('ada');
    expect(inbox).toMatchObject({ pace: 'weekdays', time: '09:00' });
    expect(inbox?.nextAt).toBeUndefined();
  });

  it('counts as a notification in JSON, too', async () => {
    const frame = await openWithDigest();
    await deliver(frame);
    const messageId = messageIdIn(frame.smtp.received[0]?.raw ?? '');
    const Message = JSON.stringify({
      notificationType: 'Complaint',
      mail: { commonHeaders: { messageId } },
      complaint: { complainedRecipients: [{ emailAddress: 'ada@lab.example' }] },
    });
    expect(await frame.report(JSON.stringify({ Type: 'Notification', Message }))).toBe('ended');
  });
});

describe('the link at the end of a mail', () => {
  async function openPage(frame: Frame) {
    const end = (token: string) => frame.addresses.stopByToken(token);
    const handleRequest = createUnsubscribeHandler({ end }, silentLog);
    const server = await startHttpServer(0, new Map(), silentLog, { pages: () => undefined, handleRequest });
    onTestFinished(() => server.stop());
    return `http://127.0.0.1:${server.port}`;
  }

  it('ends the digest with a POST request, and not with GET', async () => {
    const frame = await openWithDigest();
    const address = `${await openPage(frame)}/unsubscribe/${frame.token}`;
    expect((await fetch(address)).status).toBe(200);
    expect((await frame.inboxOf('ada'))?.nextAt).toBeDefined();
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(address, { method: 'POST', body })).status).toBe(200);
    expect((await frame.inboxOf('ada'))?.nextAt).toBeUndefined();
    // Nor is one sent that was waiting.
    expect(frame.rows()).toEqual([]);
    expect((await fetch(address, { method: 'POST', body })).status).toBe(200);
    await frame.subscribe('ada');
    await frame.list('2026-06-01', 3);
    await frame.morning(72);
    await deliver(frame);
    expect(frame.smtp.received.map(({ to }) => to)).toEqual([['ada@lab.example']]);
  });
});

describe('an address', () => {
  it('is nowhere in the database while it is sealed', async () => {
    const frame = await openWithDigest({ sealing: await openSealing('a passphrase of the lab') });
    expect(everythingIn(frame.connection).includes('ada@lab.example')).toBe(false);
    await deliver(frame);
    expect(frame.smtp.received).toHaveLength(1);
    expect(everythingIn(frame.connection).includes('ada@lab.example')).toBe(false);
  });

  it('that cannot be read any more ends the e-mail, and the digest comes by direct message', async () => {
    const frame = await openWithDigest({ sealing: await openSealing('a passphrase of the lab') });
    frame.connection.prepare(`UPDATE mail_addresses SET address = x'0102'`).run();
    await deliver(frame);
    await frame.until(() => frame.messages().length === 2);
    expect(frame.smtp.received).toEqual([]);
  });

  it('is deleted with the person, together with the mail that waits', async () => {
    const frame = await openWithDigest();
    await openPersonalData(frame.connection).forget(frame.person('ada'), frame.clock.now().toISOString());
    expect(everythingIn(frame.connection).includes('ada@lab.example')).toBe(false);
    expect(frame.rows()).toEqual([]);
  });

  it('is deleted with the workspace, together with all mail to it', async () => {
    const frame = await openWithDigest();
    await deliver(frame);
    await openWorkspaceStore(frame.connection).forget('fake', 'lab', frame.clock.now().getTime());
    expect(everythingIn(frame.connection).includes('ada@lab.example')).toBe(false);
    expect(frame.rows()).toEqual([]);
  });
});
