import { describe, expect, it } from 'vitest';
import { type BreakerRules, openCircuitBreaker } from '../../src/resilience/circuit-breaker.ts';
import { fakeClock } from '../support/fake-clock.ts';

const MINUTE = 60_000;
const HOUR_MS = 60 * MINUTE;
/** Counts failures in a window of time, because platforms ban for their number. */
const WINDOW = { failures: 500, openMs: 10 * MINUTE, windowMs: 10 * MINUTE };
/** In a row, as a server that is down. */
const IN_A_ROW = { failures: 3, openMs: MINUTE };

function open(rules: BreakerRules) {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const heard: string[] = [];
  const breaker = openCircuitBreaker(rules, clock, {
    onOpen: (failures) => heard.push(`open after ${failures}`),
    onRecovered: () => heard.push('recovered'),
  });
  const fail = (times = 1) => {
    for (let count = 0; count < times; count++) breaker.failed();
  };
  return { clock, breaker, heard, fail };
}

describe('a breaker that counts failures in a window', () => {
  it('opens at its limit, tells once, and closes when the window has passed', async () => {
    const { clock, breaker, heard, fail } = open(WINDOW);
    fail(499);
    expect(breaker.isOpen()).toBe(false);
    fail(2);
    expect([breaker.isOpen(), heard]).toEqual([true, ['open after 500']]);
    await clock.advance(WINDOW.openMs);
    expect(breaker.isOpen()).toBe(false);
    fail();
    expect([breaker.isOpen(), breaker.total()]).toEqual([false, 502]);
  });

  it('tells again of the next time', async () => {
    const { clock, breaker, heard, fail } = open(WINDOW);
    fail(500);
    await clock.advance(WINDOW.openMs);
    fail(500);
    expect(breaker.isOpen()).toBe(true);
    expect(heard).toEqual(['open after 500', 'open after 500']);
  });

  it('forgives what failed long ago', async () => {
    const { clock, heard, fail } = open(WINDOW);
    for (let count = 0; count < 1_000; count++) {
      fail();
      await clock.advance(WINDOW.windowMs / WINDOW.failures + 10);
    }
    expect(heard).toEqual([]);
  });
});

describe('a breaker that counts failures in a row', () => {
  it('starts again from nothing after a success', () => {
    const { breaker, heard, fail } = open(IN_A_ROW);
    fail(2);
    breaker.succeeded();
    fail(2);
    expect([breaker.isOpen(), heard]).toEqual([false, []]);
  });

  it('opens again at the first failure after its pause, and tells that once', async () => {
    const { clock, breaker, heard, fail } = open(IN_A_ROW);
    fail(3);
    await clock.advance(MINUTE);
    expect(breaker.isOpen()).toBe(false);
    fail();
    expect(breaker.isOpen()).toBe(true);
    await clock.advance(MINUTE);
    breaker.succeeded();
    fail(3);
    expect(heard).toEqual(['open after 3', 'recovered', 'open after 3']);
  });

  it('closes at once when a call that was under way succeeds', () => {
    const { breaker, heard, fail } = open(IN_A_ROW);
    fail(3);
    breaker.succeeded();
    expect([breaker.isOpen(), heard]).toEqual([false, ['open after 3', 'recovered']]);
  });

  it('takes calls that were under way together for one failure', async () => {
    const { clock, breaker } = open(IN_A_ROW);
    const began = clock.elapsed();
    for (let call = 0; call < 9; call++) {
      await clock.advance(100);
      breaker.failed(began);
    }
    expect(breaker.isOpen()).toBe(false);
    for (let call = 0; call < 2; call++) {
      const next = clock.elapsed();
      await clock.advance(100);
      breaker.failed(next);
    }
    expect(breaker.isOpen()).toBe(true);
  });
});

it.each([
  ['back', -3 * HOUR_MS],
  ['forward', 3 * HOUR_MS],
])('a breaker stays open as long when the clock is set %s', async (_, ms) => {
  const { clock, breaker, fail } = open(IN_A_ROW);
  fail(2);
  clock.jump(ms);
  fail();
  clock.jump(ms);
  await clock.advance(MINUTE - 1);
  expect(breaker.isOpen()).toBe(true);
  await clock.advance(1);
  expect(breaker.isOpen()).toBe(false);
});
