/** Filters for saved papers, and the options that say them. */

import { UserError } from '../../../src/base/errors.ts';
import type { Caller, PersonRef, Team } from '../../../src/chat/caller.ts';
import type { ChoiceOption, DayOption, StringOption } from '../../../src/command/define.ts';
import type { ListQuery } from '../../../src/library/library.ts';
import { toTag } from '../../../src/library/tags.ts';
import { READING_STATES, type ReadingState, type SearchFilter } from '../../../src/search/search.ts';
import type { Day } from '../../../src/time/clock.ts';
import { refuseSwappedDays } from '../../views/search-words.ts';

export function onListOf(caller: Caller): SearchFilter {
  return { savedBy: personOf(caller) };
}

export function personOf({ platform, workspace, person }: Caller): PersonRef {
  return { platform, workspace, person };
}

export function onListOfTeam(caller: Caller): SearchFilter {
  return { savedBy: teamOf(caller) };
}

/** @throws UserError in a direct message, which has no team */
export function refuseAlone({ isAlone }: Caller, line = '/papers saved scope:team'): void {
  if (!isAlone) return;
  const alone = line.replace(/ scope:team$/, '');
  const or = alone === line ? '' : `, or see your own list with ${alone}`;
  throw new UserError(`Direct messages have no team list. Use ${line} in a server channel${or}`);
}

/** The caller's team without the caller. */
export function teamOf({ team, everybodyBut }: Caller): Team {
  return everybodyBut ? { team, everybodyBut } : { team };
}

export const SCOPE = {
  type: 'choice',
  description: 'Your own list, or your team’s',
  choices: ['mine', 'team'],
  default: 'mine',
  synonyms: { mine: ['me', 'my', 'own'], team: ['all', 'everyone', 'us', 'ours', 'lab', 'group'] },
  saidAs: {
    mine: ['^(?:by )?(?:me|mine)$'],
    team: ['(?:by |of |in |from )?(?:the |my |our )?(?:team|lab|group|everyone|everybody|all of us)$'],
  },
  standsAlone: true,
} as const satisfies ChoiceOption;

export const SAVED_FILTERS = {
  tag: {
    type: 'string',
    description: 'Only papers with this tag',
    maxLength: 60,
    complete: 'tag',
    alsoCalled: ['tags', 'label'],
    said: [
      '(?:with|having|under|in) (?:the )?(?:tags?|label) {}',
      '(?:that (?:are|were) )?(?:tagged|labelled) (?:as |with )?{}',
      '#{}',
    ],
  },
  state: {
    type: 'choice',
    description: 'Only papers in this reading state',
    choices: READING_STATES,
    synonyms: { unread: ['new', 'open', 'todo'], reading: ['started'], read: ['done', 'finished'] },
    saidAs: {
      unread: [
        "(?:that )?i (?:have not|haven[’']t|did not|didn[’']t) read(?: yet)?",
        '(?:that (?:are|is) )?(?:unread|not read yet|not yet read)$',
        '^unread(?: ones| papers)?(?! first)',
      ],
      reading: ["(?:that )?i(?: am|[’']m) (?:currently )?reading", '^(?:being read|reading)$'],
      read: [
        '(?:that )?i (?:have |already )*read(?: already)?$',
        '(?:that (?:are|is) )?(?:already read)$',
        '^read$',
      ],
    },
    standsAlone: true,
  },
  since: {
    type: 'day',
    description: 'Saved on this day or later',
    edge: 'start',
    alsoCalled: ['from', 'after'],
  },
  until: {
    type: 'day',
    description: 'Saved on this day or earlier',
    edge: 'end',
    alsoCalled: ['to', 'before'],
  },
  notes: {
    type: 'choice',
    description: 'Only papers with a note of yours',
    choices: ['no', 'yes'],
    default: 'no',
    saidAs: { yes: ['(?:that have |with |having )(?:a |my )?notes?$'] },
    standsAlone: true,
  },
} as const satisfies Readonly<Record<string, StringOption | ChoiceOption | DayOption>>;

interface FilterArguments {
  readonly tag?: string;
  readonly state?: ReadingState;
  readonly since?: Day;
  readonly until?: Day;
  readonly notes: 'no' | 'yes';
}

/** @throws UserError if the dates are the wrong way round */
export function savedFilter({ tag, state, since, until, notes }: FilterArguments): ListQuery['filter'] {
  refuseSwappedDays(since, until);
  return {
    ...(tag !== undefined && { tag: toTag(tag) }),
    ...(state !== undefined && { state }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(notes === 'yes' && { noted: true }),
  };
}
