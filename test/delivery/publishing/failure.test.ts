/** The real ledger takes back a failed request, even if its wait is a fraction of a millisecond. */
import { describe, expect, it } from 'vitest';
import { startDelivery } from '../../../src/delivery/engine.ts';
import { openLedger } from '../../../src/delivery/ledger/ledger-store.ts';
import { type Fault, openFakePlatform } from '../../fakes/memory/fake-port.ts';
import { openTestDatabase } from '../../support/database.ts';
import { engineOptions, holdFeeds, someFeeds } from '../../support/delivery.ts';
import { fakeClock } from '../../support/fake-clock.ts';

describe('a request that failed', () => {
  it.each<Fault>(['lose-answer', 'lose-request', 'refuse', 'rate-limit'])(
    'is waiting for its next try at once, not at the end of its lease: %s',
    async (fault) => {
      const clock = fakeClock('2026-05-28T09:00:00Z');
      const connection = await openTestDatabase();
      const platform = openFakePlatform({ clock, latencyMs: () => 10, fault: () => fault });
      const test = { clock, ledger: openLedger(connection), feeds: holdFeeds(someFeeds(1, 1)), platform };
      const engine = await startDelivery(engineOptions({ ...test, random: () => 0.123_456 }));
      void engine.tick();
      await clock.advance(20_000);
      expect(connection.prepare('SELECT reason FROM deliveries ORDER BY id').pluck().get()).toEqual(
        expect.any(String),
      );
      await engine.stop();
    },
  );
});
