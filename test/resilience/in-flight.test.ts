import { expect, it } from 'vitest';
import { drainWithin, openInFlight } from '../../src/resilience/in-flight.ts';
import { fakeClock } from '../support/fake-clock.ts';

it('a stop waits for the work under way, whatever comes of it, and for no more', async () => {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const [one, two] = [openInFlight(), openInFlight()];
  const failing = one.follow(clock.sleep(1_000).then(() => Promise.reject(new Error('broken'))));
  failing.catch(() => undefined);
  expect(await two.follow(Promise.resolve('done'))).toBe('done');
  let drainedAt: number | undefined;
  const drained = drainWithin(5_000, clock, one, two).then(() => {
    drainedAt = clock.elapsed();
  });
  void two.follow(clock.sleep(2_000));
  await clock.advance(10_000);
  await drained;
  expect(drainedAt).toBe(1_000);
});

it('a stop does not wait longer than it may', async () => {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const inFlight = openInFlight();
  void inFlight.follow(new Promise<void>(() => {}));
  let isOver = false;
  const drained = drainWithin(5_000, clock, inFlight).then(() => {
    isOver = true;
  });
  await clock.advance(4_999);
  expect(isOver).toBe(false);
  await clock.advance(1);
  await drained;
});
