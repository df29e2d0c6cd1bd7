/** Deletes what is no longer used, each night. */
import type { Logger } from '../base/log.ts';
import { type MessageStore, RECONCILED_MS } from '../messages/messages.ts';
import type { BudgetStore } from '../model/budget.ts';
import { dayOf } from '../time/clock.ts';
import type { DatabaseFile } from './stores.ts';

export interface CleanUpOptions {
  readonly database: Pick<DatabaseFile, 'emptyJournal'>;
  readonly messages: Pick<MessageStore, 'forget' | 'forgetHashes' | 'forgetLines'>;
  readonly budget: Pick<BudgetStore, 'forgetBefore'>;
  readonly log: Logger;
}

/** Time for which reactions to our messages save papers, and their buttons work. */
const REACTABLE_MS = 400 * 86_400_000;

export async function cleanUp({ database, messages, budget, log }: CleanUpOptions, now: Date): Promise<void> {
  try {
    const before = new Date(now.getTime() - REACTABLE_MS).toISOString();
    await messages.forget(before);
    await messages.forgetLines(before);
    await messages.forgetHashes(new Date(now.getTime() - RECONCILED_MS).toISOString());
    await budget.forgetBefore(dayOf(now));
    // Also for people and workspaces that were forgotten while somebody read the journal.
    if (!(await database.emptyJournal())) log.warn('clean-up: journal in use');
  } catch (error) {
    log.error({ err: error }, 'clean-up: failed');
  }
}
