import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openWindows } from '../../src/processes/windows-store.ts';
import { openTestDatabase } from '../support/database.ts';

/** Far longer than the calls of a test take. */
const LONG_MS = 10_000;
const SHORT_MS = 20;

async function open(places: number) {
  const windows = openWindows(await openTestDatabase());
  await windows.create('discord', places);
  return windows;
}

it('each place is taken by one request, and free again one window after its answer', async () => {
  const windows = await open(2);
  const first = await windows.take('discord', LONG_MS);
  const second = await windows.take('discord', LONG_MS);
  expect([first, second]).toMatchObject([
    { place: 0, waitMs: 0 },
    { place: 1, waitMs: 0 },
  ]);
  expect(await windows.take('discord', LONG_MS)).toBeUndefined();
  if (second) await windows.leave('discord', second, LONG_MS);
  const third = await windows.take('discord', LONG_MS);
  expect(third?.place).toBe(1);
  expect(third?.waitMs).toBeGreaterThan(0.9 * LONG_MS);
});

it('an answer that comes after the place was given to another request does not free it', async () => {
  const windows = await open(1);
  const first = await windows.take('discord', SHORT_MS);
  if (first) await windows.leave('discord', first, SHORT_MS);
  await setTimeout(2 * SHORT_MS);
  const second = await windows.take('discord', SHORT_MS);
  expect(second).toMatchObject({ waitMs: 0 });
  if (first) await windows.leave('discord', first, SHORT_MS);
  expect(await windows.take('discord', SHORT_MS)).toBeUndefined();
});

it('creating the places of a window again leaves those in use alone, and other windows have their own', async () => {
  const windows = await open(1);
  await windows.take('discord', LONG_MS);
  await windows.create('discord', 1);
  expect(await windows.take('discord', LONG_MS)).toBeUndefined();
  await windows.create('other', 1);
  expect(await windows.take('other', LONG_MS)).toMatchObject({ place: 0 });
});
