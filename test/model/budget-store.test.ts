import { expect, it } from 'vitest';
import { openBudgetStore } from '../../src/model/budget-store.ts';
import { openTestDatabase } from '../support/database.ts';

it('the budget deletes counts of earlier days and keeps those of today', async () => {
  const connection = await openTestDatabase();
  const budget = openBudgetStore(connection);
  const allowance = { aDay: 10, aPerson: 10 };
  await budget.claim({ platform: 'slack', workspace: 'lab', person: 'ada' }, '2026-05-28', allowance);
  await budget.forgetBefore('2026-05-28');
  const people = () => connection.prepare('SELECT person FROM model_calls').pluck().all();
  expect(people()).toEqual(['ada']);
  await budget.forgetBefore('2026-05-29');
  expect(people()).toEqual([]);
});
