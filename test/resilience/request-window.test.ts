import { expect, it } from 'vitest';
import { openRequestWindow } from '../../src/resilience/request-window.ts';
import { seededRandom } from '../support/delivery.ts';
import { fakeClock } from '../support/fake-clock.ts';

const RULES = { places: 3, windowMs: 1_000 };

it('the other side never receives more in a window, however long requests are on their way', async () => {
  const clock = fakeClock('2026-11-30T09:00:00Z');
  const window = openRequestWindow(RULES, clock);
  const random = seededRandom(5);
  const received: number[] = [];
  const request = async () => {
    const leave = await window.enter();
    await clock.sleep(random() * 800);
    received.push(clock.elapsed());
    await clock.sleep(random() * 100);
    leave();
  };
  const all = Promise.all(Array.from({ length: 30 }, request));
  await clock.advance(30_000);
  await all;
  const times = received.toSorted((a, b) => a - b);
  for (const [at, time] of times.slice(RULES.places).entries()) {
    expect(time - (times[at] ?? 0)).toBeGreaterThanOrEqual(RULES.windowMs);
  }
});

it('requests start in the order of asking, as many as fit at once', async () => {
  const clock = fakeClock('2026-11-30T09:00:00Z');
  const window = openRequestWindow(RULES, clock);
  const started: string[] = [];
  const request = async (name: string) => {
    const leave = await window.enter();
    started.push(`${name} ${clock.elapsed()}`);
    leave();
  };
  const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map(request));
  await clock.advance(1_000);
  await all;
  expect(started).toEqual(['a 0', 'b 0', 'c 0', 'd 1000', 'e 1000']);
});

it('a request that is given up takes no place, and those behind it go on', async () => {
  const clock = fakeClock('2026-11-30T09:00:00Z');
  const window = openRequestWindow({ places: 1, windowMs: 1_000 }, clock);
  const leave = await window.enter();
  const stop = new AbortController();
  const givenUp = window.enter(stop.signal);
  const next = window.enter();
  stop.abort(new Error('stopped'));
  leave();
  await expect(givenUp).rejects.toThrow('stopped');
  await clock.advance(1_000);
  (await next)();
});
