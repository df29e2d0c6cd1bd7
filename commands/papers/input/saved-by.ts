/** Filters for saved papers. */

import type { Caller, Team } from '../../../src/chat/caller.ts';
import type { SearchFilter } from '../../../src/search/search.ts';

export function onListOf({ platform, workspace, person }: Caller): SearchFilter {
  return { savedBy: { platform, workspace, person } };
}

export function onListOfTeam(caller: Caller): SearchFilter {
  return { savedBy: teamOf(caller) };
}

/** The caller's team without the caller. */
export function teamOf({ team, everybodyBut }: Caller): Team {
  return everybodyBut ? { team, everybodyBut } : { team };
}
