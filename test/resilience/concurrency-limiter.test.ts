import { describe, expect, it } from 'vitest';
import { openConcurrencyLimiter } from '../../src/resilience/concurrency-limiter.ts';
import { fakeClock } from '../support/fake-clock.ts';

const HOUR_MS = 3_600_000;

function open() {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  return { clock, limiter: openConcurrencyLimiter({ inAll: 3, perKey: 2 }, clock) };
}

describe('a concurrency limiter', () => {
  it('gives a key its share, and the next one when one leaves', () => {
    const { limiter } = open();
    expect([1, 2, 3].map(() => limiter.tryEnter('a'))).toEqual([true, true, false]);
    expect(limiter.tryEnter('b')).toBe(true);
    limiter.leave('a');
    expect([1, 2].map(() => limiter.tryEnter('a'))).toEqual([true, false]);
  });

  it('has room again when anybody leaves', async () => {
    const { clock, limiter } = open();
    for (const key of ['a', 'a', 'b']) limiter.tryEnter(key);
    let room = false;
    const whenRoom = limiter.whenRoom().then(() => {
      room = true;
    });
    await clock.advance(HOUR_MS);
    expect(room).toBe(false);
    limiter.leave('b');
    await whenRoom;
    expect(limiter.tryEnter('c')).toBe(true);
  });

  it('pauses one key alone, as long when the clock is set back or forward', async () => {
    const { clock, limiter } = open();
    limiter.pause('a', 5_000);
    clock.jump(-3 * HOUR_MS);
    expect([limiter.tryEnter('a'), limiter.tryEnter('b')]).toEqual([false, true]);
    clock.jump(6 * HOUR_MS);
    await clock.advance(4_999);
    expect(limiter.tryEnter('a')).toBe(false);
    await clock.advance(1);
    expect(limiter.tryEnter('a')).toBe(true);
  });
});
