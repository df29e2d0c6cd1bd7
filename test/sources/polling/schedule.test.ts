import { describe, expect, it } from 'vitest';
import { HOUR_MS, jitter, pollDelay } from '../../../src/sources/polling/schedule.ts';

const MINUTE = 60_000;

describe('the polling schedule', () => {
  it.each([
    [0, 0.9],
    [0.5, 1],
    [0.999999, 1.1],
  ])('varies by at most ten per cent (%d)', (dice, factor) => {
    expect(jitter(HOUR_MS, () => dice) / HOUR_MS).toBeCloseTo(factor, 5);
  });

  it('waits twice as long after each failure, up to six hours', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 2_000].map(
      (failures) => pollDelay(failures, 0, () => 0.5) / MINUTE,
    );
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360]);
    expect(pollDelay(20, 0, () => 0.99)).toBe(6 * HOUR_MS);
  });

  it('waits at least as long as the source asks for', () => {
    expect(pollDelay(1, 20 * MINUTE, () => 0)).toBe(20 * MINUTE);
    expect(pollDelay(9, 20 * MINUTE, () => 0.5)).toBe(6 * HOUR_MS);
  });
});
