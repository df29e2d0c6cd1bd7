/** A person as a platform knows them. */
import type { ChannelRef } from './refs.ts';

/**
 * What only some platforms can do; a command names the one that it needs.
 * - `named-managers`: the platform has no roles that decide who manages a channel, so managers name others
 * - `link-previews`: links that people paste get previews from the bot
 */
export type Capability = 'named-managers' | 'link-previews';

/** What its platform lets the bot do in the channel that somebody asks from. Nothing speaks against what is absent. */
export interface PostingRights {
  /** Why nothing can be posted there: sentences that say what to do. */
  readonly refusal?: string;
  /** Why no thread can be opened there, though messages can be posted. */
  readonly noThreads?: {
    readonly reason: string;
    /** True where no thread ever starts, whatever the bot is permitted. */
    readonly isForever: boolean;
  };
  /** What else a person who follows there should know, as sentences. */
  readonly remark?: string;
}

/** The people whose saves make one list. */
export interface Team {
  /** Where they are together; a save is marked with it: `discord:123`, `slack:T123`. */
  readonly team: string;
  /** Their list is everybody's, except on these platforms; absent where they are among themselves. */
  readonly everybodyBut?: readonly string[];
  /** The team is one person alone with the bot. */
  readonly isAlone?: true;
}

/** Who asks, and from where. */
export interface Caller extends Team {
  readonly platform: string;
  /** Within which `person` names one person: a Slack workspace; `discord`, where people are the same on every server. */
  readonly workspace: string;
  readonly person: string;
  /** Where it was asked; absent where nothing can be posted. */
  readonly channel?: ChannelRef;
  /** True for those who may decide what is posted in that place: as the platform itself says, never as a request claims. */
  readonly canManageChannel?: boolean;
  /** What the caller's platform can do beyond what all can. */
  readonly capabilities?: readonly Capability[];
  /** As the platform says, where it matters: to those who may decide what is posted there. */
  readonly postingRights?: PostingRights;
}

export interface PersonRef {
  readonly platform: string;
  readonly workspace: string;
  readonly person: string;
}
