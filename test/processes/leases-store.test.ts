import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openLeases } from '../../src/processes/leases-store.ts';
import { openTestDatabase } from '../support/database.ts';

const LONG_MS = 60_000;

async function open() {
  return openLeases(await openTestDatabase());
}

it('a lease has one holder, who renews it, until it is released', async () => {
  const leases = await open();
  expect(await leases.take('planning', 'ada', LONG_MS)).toBe(true);
  expect(await leases.take('planning', 'boole', LONG_MS)).toBe(false);
  expect(await leases.take('planning', 'ada', LONG_MS)).toBe(true);
  expect(await leases.take('learning', 'boole', LONG_MS)).toBe(true);
  await leases.release('planning', 'boole');
  expect(await leases.held()).toEqual([
    { name: 'learning', holder: 'boole' },
    { name: 'planning', holder: 'ada' },
  ]);
  await leases.release('planning', 'ada');
  expect(await leases.take('planning', 'boole', LONG_MS)).toBe(true);
});

it('a lease that was not renewed is free', async () => {
  const leases = await open();
  await leases.take('planning', 'ada', 1);
  await expect.poll(() => leases.take('planning', 'boole', LONG_MS)).toBe(true);
  expect(await leases.take('planning', 'ada', LONG_MS)).toBe(false);
});

it('held() leaves out leases that have ended', async () => {
  const leases = await open();
  await leases.take('planning', 'ada', 1);
  await setTimeout(2);
  expect(await leases.held()).toEqual([]);
});
