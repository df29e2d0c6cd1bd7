/** Counts calls to the language model in the database, so that a restart does not reset the limits. */
import type { Connection } from '../db/open.ts';
import type { Allowance, BudgetStore, Claim, Requester } from './budget.ts';

/** Runs in the store thread. */
export function openBudgetStore(connection: Connection): BudgetStore {
  const ofDay = connection
    .prepare<[string], number>('SELECT coalesce(sum(calls), 0) FROM model_calls WHERE day = ?')
    .pluck();
  const ofPerson = connection
    .prepare<[Requester & { day: string }], number>(
      `SELECT calls FROM model_calls
       WHERE day = @day AND platform = @platform AND workspace = @workspace AND person = @person`,
    )
    .pluck();
  const count = connection.prepare<[Requester & { day: string }]>(
    `INSERT INTO model_calls (day, platform, workspace, person, calls) VALUES (@day, @platform, @workspace, @person, 1)
     ON CONFLICT DO UPDATE SET calls = calls + 1`,
  );
  const forget = connection.prepare<[string]>('DELETE FROM model_calls WHERE day < ?');

  // Checks and counts in one transaction, so that two concurrent requests cannot share the last call.
  const claim = connection.transaction((requester: Requester, day: string, allowance: Allowance): Claim => {
    forget.run(day);
    const { platform, workspace, person } = requester;
    const key = { platform, workspace, person, day };
    if ((ofDay.get(day) ?? 0) >= allowance.aDay) return 'day';
    if ((ofPerson.get(key) ?? 0) >= allowance.aPerson) return 'person';
    count.run(key);
    return 'granted';
  });

  return {
    claim: async (requester, day, allowance) => claim.immediate(requester, day, allowance),
    forgetBefore: async (day) => void forget.run(day),
  };
}
