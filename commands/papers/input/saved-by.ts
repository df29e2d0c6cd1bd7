/** Filters for saved papers. */

import type { Caller } from '../../../src/chat/caller.ts';
import type { SearchFilter } from '../../../src/search/search.ts';

export function onListOf({ team, platform, workspace, person }: Caller): SearchFilter {
  return { savedBy: { team, person: { platform, workspace, person } } };
}

export function onListOfTeam({ team }: Caller): SearchFilter {
  return { savedBy: { team } };
}
