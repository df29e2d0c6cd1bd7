/** Calls of the language model, counted in the database: a restart gives nobody new ones. */
import type { Connection } from '../db/open.ts';
import type { Allowance, Asker, BudgetStore, Claim } from './budget.ts';

/** Runs in the thread that owns the database. */
export function openBudgetStore(connection: Connection): BudgetStore {
  const ofDay = connection
    .prepare<[string], number>('SELECT coalesce(sum(calls), 0) FROM model_calls WHERE day = ?')
    .pluck();
  const ofPerson = connection
    .prepare<[Asker & { day: string }], number>(
      `SELECT calls FROM model_calls
       WHERE day = @day AND platform = @platform AND workspace = @workspace AND person = @person`,
    )
    .pluck();
  const count = connection.prepare<[Asker & { day: string }]>(
    `INSERT INTO model_calls (day, platform, workspace, person, calls) VALUES (@day, @platform, @workspace, @person, 1)
     ON CONFLICT DO UPDATE SET calls = calls + 1`,
  );
  const forget = connection.prepare<[string]>('DELETE FROM model_calls WHERE day < ?');

  // One transaction looks and counts: two that ask at once never share the last call.
  const claim = connection.transaction((asker: Asker, day: string, allowance: Allowance): Claim => {
    forget.run(day);
    const { platform, workspace, person } = asker;
    const key = { platform, workspace, person, day };
    if ((ofDay.get(day) ?? 0) >= allowance.aDay) return 'day';
    if ((ofPerson.get(key) ?? 0) >= allowance.aPerson) return 'person';
    count.run(key);
    return 'granted';
  });

  return {
    claim: async (asker, day, allowance) => claim.immediate(asker, day, allowance),
    forgetBefore: async (day) => void forget.run(day),
  };
}
