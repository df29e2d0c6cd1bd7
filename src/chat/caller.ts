/** People, as platforms identify them. */
import type { ChannelRef } from './refs.ts';

/**
 * Capabilities that only some platforms have; a command names the one that it needs.
 * - `named-managers`: the platform has no roles that decide who manages a channel, so managers name others
 * - `link-previews`: links that people paste get previews from the bot
 */
export type Capability = 'named-managers' | 'link-previews';

/** The person who uses a command, and the place where they use it. */
export interface Caller {
  readonly platform: string;
  /** Scope of `person`: a Slack workspace, or `discord`, where ids are the same on every server. */
  readonly workspace: string;
  readonly person: string;
  /** The team whose library this person shares. */
  readonly team: string;
  /** Channel of the request; absent where nothing can be posted. */
  readonly channel?: ChannelRef;
  /** True if the platform itself, not the request, says that they may manage the channel. */
  readonly canManageChannel?: boolean;
  /** Optional capabilities of the caller's platform. */
  readonly capabilities?: readonly Capability[];
}

export interface PersonRef {
  readonly platform: string;
  readonly workspace: string;
  readonly person: string;
}
