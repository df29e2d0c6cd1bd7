/** Counts calls to the language model in the database, so that a restart does not reset the limits. */

import { personHash } from '../base/person-hash.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { Allowance, BudgetStore, Claim, Requester } from './budget.ts';

/** Runs in the store thread. */
export function openBudgetStore(connection: DatabaseConnection): BudgetStore {
  const ofDay = connection
    .prepare<[string], number>('SELECT coalesce(sum(calls), 0) FROM model_calls WHERE day = ?')
    .pluck();
  const ofPerson = connection
    .prepare<[Requester & { day: string }], number>(
      `SELECT coalesce(sum(calls), 0) FROM model_calls
       WHERE day = @day AND platform = @platform AND workspace = @workspace AND person = @person`,
    )
    .pluck();
  const count = connection.prepare<[Requester & { day: string }]>(
    `INSERT INTO model_calls (day, platform, workspace, person, calls) VALUES (@day, @platform, @workspace, @person, 1)
     ON CONFLICT (day, platform, workspace, person) DO UPDATE SET calls = model_calls.calls + 1`,
  );
  const forget = connection.prepare<[string]>('DELETE FROM model_calls WHERE day < ?');

  // Checks and counts in one transaction, so that two concurrent requests cannot share the last call.
  const claim = connection.transaction((requester: Requester, day: string, allowance: Allowance): Claim => {
    forget.run(day);
    const { platform, workspace, person } = requester;
    const key = { platform, workspace, person, day };
    if ((ofDay.get(day) ?? 0) >= allowance.aDay) return 'day';
    const calls = (ofPerson.get(key) ?? 0) + (ofPerson.get({ day, ...anonymous(requester) }) ?? 0);
    if (calls >= allowance.aPerson) return 'person';
    count.run(key);
    return 'granted';
  });

  return {
    claim: async (requester, day, allowance) => claim.immediate(requester, day, allowance),
    forgetBefore: async (day) => void forget.run(day),
  };
}

/**
 * Keeps the counts of deleted people under a hash until the day is over, so that deleting data or
 * reinstalling the bot does not reset the budget. Call it before the deletion, in the same transaction; it
 * deletes the calls.
 */
export function openCallKeeping(connection: DatabaseConnection) {
  type Row = Requester & { readonly day: string; readonly calls: number };
  const OF_PERSON = 'platform = @platform AND workspace = @workspace AND person = @person';
  const OF_WORKSPACE = 'platform = @platform AND workspace = @workspace';
  const add = connection.prepare<[Row]>(
    `INSERT INTO model_calls (day, platform, workspace, person, calls) VALUES (@day, @platform, @workspace, @person, @calls)
     ON CONFLICT (day, platform, workspace, person) DO UPDATE SET calls = model_calls.calls + excluded.calls`,
  );
  const keep = <Key extends object>(where: string) => {
    const rows = connection.prepare<[Key], Row>(`SELECT * FROM model_calls WHERE ${where}`);
    const drop = connection.prepare<[Key]>(`DELETE FROM model_calls WHERE ${where}`);
    return (key: Key) => {
      const kept = rows.all(key);
      drop.run(key);
      for (const { day, calls, ...requester } of kept) add.run({ day, calls, ...anonymous(requester) });
    };
  };
  return { ofPerson: keep<Requester>(OF_PERSON), ofWorkspace: keep<Omit<Requester, 'person'>>(OF_WORKSPACE) };
}

/** Belongs to no platform and no workspace, so that it is not deleted with one. */
function anonymous({ platform, workspace, person }: Requester): Requester {
  return { platform: '', workspace: '', person: personHash({ platform, workspace, person }).toString('hex') };
}
