/** Daily limits for calls to the language model, in total and per person. */
import type { Day } from '../time/clock.ts';

export interface Requester {
  readonly platform: string;
  readonly workspace: string;
  readonly person: string;
}

export interface Allowance {
  readonly aDay: number;
  readonly aPerson: number;
}

/** `day` and `person` name the limit that is reached. */
export type Claim = 'granted' | 'day' | 'person';

export interface BudgetStore {
  /** Counts a call if one is left, and deletes the counts of earlier days. */
  claim(requester: Requester, day: Day, allowance: Allowance): Promise<Claim>;
  /** Deletes the counts of earlier days, for privacy, even if there are no new calls. */
  forgetBefore(day: Day): Promise<void>;
}
