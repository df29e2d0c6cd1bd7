import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStores } from '../../src/app/stores.ts';
import { startDelivery } from '../../src/delivery/engine.ts';
import { systemClock } from '../../src/time/clock.ts';
import { openFakePlatform } from '../fakes/memory/fake-port.ts';
import { temporaryFolder } from '../support/database.ts';
import { engineOptions, holdFeeds, someFeeds } from '../support/delivery.ts';

describe('the ledger in the store thread', () => {
  it('delivers a list that fell due an hour ago', async () => {
    const { stores, close } = await openStores({ path: join(temporaryFolder(), 'paperboy.db') }, () => {});
    const { ledger } = stores;
    onTestFinished(close);
    const anHourAgo = new Date(Date.now() - 3_600_000).toISOString().slice(11, 16);
    const platform = openFakePlatform({ clock: systemClock, latencyMs: () => 2 });
    const feeds = holdFeeds(someFeeds(5, 2, { time: anHourAgo }));
    const limits = { perSecond: 500, inFlight: 8, perWorkspace: 1 };
    const test = { clock: systemClock, ledger, feeds, platform, limits };
    const engine = await startDelivery(engineOptions(test));
    await engine.tick();
    await engine.idle();
    expect(platform.messages).toHaveLength(15);
    const figures = await engine.figures();
    expect(figures).toMatchObject({
      byState: { done: 15 },
      oldestDueSeconds: 0,
      ambiguous: 0,
      parked: 0,
      refused: 0,
    });
    expect(figures.lastSuccess).toBeGreaterThan(Date.now() - 60_000);
    await engine.stop();
  });
});
