/**
 * Mail that comes back, as a mail server passes it to the program, while another process has the database
 * open.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sentence } from '../../../src/chat/card.ts';
import { mailTo } from '../../../src/chat/direct-messages.ts';
import { openLedger } from '../../../src/delivery/ledger/ledger-store.ts';
import { openNoticeLedger } from '../../../src/delivery/ledger/notice-store.ts';
import { openAddressSeal } from '../../../src/inbox/address-seal.ts';
import { openMailAddresses } from '../../../src/inbox/mail-address-store.ts';
import { openSealing } from '../../../src/workspaces/sealing.ts';
import { runCli } from '../../support/cli.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';

const NOW = new Date('2026-05-28T09:00:00Z');
const ADA = { platform: 'slack', workspace: 'T1', person: 'ada' };
const SECRET_KEY = 'a long passphrase of the lab, made up for this test';

/** A digest to Ada was sent to a sealed address. */
async function openTrainer() {
  const env = { DATA_DIR: temporaryFolder(), SECRET_KEY };
  const connection = await openTestDatabase(join(env.DATA_DIR, 'paperboy.db'));
  const addresses = openMailAddresses(connection);
  const address = openAddressSeal(await openSealing(SECRET_KEY)).keep('ada@lab.example', ADA);
  await addresses.addCode({ person: ADA, address, addressHash: Buffer.of(1), code: '123456' }, NOW);
  await addresses.tryCode(ADA, '123456', { id: 'address-of-ada', token: 'token' }, NOW);
  const to = mailTo('address-of-ada');
  const notice = { to, topic: 'digest', due: NOW.getTime(), title: 'Your digest', card: sentence('News.') };
  await openNoticeLedger(connection).schedule(notice);
  const ledger = openLedger(connection);
  const [row] = await ledger.due({ platform: 'email', owner: 'test', limit: 1, except: [] }, NOW.getTime());
  const claimed = row && (await ledger.claim(row.id, 'bot', NOW.getTime()));
  if (!claimed) throw new Error('nothing to claim');
  await ledger.posted(claimed, { ...to, message: 'sent' }, NOW.getTime());
  return { env, addresses, messageId: `<${claimed.key}@bot.lab.example>` };
}

function bounceOf(messageId: string): string {
  const Message = {
    notificationType: 'Bounce',
    mail: { commonHeaders: { messageId } },
    bounce: {
      bounceType: 'Permanent',
      bouncedRecipients: [
        { emailAddress: 'Ada@lab.example', status: '5.1.1', diagnosticCode: '550 unknown user' },
      ],
    },
  };
  return JSON.stringify({ Message: JSON.stringify(Message) });
}

describe('bounce', () => {
  it('ends the e-mail to an address that does not exist', async () => {
    const { env, addresses, messageId } = await openTrainer();
    const result = await runCli(['bounce'], { env }, bounceOf(messageId));
    expect(result).toEqual({
      status: 0,
      stdout: '',
      stderr: 'No more digests are sent to this address. The person is told.\n',
    });
    expect((await addresses.ofPerson(ADA))?.end).toEqual({ by: 'bounce', words: '550 unknown user' });
  });

  it.each([
    'Subject: Hello\r\n\r\nHello.\r\n',
    bounceOf('<other@bot.lab.example>'),
    '',
    `\0${'x'.repeat(2_000_000)}`,
  ])('takes any other message, so that no mail server sends it back', async (message) => {
    const { env, addresses } = await openTrainer();
    expect(await runCli(['bounce'], { env }, message)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^Ignored: /),
    });
    expect((await addresses.ofPerson(ADA))?.end).toBeUndefined();
  });

  it('asks the mail server to try again later if the program cannot do its work', async () => {
    const { messageId } = await openTrainer();
    const failed = await runCli(
      ['bounce'],
      { env: { DATA_DIR: '/dev/null/nowhere', SECRET_KEY } },
      bounceOf(messageId),
    );
    expect(failed.status).toBe(75);
  });
});
