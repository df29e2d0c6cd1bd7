/** Addresses of workspaces, channels and messages, and the papers that a message shows. */

/** A Discord server or Slack workspace; direct messages on Discord have a workspace of their own. */
export interface WorkspaceRef {
  readonly platform: string;
  readonly workspace: string;
}

/** The `workspace` of direct messages on a platform with global person ids, as in Discord's own links. */
export const DIRECT = '@me';

/** A channel that messages can be posted to. */
export interface ChannelRef extends WorkspaceRef {
  readonly channel: string;
}

export interface MessageRef extends ChannelRef {
  /** Unique in its channel. */
  readonly message: string;
}

/** A paper that a message shows. */
export interface ShownPaper {
  readonly paper: string;
  /** Its number in a list; absent if the message shows only this paper. */
  readonly number?: number;
}
