/** The ledger as the operator sees it, while another process has the database open. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../src/delivery/ledger/ledger-store.ts';
import { runCli } from '../../support/cli.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import { aDigest, aFeed } from '../../support/delivery.ts';

const DUE = Date.parse('2026-05-28T09:00:00Z');
const DAY = '2026-05-28';

/** Two channels: one list is planned, the other parked, as nobody knows whether it was posted. */
async function openTrainer() {
  const env = { DATA_DIR: temporaryFolder() };
  const ledger = openLedger(await openTestDatabase(join(env.DATA_DIR, 'paperboy.db')));
  const slots = ['papers', 'general'].map((channel) => ({
    ...aFeed(channel),
    feed: 'daily',
    day: DAY,
    due: DUE,
  }));
  await ledger.plan(slots, DUE);
  const [row] = await ledger.due({ platform: 'fake', owner: 'test', limit: 1, except: [] }, DUE);
  const id = row?.id ?? 0;
  await ledger.freeze(id, aFeed('papers'), aDigest(aFeed('papers'), DAY, 0));
  const claimed = await ledger.claim(id, 'bot', DUE);
  if (!claimed) throw new Error('nothing to claim');
  await ledger.end(claimed, 'parked', 'no \u001b[31manswer\u001b[0m came');
  return { id, ledger, deliveries: (...args: string[]) => runCli(['deliveries', ...args], { env }) };
}

describe('deliveries', () => {
  it('deliveries are listed with their reason, without control characters', async () => {
    const { id, deliveries } = await openTrainer();
    const { stdout, status } = await deliveries();
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    const parked = await deliveries('--state', 'parked', '--limit', '5');
    expect(parked.stdout).toBe(
      [
        'ID  STATE   DUE (UTC)         CHANNEL      FEED   DAY         KIND  REASON\n',
        `${id}   parked  2026-05-28 09:00  fake/papers  daily  ${DAY}  root  no answer came\n`,
      ].join(''),
    );
    expect((await deliveries('--state', 'disabled')).stderr).toBe('No delivery is disabled.\n');
  });

  it('a parked delivery can be retried once', async () => {
    const { id, ledger, deliveries } = await openTrainer();
    expect((await deliveries('retry', String(id))).stderr).toContain(`Delivery ${id} is due again`);
    const [again] = (await ledger.list({}, 10)).filter((row) => row.id === id);
    expect(again?.state).toBe('planned');
    const late = await deliveries('drop', String(id));
    expect(late.status).toBe(1);
    expect(late.stderr).toContain(`Delivery ${id} does not need review.`);
  });

  it('a dropped delivery is never posted', async () => {
    const { id, ledger, deliveries } = await openTrainer();
    expect(await deliveries('drop', String(id))).toMatchObject({ status: 0 });
    expect(await ledger.list({ state: 'skipped' }, 10)).toMatchObject([{ id }]);
  });

  it('deliveries are addressed by number', async () => {
    const { deliveries } = await openTrainer();
    for (const args of [
      ['retry', 'x'],
      ['--limit', '0'],
    ])
      expect((await deliveries(...args)).stderr).toContain('It must be a whole number above 0.');
  });
});
