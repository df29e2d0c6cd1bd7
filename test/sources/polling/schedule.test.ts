import { describe, expect, it } from 'vitest';
import { HOUR_MS, pollDelay, pollInterval } from '../../../src/sources/polling/schedule.ts';

const MINUTE = 60_000;
const middle = () => 0.5;

describe('the polling schedule', () => {
  it('varies by at most ten per cent', () => {
    expect(pollInterval(HOUR_MS, () => 0)).toBeCloseTo(0.9 * HOUR_MS, 3);
    expect(pollInterval(HOUR_MS, () => 1)).toBeCloseTo(1.1 * HOUR_MS, 3);
  });

  it('waits five minutes after a failure, and no longer than six hours after many', () => {
    const waits = [1, 2, 6, 7].map((failures) => pollDelay(failures, 0, middle) / MINUTE);
    expect(waits).toEqual([5, 10, 160, 300]);
    expect(pollDelay(2_000, 0, () => 1)).toBeCloseTo(6 * HOUR_MS, 3);
  });

  it('waits at least as long as the source asks for', () => {
    expect(pollDelay(1, 20 * MINUTE, () => 0)).toBe(20 * MINUTE);
    expect(pollDelay(9, 20 * MINUTE, middle)).toBe(5 * HOUR_MS);
  });
});
