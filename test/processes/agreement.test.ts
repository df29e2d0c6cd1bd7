import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { openLeases } from '../../src/processes/leases-store.ts';
import { agreeOn } from '../../src/processes/shares.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';

async function open() {
  const connection = await openTestDatabase();
  const leases = openLeases(connection);
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const clock = fakeClock('2026-11-30T09:00:00Z');
  return { leases, clock, connection, options: { leases, clock, signal: stop.signal }, stop };
}

it('processes go by the value of the first one, even if they start at once', async () => {
  const { options, leases } = await open();
  const wanted = ['4', '5', '6'];
  const agreed = await Promise.all(wanted.map((value) => agreeOn(options, 'connections', value)));
  expect(new Set(agreed).size).toBe(1);
  expect(await agreeOn(options, 'connections', '7')).toBe(agreed[0]);
  expect(await agreeOn(options, 'other', '7')).toBe('7');
  // Nobody is counted as a process.
  expect(await leases.held()).toEqual([]);
});

it('the value holds while a process runs, and is decided anew when none does', async () => {
  const { options, clock, connection, stop } = await open();
  await agreeOn(options, 'connections', '4');
  const lapse = () => connection.exec('UPDATE leases SET until = 0');
  lapse();
  await clock.sleeping();
  await clock.advance(15_000);
  await setTimeout(0);
  expect(await agreeOn(options, 'connections', '5')).toBe('4');
  stop.abort();
  lapse();
  expect(await agreeOn(options, 'connections', '5')).toBe('5');
});
