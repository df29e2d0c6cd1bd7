import { describe, expect, it } from 'vitest';
import { openRateLimiter } from '../../src/resilience/rate-limiter.ts';
import { fakeClock } from '../support/fake-clock.ts';

const START = '2026-05-28T09:00:00Z';

describe('the pace', () => {
  const open = () => {
    const clock = fakeClock(START);
    const limiter = openRateLimiter(10, clock);
    const begun: number[] = [];
    const controller = new AbortController();
    const ask = async () => {
      await limiter.acquire(controller.signal);
      begun.push(clock.now().getTime() - Date.parse(START));
    };
    return { clock, limiter, begun, ask, controller };
  };

  it('spaces requests evenly, and saves no turns up', async () => {
    const { clock, begun, ask } = open();
    await clock.advance(10_000);
    for (let count = 0; count < 3; count++) void ask();
    await clock.advance(1_000);
    expect(begun).toEqual([10_000, 10_100, 10_200]);
  });

  it('keeps silent when asked to, and does not make up for it in a burst', async () => {
    const { clock, limiter, begun, ask } = open();
    for (let count = 0; count < 4; count++) void ask();
    await clock.advance(50);
    limiter.pause(5_000);
    await clock.advance(10_000);
    expect(begun).toEqual([0, 5_050, 5_150, 5_250]);
  });

  it('lets nobody begin who has been told to stop', async () => {
    const { clock, begun, ask, controller } = open();
    const asked = [ask(), ask()].map((one) => one.catch(() => 'stopped'));
    await clock.advance(0);
    controller.abort();
    expect(await Promise.all(asked)).toEqual([undefined, 'stopped']);
    expect(begun).toEqual([0]);
  });
});
