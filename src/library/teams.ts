/** The people whose saves make one list that all of them see. */
import type { Team } from '../chat/caller.ts';
import type { WorkspaceRef } from '../chat/refs.ts';
import { DIRECT } from '../chat/refs.ts';

/** Everybody's, before servers and workspaces had lists of their own. */
export const FORMER_TEAM = 'local';

/** @param person the one who asks: alone with the bot, a person is a team of their own */
export type TeamOf = (where: WorkspaceRef, person?: string) => Team;

export interface TeamPolicy {
  /** Whether all of them are one lab. */
  readonly joined: boolean;
  /** Platforms whose workspaces install the bot themselves: strangers to each other, who are never joined. */
  readonly strangers: ReadonlySet<string>;
}

/** A save is stored with the place where it was made, whatever the policy: changing it loses nothing. */
export function openTeams({ joined, strangers }: TeamPolicy): TeamOf {
  return (where, person) => {
    const team = teamNameOf(where, person);
    if (joined && !strangers.has(where.platform)) return { team, everybodyBut: [...strangers] };
    return where.workspace === DIRECT ? { team, isAlone: true } : { team };
  };
}

/** The team of saves from before servers had lists of their own, where the bot was on several: nobody's list. */
export function undecidedTeamOf(platform: string): string {
  return `${platform}:several`;
}

export function teamNameOf({ platform, workspace }: WorkspaceRef, person = ''): string {
  return `${platform}:${workspace}${workspace === DIRECT ? `:${person}` : ''}`;
}
