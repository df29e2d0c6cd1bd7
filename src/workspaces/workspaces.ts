/** The workspaces of platforms that many install the bot into, and what is remembered of each. */

export interface Installation {
  readonly workspace: string;
  /** As `sealing.ts` made it. */
  readonly sealed: Uint8Array;
}

export interface StoredInstallation extends Installation {
  /** ISO 8601 instant, of the latest time. */
  readonly installedAt: string;
  /** How many its channels follow. */
  readonly feeds: number;
}

export interface WorkspaceStore {
  /**
   * True the first time that any of these keys is told. In one transaction with the deletion of older ones, so that of a hundred at
   * the same time one is the first.
   * @param at milliseconds since 1970
   * @param within for how long, in milliseconds; a day, which is the longest, when left out
   */
  markSeen(platform: string, keys: readonly string[], at: number, within?: number): Promise<boolean>;
  /** Takes the place of an earlier one; what was kept of the workspace stays. */
  install(platform: string, installation: Installation, at: string): Promise<void>;
  installation(platform: string, workspace: string): Promise<StoredInstallation | undefined>;
  /** All of a platform, the oldest first. */
  installed(platform: string): Promise<StoredInstallation[]>;
  /**
   * Everything of a workspace and of the people in it: its installation, feeds, posts, saves, messages. What was under way when it went
   * writes nothing of it afterwards, for an hour or until it is back.
   * @param at milliseconds since 1970
   */
  forget(platform: string, workspace: string, at: number): Promise<void>;
  /** The bot is in the workspace, whatever was told before. */
  welcome(platform: string, workspace: string): Promise<void>;
  /**
   * A channel goes by another id: all rows of it, in one transaction.
   * @param at milliseconds since 1970
   */
  moveChannel(platform: string, workspace: string, from: string, to: string, at: number): Promise<void>;
  /** Whether links in a channel grow previews; they do until somebody says otherwise. */
  showsLinks(platform: string, workspace: string, channel: string): Promise<boolean>;
  showLinks(platform: string, workspace: string, channel: string, show: boolean): Promise<void>;
}
