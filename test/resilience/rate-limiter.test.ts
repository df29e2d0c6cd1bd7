import { describe, expect, it } from 'vitest';
import { openKeyedRateLimiter, openRateLimiter, type RateRules } from '../../src/resilience/rate-limiter.ts';
import { fakeClock } from '../support/fake-clock.ts';

const START = '2026-05-28T09:00:00Z';
const HOUR_MS = 3_600_000;

function open(rules: RateRules = { everyMs: 100 }) {
  const clock = fakeClock(START);
  const limiter = openRateLimiter(rules, clock);
  const begun: number[] = [];
  const controller = new AbortController();
  const ask = async () => {
    await limiter.acquire(controller.signal);
    begun.push(clock.elapsed());
  };
  const askTimes = (times: number) => {
    for (let count = 0; count < times; count++) void ask();
  };
  return { clock, limiter, begun, ask, askTimes, controller };
}

describe('a rate limiter', () => {
  it('spaces requests evenly, and saves no turns up', async () => {
    const { clock, begun, askTimes } = open();
    await clock.advance(10_000);
    askTimes(3);
    await clock.advance(1_000);
    expect(begun).toEqual([10_000, 10_100, 10_200]);
  });

  it('lets a burst through at once where one is allowed, and then again as the quiet time was', async () => {
    const { clock, begun, askTimes } = open({ everyMs: 1_000, burst: 3 });
    askTimes(5);
    await clock.advance(2_000);
    expect(begun).toEqual([0, 0, 0, 1_000, 2_000]);
    await clock.advance(2_000);
    askTimes(4);
    await clock.advance(2_000);
    expect(begun.slice(5)).toEqual([4_000, 4_000, 5_000, 6_000]);
  });

  it('keeps silent when asked to, and does not make up for it in a burst', async () => {
    const { clock, limiter, begun, askTimes } = open();
    askTimes(4);
    await clock.advance(50);
    limiter.pause(5_000);
    await clock.advance(10_000);
    expect(begun).toEqual([0, 5_050, 5_150, 5_250]);
  });

  it('lets nobody begin who has been told to stop', async () => {
    const { clock, begun, ask, controller } = open();
    const asked = [ask(), ask()].map((one) => one.catch((reason: Error) => reason.message));
    await clock.advance(50);
    controller.abort(new Error('enough'));
    expect(await Promise.all(asked)).toEqual([undefined, 'enough']);
    await expect(ask()).rejects.toThrow('enough');
    expect(begun).toEqual([0]);
  });

  it('leaves the time of a request that is given up to the next one', async () => {
    const { clock, begun } = open();
    const limiter = openRateLimiter({ everyMs: 100 }, clock);
    await limiter.acquire();
    const stop = new AbortController();
    const first = expect(limiter.acquire(stop.signal)).rejects.toThrow();
    stop.abort();
    await first;
    void limiter.acquire().then(() => begun.push(clock.elapsed()));
    await clock.advance(100);
    expect(begun).toEqual([100]);
  });

  it('neither blocks nor floods when the clock is set back or forward', async () => {
    const { clock, limiter, begun, askTimes } = open();
    askTimes(2);
    await clock.advance(50);
    clock.jump(-3 * HOUR_MS);
    await clock.advance(50);
    expect(begun).toEqual([0, 100]);
    limiter.pause(500);
    clock.jump(6 * HOUR_MS);
    askTimes(3);
    await clock.advance(499);
    expect(begun).toEqual([0, 100]);
    await clock.advance(1_000);
    expect(begun).toEqual([0, 100, 600, 700, 800]);
  });
});

describe('a rate limiter by key', () => {
  it('counts each key for itself', async () => {
    const clock = fakeClock(START);
    const limiter = openKeyedRateLimiter({ everyMs: 1_000, burst: 2 }, clock);
    const begun: string[] = [];
    for (const key of ['a', 'a', 'a', 'b', 'a'])
      void limiter.acquire(key).then(() => begun.push(`${key} ${clock.elapsed()}`));
    await clock.advance(5_000);
    expect(begun).toEqual(['a 0', 'a 0', 'b 0', 'a 1000', 'a 2000']);
  });

  it('goes on counting a busy key while thousands of others come and go', async () => {
    const clock = fakeClock(START);
    const limiter = openKeyedRateLimiter({ everyMs: 1_000 }, clock);
    await limiter.acquire('busy');
    for (let key = 0; key < 3_000; key++) await limiter.acquire(String(key));
    let begun: number | undefined;
    void limiter.acquire('busy').then(() => {
      begun = clock.elapsed();
    });
    await clock.advance(999);
    expect(begun).toBeUndefined();
    await clock.advance(1);
    expect(begun).toBe(1_000);
  });

  it('stops waiting when aborted', async () => {
    const limiter = openKeyedRateLimiter({ everyMs: 1_000 }, fakeClock(START));
    const controller = new AbortController();
    await limiter.acquire('a', controller.signal);
    const waiting = limiter.acquire('a', controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
