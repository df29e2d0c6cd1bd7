/** People, as platforms identify them. */
import type { ChannelRef } from './refs.ts';

/**
 * Capabilities that only some platforms have; a command names the one that it needs.
 * - `named-managers`: the platform has no roles that decide who manages a channel, so managers name others
 * - `link-previews`: links that people paste get previews from the bot
 */
export type Capability = 'named-managers' | 'link-previews';

/** The bot's rights in the channel of a request. A field is absent if nothing is in the way. */
export interface PostingRights {
  /** The reason that nothing can be posted there, with the next step. */
  readonly refusal?: string;
  /** Present if messages can be posted there, but threads cannot be opened. */
  readonly noThreads?: {
    readonly reason: string;
    /** True for a kind of channel without threads; no permission changes that. */
    readonly isForever: boolean;
  };
  /** Further sentences for the person who follows there. */
  readonly remark?: string;
}

/** The people who share a list of saved papers. */
export interface Team {
  /** Server or workspace of the team, recorded with each save: `discord:123`, `slack:T123`. */
  readonly team: string;
  /** The list includes the saves of all platforms but these. Absent if it includes only the team's own. */
  readonly everybodyBut?: readonly string[];
  /** The team is one person alone with the bot. */
  readonly isAlone?: true;
}

/** The person who uses a command, and the place where they use it. */
export interface Caller extends Team {
  readonly platform: string;
  /** Scope of `person`: a Slack workspace, or `discord`, where ids are the same on every server. */
  readonly workspace: string;
  readonly person: string;
  /** Channel of the request; absent where nothing can be posted. */
  readonly channel?: ChannelRef;
  /** The channel of the thread in which the request was made. */
  readonly parentChannel?: ChannelRef;
  /** True if the platform itself, not the request, says that they may manage the channel. */
  readonly canManageChannel?: boolean;
  /** Optional capabilities of the caller's platform. */
  readonly capabilities?: readonly Capability[];
  /** Reported by the platform, for callers who may decide what is posted in the channel. */
  readonly postingRights?: PostingRights;
}

export interface PersonRef {
  readonly platform: string;
  readonly workspace: string;
  readonly person: string;
}
