import { describe, expect, it } from 'vitest';
import { type DeliveryEngine, startDelivery } from '../../src/delivery/engine.ts';
import type { Feed } from '../../src/delivery/feed.ts';
import { openLedger } from '../../src/delivery/ledger-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { engineOptions, holdFeeds, someFeeds, type TestEngine } from '../support/delivery.ts';
import { openFakePlatform } from '../support/fake-port.ts';
import { type HeldClock, holdClock } from '../support/held-clock.ts';

async function openLab(feeds: Feed[], more: Partial<Omit<TestEngine, 'clock'>> = {}) {
  const clock = holdClock('2026-05-28T08:59:45Z');
  const ledger = openLedger(await openTestDatabase());
  const test = { clock, ledger, feeds: holdFeeds(feeds), platform: openFakePlatform({ clock }), ...more };
  return { ...test, engine: await startDelivery(engineOptions(test)) };
}

/** Ticks each half minute of so much time. */
async function pass(clock: HeldClock, engine: DeliveryEngine, ms: number) {
  for (let passed = 0; passed < ms; passed += 30_000) {
    await clock.advance(Math.min(30_000, ms - passed));
    void engine.tick();
  }
  await clock.advance(0);
}

const MINUTE = 60_000;

describe('a morning', () => {
  it('posts all roots first, then opens threads and posts their papers in order', async () => {
    const { clock, engine, platform } = await openLab(someFeeds(4, 2));
    await pass(clock, engine, 5 * MINUTE);
    const kinds = platform.messages.map(({ channel }) => (channel.startsWith('thread') ? 'paper' : 'root'));
    expect(kinds).toEqual([...Array(4).fill('root'), ...Array(8).fill('paper')]);
    const thread = platform.messages.filter(({ channel }) => channel === 'thread-of-m1');
    expect(thread.map(({ card }) => card.blocks)).toMatchObject([
      [{ text: ['about 2026-05-28.1'] }],
      [{ text: ['about 2026-05-28.2'] }],
    ]);
    expect((await engine.figures()).byState).toEqual({ done: 12 });
  });

  it('comes once, however often the clock ticks, and again the next day', async () => {
    const { clock, engine, platform } = await openLab(someFeeds(1, 1));
    await pass(clock, engine, 60 * MINUTE);
    expect(platform.messages).toHaveLength(3);
    await pass(clock, engine, 24 * 60 * MINUTE);
    expect(platform.messages).toHaveLength(6);
  });
});
