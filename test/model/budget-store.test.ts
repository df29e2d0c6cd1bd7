import { expect, it } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { openBudgetStore } from '../../src/model/budget-store.ts';
import { openPersonalData } from '../../src/privacy/personal-data-store.ts';
import { openWorkspaceStore } from '../../src/workspaces/workspace-store.ts';
import { openTestDatabase } from '../support/database.ts';

const DAY = '2026-05-28';
const AT = '2026-05-28T12:00:00.000Z';
const ADA = { platform: 'slack', workspace: 'lab', person: 'ada' };

it('the budget deletes counts of earlier days and keeps those of today', async () => {
  const connection = await openTestDatabase();
  const budget = openBudgetStore(connection);
  const allowance = { aDay: 10, aPerson: 10 };
  await budget.claim(ADA, DAY, allowance);
  await budget.forgetBefore('2026-05-28');
  const people = () => connection.prepare('SELECT person FROM model_calls').pluck().all();
  expect(people()).toEqual(['ada']);
  await budget.forgetBefore('2026-05-29');
  expect(people()).toEqual([]);
});

it.each([
  ['is forgotten', (connection: DatabaseConnection) => openPersonalData(connection).forget(ADA, AT)],
  [
    'is in a workspace that is forgotten',
    (connection: DatabaseConnection) => openWorkspaceStore(connection).forget('slack', 'lab', 0),
  ],
])('gives no new calls to somebody who %s and asks again on the same day', async (_, forget) => {
  const connection = await openTestDatabase();
  const budget = openBudgetStore(connection);
  const allowance = { aDay: 100, aPerson: 5 };
  const claim = (person = ADA) => budget.claim(person, DAY, allowance);
  for (let call = 0; call < 3; call++) expect(await claim()).toBe('granted');
  await forget(connection);
  expect(connection.prepare('SELECT person FROM model_calls').pluck().all()).not.toContain('ada');
  await openWorkspaceStore(connection).welcome('slack', 'lab');
  expect([await claim(), await claim(), await claim()]).toEqual(['granted', 'granted', 'person']);
  await forget(connection);
  await openWorkspaceStore(connection).welcome('slack', 'lab');
  expect(await claim()).toBe('person');
  expect(await claim({ ...ADA, person: 'grace' })).toBe('granted');
});
