import { describe, expect, it } from 'vitest';
import { openBreaker } from '../../src/resilience/circuit-breaker.ts';
import { fakeClock } from '../support/fake-clock.ts';

const START = '2026-05-28T09:00:00Z';

const RULES = { limit: 500, windowMs: 10 * 60_000 };

describe('the breaker', () => {
  it('opens at its limit, tells once, and closes when the window has passed', async () => {
    const clock = fakeClock(START);
    const told: number[] = [];
    const breaker = openBreaker(RULES, clock, (refused) => void told.push(refused));
    for (let count = 1; count < RULES.limit; count++) breaker.refused();
    expect(breaker.isOpen()).toBe(false);
    breaker.refused();
    breaker.refused();
    expect([breaker.isOpen(), told]).toEqual([true, [RULES.limit]]);
    await clock.advance(RULES.windowMs);
    expect(breaker.isOpen()).toBe(false);
    breaker.refused();
    expect([breaker.isOpen(), breaker.total()]).toEqual([false, RULES.limit + 2]);
  });

  it('forgives what was refused long ago', async () => {
    const clock = fakeClock(START);
    const breaker = openBreaker(RULES, clock, () => expect.unreachable());
    for (let count = 0; count < 2 * RULES.limit; count++) {
      breaker.refused();
      await clock.advance(RULES.windowMs / RULES.limit + 10);
    }
  });
});
