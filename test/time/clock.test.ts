import { expect, it } from 'vitest';
import { systemClock } from '../../src/time/clock.ts';

it('a sleep that is aborted ends with the reason of the signal, not with an error of its own', async () => {
  const controller = new AbortController();
  const asleep = systemClock.sleep(3_600_000, controller.signal);
  controller.abort(new TypeError('enough'));
  await expect(asleep).rejects.toEqual(new TypeError('enough'));
  await expect(systemClock.sleep(1, controller.signal)).rejects.toEqual(new TypeError('enough'));
});

it('time that has elapsed does not go back', async () => {
  const before = systemClock.elapsed();
  await systemClock.sleep(5);
  expect(systemClock.elapsed()).toBeGreaterThan(before);
});
