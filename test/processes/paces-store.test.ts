import { expect, it } from 'vitest';
import { openLeases } from '../../src/processes/leases-store.ts';
import { openPaces } from '../../src/processes/paces-store.ts';
import { openTestDatabase } from '../support/database.ts';

/** Far longer than the calls of a test take. */
const EVERY_MS = 100_000;

it('each request is booked one interval after the one before, whoever books it', async () => {
  const connection = await openTestDatabase();
  const [ours, theirs] = [openPaces(connection), openPaces(connection)];
  expect(await ours.book('discord', EVERY_MS)).toBe(0);
  const second = await theirs.book('discord', EVERY_MS);
  const third = await ours.book('discord', EVERY_MS);
  expect(second).toBeGreaterThan(0.9 * EVERY_MS);
  expect(second).toBeLessThanOrEqual(EVERY_MS);
  expect(third).toBeGreaterThan(1.9 * EVERY_MS);
  expect(await ours.book('slack', EVERY_MS)).toBe(0);
});

it('a pause holds for everybody, also for what is booked, and a shorter one does not end it', async () => {
  const paces = openPaces(await openTestDatabase());
  expect(await paces.pauseLeft('discord')).toBe(0);
  await paces.pause('discord', EVERY_MS);
  await paces.pause('discord', 1);
  expect(await paces.pauseLeft('discord')).toBeGreaterThan(0.9 * EVERY_MS);
  expect(await paces.pauseLeft('slack')).toBe(0);
});

it('paces and leases that ended an hour ago are forgotten', async () => {
  const connection = await openTestDatabase();
  const paces = openPaces(connection);
  await paces.book('discord', EVERY_MS);
  await openLeases(connection).take('planning', 'ada', EVERY_MS);
  connection.exec(`INSERT INTO paces (name, free_at) VALUES ('old', 1)`);
  connection.exec(`INSERT INTO leases (name, holder, until) VALUES ('process 1', '1', 1)`);
  await paces.forget();
  expect(connection.prepare('SELECT name FROM leases').pluck().all()).toEqual(['planning']);
  expect(connection.prepare('SELECT name FROM paces').pluck().all()).toEqual(['discord']);
});
