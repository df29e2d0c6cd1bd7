import { describe, expect, it } from 'vitest';
import { sentence } from '../../../src/chat/card.ts';
import type { MailOutcome } from '../../../src/chat/direct-messages.ts';
import { openAddressSeal } from '../../../src/inbox/address-seal.ts';
import { openMailAddresses } from '../../../src/inbox/mail-address-store.ts';
import { openMailHandOvers } from '../../../src/inbox/mail-hand-over-store.ts';
import { openMailInboxes } from '../../../src/inbox/mail-inbox.ts';
import type { MailMessage } from '../../../src/mail/mailer.ts';
import { samplePaper } from '../../support/papers.ts';
import { ALAN, openHarness } from '../harness.ts';

const ADA = 'ada@lab.example';
const NO_CODE = /A code is on its way to ada@lab\.example\./;

/** A bot with a mail server that takes everything, unless told otherwise. */
async function open() {
  const harness = await openHarness([samplePaper()]);
  const mails: MailMessage[] = [];
  const mail = { outcome: { result: 'sent' } as MailOutcome };
  harness.outside.mailInboxes = openMailInboxes({
    handOvers: openMailHandOvers(harness.connection),
    addresses: openMailAddresses(harness.connection),
    mailer: {
      async send(message) {
        mails.push(message);
        return mail.outcome;
      },
    },
    seal: openAddressSeal(undefined),
    clock: harness.clock,
  });
  const code = () => /\d{6}/.exec(mails.at(-1)?.subject ?? '')?.[0] ?? '';
  return { ...harness, mails, mail, code };
}

describe('a digest by e-mail', () => {
  it.each([
    `/papers digest email:${ADA}`,
    `/papers digest email: ${ADA}`,
    `/papers digest ${ADA}`,
    `/papers digest to ${ADA}`,
    `/papers email me the digest at ${ADA}`,
    `/papers e-mail me my digest to ${ADA}`,
    `/papers send my digest to my email ${ADA} instead`,
    `/papers send me the digest by e-mail to ${ADA}`,
    `/papers digest by e-mail ${ADA}`,
    `/papers digest email:<mailto:${ADA}|${ADA}>`,
    `email me the digest at ${ADA}`,
    `send my digest to my email ${ADA} instead`,
    `please email me the digest at ${ADA}`,
  ])('“%s” mails a code to the address, and changes nothing before it is typed', async (line) => {
    const { say, mails } = await open();
    const asked = await say(line);
    expect(asked.text).toMatch(NO_CODE);
    expect(mails.map(({ to }) => to)).toEqual([ADA]);
    expect((await say('/papers digest')).text).not.toContain('by e-mail to');
  });

  it.each([
    (code: string) => `/papers digest code:${code}`,
    (code: string) => `/papers digest ${code}`,
    (code: string) => `/papers digest code: ${code}`,
    (code: string) => `/papers my code is ${code}`,
    (code: string) => `my code is ${code}`,
    (code: string) => `the code is ${code.slice(0, 3)} ${code.slice(3)}`,
  ])('comes there once the code is typed as in %s', async (lineOf) => {
    const { say, code } = await open();
    await say(`/papers digest email:${ADA}`);
    const confirmed = await say(lineOf(code()));
    expect(confirmed.text).toContain(
      `You get a digest every weekday at 09:00 (Europe/Berlin), by e-mail to ${ADA}. Next: Mon 1 June, 09:00.`,
    );
    expect((await say('/papers digest')).text).toContain(`by e-mail to ${ADA}`);
  });

  it('takes other settings in the same line', async () => {
    const { say, code } = await open();
    const asked = await say(`/papers digest weekly on friday at 8 email:${ADA}`);
    expect(asked.text).toContain('Until then, the digest comes by private message.');
    const confirmed = await say(`/papers digest code:${code()}`);
    expect(confirmed.text).toContain(`every Friday at 08:00 (Europe/Berlin), by e-mail to ${ADA}`);
  });

  it.each([
    '/papers digest by:direct',
    '/papers back to direct messages',
    '/papers digest by dm',
    'back to direct messages',
  ])('“%s” deletes the address', async (line) => {
    const { say, code, connection } = await open();
    await say(`/papers digest email:${ADA}`);
    await say(`/papers digest code:${code()}`);
    expect((await say(line)).text).toContain('at 09:00 (Europe/Berlin), by private message.');
    expect(connection.prepare('SELECT count(*) FROM mail_addresses').pluck().get()).toBe(0);
  });

  it.each(['/papers stop emailing me', 'stop e-mailing me', '/papers digest off'])(
    '“%s” stops it, and on starts it at the same address',
    async (line) => {
      const { say, code } = await open();
      await say(`/papers digest email:${ADA}`);
      await say(`/papers digest code:${code()}`);
      expect((await say(line)).text).toMatch(/^Your digest is stopped\./);
      expect((await say('/papers digest on')).text).toContain(`by e-mail to ${ADA}`);
    },
  );

  it.each(['/papers digest by e-mail', '/papers digest by:email', '/papers email me the digest by e-mail'])(
    '“%s” asks for the address if there is none',
    async (line) => {
      const { say } = await open();
      expect((await say(line)).text).toMatch(/^To which address\?/);
    },
  );

  it.each([
    [`/papers digest email:ada`, 'is not an e-mail address'],
    [`/papers digest email:ada@lab`, 'is not an e-mail address'],
    [`/papers digest code:12345`, 'A code has 6 digits.'],
    [`/papers digest code:123456`, 'You have no code that is still valid.'],
    [`/papers digest email:${ADA} code:123456`, 'Type only the address first'],
    [`/papers digest email:${ADA} by:direct`, 'Choose one'],
  ])('“%s” is refused with a sentence', async (line, answer) => {
    const { say, mails } = await open();
    const refused = await say(line);
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain(answer);
    expect(mails).toEqual([]);
  });

  it('is not offered without a mail server, and the direct message is', async () => {
    const { say } = await openHarness([samplePaper()]);
    const refused = await say(`/papers digest email:${ADA}`);
    expect(refused.text).toMatch(/^This bot sends no e-mail.*direct message: \/papers digest on$/);
    const asked = await say('/papers digest by e-mail');
    expect(asked.text).toMatch(/^This bot sends no e-mail/);
    expect((await asked.press('Start')).text).toContain('by private message');
  });

  it('says what the mail server said, and the code that was not sent does not count', async () => {
    const { say, mail } = await open();
    mail.outcome = { result: 'later', afterMs: 300_000, holdsAll: true, words: 'Busy' };
    for (let at = 0; at < 6; at++) {
      const refused = await say(`/papers digest email:${ADA}`);
      expect(refused.text).toMatch(/^The code could not be sent: “Busy” Try again in 5 minutes\./);
    }
    mail.outcome = { result: 'refused', by: 'address', verdict: 'hard', words: '550 No such user' };
    expect((await say(`/papers digest email:${ADA}`)).text).toContain(
      'does not accept ada@lab.example: “550 No such user”',
    );
  });
});

describe('an address that mail came back from', () => {
  it.each([
    [
      'bounce',
      '550 no such user',
      'E-mail to ada@lab.example has ended, because the address does not take it (“550 no such user”).',
      /by private message/,
    ],
    [
      'complaint',
      '',
      'E-mail to ada@lab.example has ended, because a digest was reported as spam.',
      /^Your digest is off/,
    ],
  ] as const)('(%s) is shown with the reason and the next step', async (by, words, why, how) => {
    const { say, code, connection } = await open();
    await say(`/papers digest email:${ADA}`);
    await say(`/papers digest code:${code()}`);
    const addresses = openMailAddresses(connection);
    const id = connection.prepare<[], string>('SELECT id FROM mail_addresses').pluck().get() ?? '';
    const found = await addresses.find(id);
    if (!found) throw new Error('no address');
    const notice = {
      to: found.person,
      topic: 'digest-mail',
      due: 0,
      title: '',
      card: sentence('It came back.'),
    };
    await addresses.end(id, { by, words }, notice, 'key');
    const shown = await say('/papers digest');
    expect(shown.text).toMatch(how);
    expect(shown.text).toContain(`${why} For e-mail again, type /papers digest email: with your address.`);
    await say(`/papers digest email:${ADA}`);
    expect((await say(`/papers digest code:${code()}`)).text).toContain(`by e-mail to ${ADA}`);
  });
});

describe('a code', () => {
  it('is valid for 30 minutes', async () => {
    const { say, code, clock } = await open();
    await say(`/papers digest email:${ADA}`);
    await clock.advance(30 * 60_000);
    expect((await say(`/papers digest code:${code()}`)).text).toMatch(
      /^You have no code that is still valid/,
    );
  });

  it('can be tried five times', async () => {
    const { say, code } = await open();
    await say(`/papers digest email:${ADA}`);
    const wrong = code() === '000000' ? '000001' : '000000';
    const answers = [];
    for (let at = 0; at < 5; at++) answers.push((await say(`/papers digest code:${wrong}`)).text);
    expect(answers[0]).toContain('You can try 4 more times.');
    expect(answers[3]).toContain('You can try 1 more time.');
    expect(answers[4]).toContain('it cannot be tried again');
    expect((await say(`/papers digest code:${code()}`)).text).toMatch(/^You have no code/);
  });

  it('is of no use to anybody else, nor twice', async () => {
    const { say, code } = await open();
    await say(`/papers digest email:${ADA}`);
    expect((await say(`/papers digest code:${code()}`, ALAN)).text).toMatch(/^You have no code/);
    await say(`/papers digest code:${code()}`);
    expect((await say(`/papers digest code:${code()}`)).text).toMatch(/^You have no code/);
  });

  it('is sent to a person at most five times an hour, and to an address at most three times', async () => {
    const { say, mails, clock } = await open();
    for (let at = 0; at < 6; at++) await say(`/papers digest email:ada${at}@lab.example`);
    expect(mails).toHaveLength(5);
    expect((await say(`/papers digest email:${ADA}`)).text).toMatch(
      /^You have asked for too many codes in the last hour\. Try again in 60 minutes\./,
    );
    for (const person of ['bob', 'eve', 'joe', 'sue'])
      await say('/papers digest email:Stranger@lab.example', { ...ALAN, person });
    expect(mails.filter(({ to }) => to.startsWith('Stranger'))).toHaveLength(3);
    await clock.advance(3_600_000);
    await say(`/papers digest email:${ADA}`);
    expect(mails.at(-1)?.to).toBe(ADA);
  });

  it('is deleted with its address an hour later', async () => {
    const { say, clock, connection } = await open();
    const codes = () => connection.prepare('SELECT count(*) FROM mail_codes').pluck().get();
    await say(`/papers digest email:${ADA}`);
    await openMailAddresses(connection).forgetCodes(clock.now());
    expect(codes()).toBe(1);
    await clock.advance(3_600_000);
    await openMailAddresses(connection).forgetCodes(clock.now());
    expect(codes()).toBe(0);
  });

  it('for another address leaves the digest at the old one until it is typed', async () => {
    const { say, code } = await open();
    await say(`/papers digest email:${ADA}`);
    await say(`/papers digest code:${code()}`);
    const asked = await say('/papers digest email:ada@new.example');
    expect(asked.text).toContain(`Until then, the digest comes by e-mail to ${ADA}.`);
    expect((await say('/papers digest')).text).toContain(`by e-mail to ${ADA}`);
    await say(`/papers digest code:${code()}`);
    expect((await say('/papers digest')).text).toContain('by e-mail to ada@new.example');
  });
});
