import { describe, expect, it } from 'vitest';
import { openKeyedPauses, openPause } from '../../src/resilience/pause.ts';
import { fakeClock } from '../support/fake-clock.ts';

const HOUR_MS = 3_600_000;
const open = () => fakeClock('2026-05-28T09:00:00Z');

describe('a pause', () => {
  it('says how long it still lasts, and is over then', async () => {
    const clock = open();
    const pause = openPause(clock);
    expect(pause.left()).toBe(0);
    pause.start(5_000);
    await clock.advance(2_000);
    expect(pause.left()).toBe(3_000);
    await clock.advance(3_000);
    expect(pause.left()).toBe(0);
  });

  it('is not shortened by a shorter one, and ends when it is told to', async () => {
    const clock = open();
    const pause = openPause(clock);
    pause.start(5_000);
    pause.start(1_000);
    expect(pause.left()).toBe(5_000);
    pause.start(9_000);
    expect(pause.left()).toBe(9_000);
    pause.end();
    expect(pause.left()).toBe(0);
  });

  it('lasts as long when the clock is set back or forward', async () => {
    const clock = open();
    const pause = openPause(clock);
    pause.start(5_000);
    clock.jump(-3 * HOUR_MS);
    expect(pause.left()).toBe(5_000);
    clock.jump(6 * HOUR_MS);
    expect(pause.left()).toBe(5_000);
    await clock.advance(5_000);
    expect(pause.left()).toBe(0);
  });
});

it('pauses by key last each for itself', async () => {
  const clock = open();
  const pauses = openKeyedPauses(clock);
  pauses.start('one', 5_000);
  await clock.advance(1_000);
  pauses.start('two', 5_000);
  await clock.advance(4_000);
  const paused = () => ['one', 'two', 'three'].map((key) => pauses.isPaused(key));
  expect(paused()).toEqual([false, true, false]);
  // Starting another looks through those that are over.
  pauses.start('three', 1_000);
  expect(paused()).toEqual([false, true, true]);
  await clock.advance(1_000);
  expect(paused()).toEqual([false, false, false]);
});
