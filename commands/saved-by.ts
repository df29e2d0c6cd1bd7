/** Filters for what was saved. */
import type { Caller } from '../src/command/define.ts';
import type { SearchFilter } from '../src/search/port.ts';

export function onListOf({ team, platform, workspace, person }: Caller): SearchFilter {
  return { savedBy: { team, person: { platform, workspace, person } } };
}

export function onListOfTeam({ team }: Caller): SearchFilter {
  return { savedBy: { team } };
}
