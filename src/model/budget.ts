/** How many calls of the language model a day has, all together and for each person. */
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

/** `day` and `person` say whose calls are used up. */
export type Claim = 'granted' | 'day' | 'person';

export interface BudgetStore {
  /** Counts a call when there is one left; forgets the days before. */
  claim(requester: Requester, day: Day, allowance: Allowance): Promise<Claim>;
  /** Who asked on the days before is nobody's business, also where nobody asks any more. */
  forgetBefore(day: Day): Promise<void>;
}
