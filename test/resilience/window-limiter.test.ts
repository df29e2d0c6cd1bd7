import { describe, expect, it } from 'vitest';
import { openWindowLimiter } from '../../src/resilience/window-limiter.ts';
import { fakeClock } from '../support/fake-clock.ts';

const HOUR_MS = 3_600_000;

describe('a window limiter', () => {
  const open = () => {
    const clock = fakeClock('2026-05-28T09:00:00Z');
    const mayGo = openWindowLimiter(2, 10_000, clock);
    return { clock, mayGo };
  };

  it('allows its number in any stretch of the window, and counts only what it allowed', async () => {
    const { clock, mayGo } = open();
    expect(mayGo()).toBe(true);
    await clock.advance(6_000);
    expect([mayGo(), mayGo()]).toEqual([true, false]);
    await clock.advance(4_000);
    expect([mayGo(), mayGo()]).toEqual([true, false]);
    await clock.advance(6_000);
    expect([mayGo(), mayGo()]).toEqual([true, false]);
  });

  it('says how long the next action has to wait', async () => {
    const { clock, mayGo } = open();
    expect([mayGo(), mayGo.leftMs()]).toEqual([true, 0]);
    await clock.advance(3_000);
    expect([mayGo(), mayGo.leftMs()]).toEqual([true, 7_000]);
    await clock.advance(7_000);
    expect([mayGo.leftMs(), mayGo(), mayGo.leftMs()]).toEqual([0, true, 3_000]);
  });

  it('neither blocks nor floods when the clock is set back or forward', async () => {
    const { clock, mayGo } = open();
    expect([mayGo(), mayGo()]).toEqual([true, true]);
    clock.jump(6 * HOUR_MS);
    expect(mayGo()).toBe(false);
    clock.jump(-12 * HOUR_MS);
    expect(mayGo()).toBe(false);
    await clock.advance(10_000);
    expect(mayGo()).toBe(true);
  });
});
