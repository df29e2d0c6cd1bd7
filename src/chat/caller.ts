/** A person as a platform knows them. */
import type { ChannelRef } from './refs.ts';

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
  /** The platform has roles that say who manages a channel, and offers the commands for it by them: nobody is named beside them. */
  readonly rolesDecide?: true;
}

export interface PersonRef {
  readonly platform: string;
  readonly workspace: string;
  readonly person: string;
}
