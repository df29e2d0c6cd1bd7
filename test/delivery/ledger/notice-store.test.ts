import { describe, expect, it } from 'vitest';
import { sentence } from '../../../src/chat/card.ts';
import { startDelivery } from '../../../src/delivery/engine.ts';
import { openLedger } from '../../../src/delivery/ledger/ledger-store.ts';
import { openNoticeLedger } from '../../../src/delivery/ledger/notice-store.ts';
import { UNCONFIRMED } from '../../../src/delivery/timing.ts';
import { openPersonalData } from '../../../src/privacy/personal-data-store.ts';
import { type FakePlatformOptions, openFakePlatform } from '../../fakes/memory/fake-port.ts';
import { openTestDatabase } from '../../support/database.ts';
import { engineOptions, holdFeeds } from '../../support/delivery.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const NOON = Date.parse('2026-05-28T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const ADA = { platform: 'fake', workspace: 'lab', person: 'ada' };
const reminder = (about: string, due: number, text = `read ${about}`) => ({
  to: ADA,
  topic: 'reminder',
  about,
  due,
  title: 'Reminder',
  card: sentence(text),
});

async function open(options: Partial<FakePlatformOptions> = {}) {
  const clock = fakeClock('2026-05-28T12:00:00Z');
  const connection = await openTestDatabase();
  const ledger = openLedger(connection);
  const platform = openFakePlatform({ clock, ...options });
  const notices = openNoticeLedger(connection);
  const feeds = holdFeeds([]);
  async function run(ms: number): Promise<void> {
    const engine = await startDelivery(engineOptions({ clock, ledger, feeds, platform }));
    const until = clock.now().getTime() + ms;
    while (clock.now().getTime() < until) {
      void engine.tick();
      await clock.advance(MINUTE_MS / 2);
    }
    await engine.stop();
  }
  const texts = () =>
    platform.messages.map(({ channel, card }) => `${channel}: ${JSON.stringify(card.blocks)}`);
  return { clock, connection, ledger, platform, notices, run, texts };
}

describe('a notice', () => {
  it('is sent to the person at its time, once', async () => {
    const { notices, run, texts } = await open();
    await notices.schedule(reminder('2605.00001', NOON + 10 * MINUTE_MS));
    await run(5 * MINUTE_MS);
    expect(texts()).toEqual([]);
    expect(await notices.upcoming(ADA, 'reminder')).toEqual([
      { about: '2605.00001', due: NOON + 10 * MINUTE_MS },
    ]);
    await run(30 * MINUTE_MS);
    expect(texts()).toEqual([expect.stringMatching(/^@ada: .*read 2605\.00001/)]);
    expect(await notices.upcoming(ADA, 'reminder')).toEqual([]);
  });

  it('of the same name replaces one that is not sent yet, and follows one that is', async () => {
    const { notices, run, texts } = await open();
    await notices.schedule(reminder('2605.00001', NOON + 10 * MINUTE_MS, 'first'));
    await notices.schedule(reminder('2605.00001', NOON + 20 * MINUTE_MS, 'second'));
    await run(30 * MINUTE_MS);
    await notices.schedule(reminder('2605.00001', NOON + 40 * MINUTE_MS, 'third'));
    await run(20 * MINUTE_MS);
    expect(texts().map((text) => /first|second|third/.exec(text)?.[0])).toEqual(['second', 'third']);
  });

  it('is not sent after it was cancelled', async () => {
    const { notices, run, texts } = await open();
    await notices.schedule(reminder('2605.00001', NOON + 10 * MINUTE_MS));
    await notices.schedule(reminder('2605.00002', NOON + 10 * MINUTE_MS));
    expect(await notices.cancel({ to: ADA, topic: 'reminder', about: '2605.00001' })).toBe(1);
    expect(await notices.cancel({ to: { ...ADA, person: 'bob' }, topic: 'reminder' })).toBe(0);
    await run(20 * MINUTE_MS);
    expect(texts()).toEqual([expect.stringContaining('2605.00002')]);
  });

  it('that fell due during a downtime of days is sent at the start, and after a week no longer', async () => {
    const { clock, notices, run, texts } = await open();
    await notices.schedule(reminder('2605.00001', NOON + MINUTE_MS));
    await notices.schedule(reminder('2605.00002', NOON + 3 * DAY_MS));
    await clock.advance(8 * DAY_MS);
    await run(5 * MINUTE_MS);
    expect(texts()).toEqual([expect.stringContaining('2605.00002')]);
    expect(await notices.upcoming(ADA, 'reminder')).toEqual([]);
  });

  it('to a person who accepts no messages ends with the reason', async () => {
    const { notices, run, texts } = await open({ fault: () => 'forbid' });
    await notices.schedule(reminder('2605.00001', NOON + MINUTE_MS));
    await run(60 * MINUTE_MS);
    expect(texts()).toEqual([]);
    expect(await notices.lastFailure(ADA, 'reminder')).toBe('The bot may not post here.');
  });

  it('that may have been sent is never sent again where messages cannot be looked up', async () => {
    let requests = 0;
    const { notices, run } = await open({
      canFind: false,
      nonceWindowMs: 0,
      fault: () => {
        requests += 1;
        return 'lose-answer';
      },
    });
    await notices.schedule(reminder('2605.00001', NOON + MINUTE_MS));
    await run(60 * MINUTE_MS);
    expect(requests).toBe(1);
    expect(await notices.lastFailure(ADA, 'reminder')).toBe(UNCONFIRMED);
  });

  it('is removed with the data of its person, and the ledger names nobody', async () => {
    const { connection, notices, run, texts } = await open();
    await notices.schedule(reminder('2605.00001', NOON + MINUTE_MS));
    await run(5 * MINUTE_MS);
    await notices.schedule(reminder('2605.00002', NOON + 10 * MINUTE_MS));
    await openPersonalData(connection).forget(ADA, '2026-05-28T12:00:00Z');
    await run(30 * MINUTE_MS);
    expect(texts()).toHaveLength(1);
    const rows = connection.prepare<[], object>('SELECT * FROM deliveries').all();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('ada');
  });

  it('does not appear among late deliveries before it was tried', async () => {
    const { ledger, notices } = await open();
    await notices.schedule(reminder('2605.00001', NOON));
    expect(await ledger.late(NOON + DAY_MS)).toEqual([]);
  });
});
