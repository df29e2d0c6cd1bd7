/** Teams: the people who share one list of saved papers. */
import type { Team } from '../chat/caller.ts';
import type { WorkspaceRef } from '../chat/refs.ts';
import { DIRECT } from '../chat/refs.ts';

/** The team of everyone, before servers and workspaces had separate lists. */
export const FORMER_TEAM = 'local';

/** @param person the caller, who is a team of their own in direct messages with the bot */
export type TeamOf = (where: WorkspaceRef, person?: string) => Team;

export interface TeamPolicy {
  /** True if all servers and workspaces are one team. */
  readonly joined: boolean;
  /** Platforms on which workspaces install the bot themselves. Such workspaces never share a list. */
  readonly strangers: ReadonlySet<string>;
}

/** A save records its server or workspace under every policy, so changing the policy loses nothing. */
export function openTeams({ joined, strangers }: TeamPolicy): TeamOf {
  return (where, person) => {
    const team = teamNameOf(where, person);
    if (joined && !strangers.has(where.platform)) return { team, everybodyBut: [...strangers] };
    return where.workspace === DIRECT ? { team, isAlone: true } : { team };
  };
}

/** The people who share the list of a team, by its recorded name. */
export function openTeamNamed({ joined, strangers }: TeamPolicy): (platform: string, team: string) => Team {
  return (platform, team) =>
    joined && !strangers.has(platform) ? { team, everybodyBut: [...strangers] } : { team };
}

/** The team of former saves that cannot be assigned to one server. It has no members. */
export function undecidedTeamOf(platform: string): string {
  return `${platform}:several`;
}

export function teamNameOf({ platform, workspace }: WorkspaceRef, person = ''): string {
  return `${platform}:${workspace}${workspace === DIRECT ? `:${person}` : ''}`;
}
