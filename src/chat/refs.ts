/** Addresses of workspaces, channels and messages, and the papers that a message shows. */

/** A Discord server, a Slack workspace; direct messages have one of their own. */
export interface WorkspaceRef {
  readonly platform: string;
  readonly workspace: string;
}

/** The `workspace` of a direct message where people are the same on every server, as in Discord's own links. */
export const DIRECT = '@me';

/** Where a message can be posted. */
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
  /** Its number in a list; absent when the message stands for this paper alone. */
  readonly number?: number;
}
