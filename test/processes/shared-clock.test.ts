import { expect, it, onTestFinished } from 'vitest';
import { openSharedClock } from '../../src/processes/shared-clock.ts';
import { fakeClock } from '../support/fake-clock.ts';

const TEN_MINUTES_MS = 600_000;

it('a machine whose clock is ten minutes off, or is set, goes by the clock of the database', async () => {
  const database = fakeClock('2026-11-30T09:00:00Z');
  const machine = fakeClock('2026-11-30T09:10:00Z');
  const clock = await openSharedClock(async () => database.now().getTime(), machine);
  onTestFinished(() => clock.stop());
  expect(clock.now()).toEqual(new Date('2026-11-30T09:00:00Z'));
  machine.jump(-2 * TEN_MINUTES_MS);
  await Promise.all([database.advance(1_500), machine.advance(1_500)]);
  expect(clock.now()).toEqual(new Date('2026-11-30T09:00:01.500Z'));
});

it('goes on while the database does not answer, and follows it again afterwards', async () => {
  const database = fakeClock('2026-11-30T09:00:00Z');
  const machine = fakeClock('2026-11-30T09:00:00Z');
  let isDown = false;
  const ask = async () => {
    if (isDown) throw new Error('no connection');
    return database.now().getTime();
  };
  const clock = await openSharedClock(ask, machine);
  onTestFinished(() => clock.stop());
  isDown = true;
  await machine.advance(60_000);
  expect(clock.now()).toEqual(new Date('2026-11-30T09:01:00Z'));
  isDown = false;
  await machine.sleeping();
  await machine.advance(10_000);
  expect(clock.now()).toEqual(new Date('2026-11-30T09:00:00Z'));
});
