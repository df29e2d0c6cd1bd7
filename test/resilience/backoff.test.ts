import { describe, expect, it } from 'vitest';
import { backoffDelay, vary } from '../../src/resilience/backoff.ts';

const RULES = { firstMs: 2_000, longestMs: 300_000 };
const middle = () => 0.5;

describe('the pauses of a back-off', () => {
  it('double after each failure up to the longest, however many failures there are', () => {
    const pauses = [1, 2, 3, 7, 8, 9, 2_000].map((failures) => backoffDelay(RULES, failures, middle));
    expect(pauses).toEqual([2_000, 4_000, 8_000, 128_000, 256_000, 300_000, 300_000]);
  });

  it('vary by a fifth either way, the longest as well', () => {
    for (const [failures, pause] of [
      [1, 2_000],
      [50, 300_000],
    ] as const) {
      expect(backoffDelay(RULES, failures, () => 0)).toBeCloseTo(0.8 * pause, 6);
      expect(backoffDelay(RULES, failures, () => 1 - Number.EPSILON)).toBeCloseTo(1.2 * pause, 6);
    }
  });

  it('differ from try to try when nobody gives the random numbers', () => {
    const pauses = Array.from({ length: 100 }, () => backoffDelay(RULES, 1));
    expect(new Set(pauses).size).toBeGreaterThan(90);
    expect(pauses.every((pause) => pause >= 1_600 && pause < 2_400)).toBe(true);
  });

  it('are none when the first is none', () => {
    expect(backoffDelay({ firstMs: 0, longestMs: 10 }, 3)).toBe(0);
  });
});

it('a duration varies by the share that it is given', () => {
  expect([0, 0.5, 0.75].map((dice) => vary(1_000, 0.1, () => dice))).toEqual([900, 1_000, 1_050]);
});
