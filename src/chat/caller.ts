/** A person as a platform knows them. */
import type { ChannelRef } from './refs.ts';

/**
 * What only some platforms can do; a command names the one that it needs.
 * - `named-managers`: the platform has no roles that decide who manages a channel, so managers name others
 * - `link-previews`: links that people paste get previews from the bot
 */
export type Capability = 'named-managers' | 'link-previews';

/** Who asks, and from where. */
export interface Caller {
  readonly platform: string;
  /** Within which `person` names one person: a Slack workspace; `discord`, where people are the same on every server. */
  readonly workspace: string;
  readonly person: string;
  /** Whose library this person shares. */
  readonly team: string;
  /** Where it was asked; absent where nothing can be posted. */
  readonly channel?: ChannelRef;
  /** True for those who may decide what is posted in that place: as the platform itself says, never as a request claims. */
  readonly canManageChannel?: boolean;
  /** What the caller's platform can do beyond what all can. */
  readonly capabilities?: readonly Capability[];
}

export interface PersonRef {
  readonly platform: string;
  readonly workspace: string;
  readonly person: string;
}
