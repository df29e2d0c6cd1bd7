/** Filters for saved papers. */

import { UserError } from '../../../src/base/errors.ts';

import type { Caller, Team } from '../../../src/chat/caller.ts';
import type { SearchFilter } from '../../../src/search/search.ts';

export function onListOf({ platform, workspace, person }: Caller): SearchFilter {
  return { savedBy: { platform, workspace, person } };
}

export function onListOfTeam(caller: Caller): SearchFilter {
  return { savedBy: teamOf(caller) };
}

/** @throws UserError in a direct message, which has no team */
export function refuseWithoutTeam({ isAlone }: Caller, command: string): void {
  if (!isAlone) return;
  throw new UserError(
    `Direct messages have no team list. Use ${command} scope:team in a server channel, or see your own list with ${command}`,
  );
}

/** The caller's team without the caller. */
export function teamOf({ team, everybodyBut }: Caller): Team {
  return everybodyBut ? { team, everybodyBut } : { team };
}
