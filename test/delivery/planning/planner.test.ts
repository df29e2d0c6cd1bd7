/** Promise 3: each day of a channel gets one delivery or one reason, in all zones and after any downtime. */
import { describe, expect, inject, it } from 'vitest';
import { openLedger } from '../../../src/delivery/ledger/ledger-store.ts';
import { MISSED, openPlanner } from '../../../src/delivery/planning/planner.ts';
import { slotsBetween } from '../../../src/delivery/planning/slots.ts';
import type { Feed } from '../../../src/feeds/feed.ts';
import { openTestDatabase } from '../../support/database.ts';
import { aFeed, seededRandom } from '../../support/delivery.ts';

/** Waiting for a server takes longer than SQLite does. */
const CASES = process.env['TEST_FAULTS'] !== undefined ? 10_000 : inject('postgres') === undefined ? 300 : 20;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONES = Intl.supportedValuesOf('timeZone');
/** Springs and autumns of both halves of the world. */
const SEASONS = [
  '2026-03-06',
  '2026-03-27',
  '2026-04-03',
  '2026-10-02',
  '2026-10-23',
  '2026-10-30',
  '2026-06-12',
];

async function openPlan() {
  const connection = await openTestDatabase();
  const ledger = openLedger(connection);
  const rows = connection.prepare<[], { day: string; state: string; reason: string | null; due: number }>(
    'SELECT day, state, reason, due FROM deliveries ORDER BY due',
  );
  return { connection, ledger, planner: openPlanner(ledger, ['fake']), rows: () => rows.all() };
}

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

describe('planning', () => {
  it('each channel and day gets one delivery or one skip, in seeded cases', {
    timeout: 10_000 + CASES * 100,
  }, async () => {
    const { connection, ledger, rows } = await openPlan();
    const told = { planned: 0, skipped: 0 };
    for (let seed = 1; seed <= CASES; seed++) {
      connection.exec('DELETE FROM deliveries; DELETE FROM delivery_horizon');
      const random = seededRandom(seed);
      const time = `${String(Math.floor(random() * 24)).padStart(2, '0')}:${pick(random, ['00', '30', '59'])}`;
      const start = Date.parse(`${pick(random, SEASONS)}T00:00:00Z`) + Math.floor(random() * DAY);
      const feed = aFeed('c', { zone: pick(random, ZONES), time, days: [1, 2, 3, 4, 5, 6, 7] });
      let planner = openPlanner(ledger, ['fake']);
      const end = start + 5 * DAY;
      let now = start;
      await planner.plan([feed], new Date(now));
      while (now < end) {
        const dice = random();
        if (dice < 0.03) {
          now += random() * 30 * HOUR;
          planner = openPlanner(ledger, ['fake']);
        } else now += 30_000 + random() * 2 * HOUR;
        await planner.plan([feed], new Date(now));
        // The clock is wrong for a moment, and set right again.
        if (random() < 0.03) {
          const wrong = now + (random() - 0.5) * (random() < 0.5 ? HOUR : 400 * DAY);
          await planner.plan([feed], new Date(wrong));
          await planner.plan([feed], new Date(now));
          await planner.plan([feed], new Date(now));
        }
      }
      const expected = slotsBetween(feed, new Date(start), new Date(now)).map(({ day }) => day);
      const got = rows().filter(({ due }) => due > start);
      expect([seed, got.map(({ day }) => day)]).toEqual([seed, expected]);
      for (const { state, reason } of got) {
        if (state === 'planned') told.planned++;
        else told.skipped++;
        expect([state, reason]).toEqual(state === 'planned' ? ['planned', null] : ['skipped', MISSED]);
      }
    }
    expect(told.planned).toBeGreaterThan(told.skipped);
    expect(told.skipped).toBeGreaterThan(0);
    if (process.env['TEST_FAULTS']) process.stdout.write(`${CASES} cases: ${JSON.stringify(told)}\n`);
  });

  const at = (text: string) => new Date(`2026-05-${text}Z`);
  const three: Feed[] = [
    aFeed('a'),
    aFeed('b', { time: '12:00' }),
    aFeed('c', { time: '20:00', zone: 'Asia/Tokyo' }),
  ];

  it('a slot that was missed by hours is posted, and one that was missed by more is skipped with the reason', async () => {
    const { planner, rows } = await openPlan();
    await planner.plan([aFeed('a')], at('25T12:00:00'));
    await planner.plan([aFeed('a')], at('28T14:59:00'));
    expect(rows().map(({ day, state, reason }) => [day, state, reason])).toEqual([
      ['2026-05-25', 'planned', null],
      ['2026-05-26', 'skipped', MISSED],
      ['2026-05-27', 'skipped', MISSED],
      ['2026-05-28', 'planned', null],
    ]);
  });

  it('a feed that moves to a later hour does not post twice in a day', async () => {
    const { planner, rows } = await openPlan();
    await planner.plan([aFeed('a')], at('28T08:00:00'));
    await planner.plan([aFeed('a')], at('28T09:30:00'));
    await planner.plan([aFeed('a', { time: '11:00' })], at('28T11:30:00'));
    expect(rows().map(({ day }) => day)).toEqual(['2026-05-28']);
  });

  it('a feed that was added after its hour does not post on that day', async () => {
    const { planner, rows } = await openPlan();
    await planner.plan([], at('28T08:00:00'));
    await planner.plan([aFeed('a', {}, { createdAt: '2026-05-28T09:00:01.000Z' })], at('28T09:05:00'));
    expect(rows()).toEqual([]);
  });

  it('planning the same slots again changes nothing', async () => {
    const { planner, rows } = await openPlan();
    await planner.plan(three, at('28T08:00:00'));
    await planner.plan(three, at('28T13:00:00'));
    const first = rows();
    await planner.plan(three, at('28T13:00:00'));
    expect(rows()).toEqual(first);
    expect(first).toHaveLength(3);
  });
});
