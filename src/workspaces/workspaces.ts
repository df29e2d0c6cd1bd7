/** Workspaces that install the bot, and the data stored about each. */

export interface Installation {
  readonly workspace: string;
  /** Encrypted by `sealing.ts`. */
  readonly sealed: Uint8Array;
}

export interface StoredInstallation extends Installation {
  /** ISO 8601 instant of the latest installation. */
  readonly installedAt: string;
  /** Number of feeds in its channels. */
  readonly feeds: number;
}

export interface WorkspaceStore {
  /**
   * True if none of these keys has been marked before. Atomic, so that only one of many concurrent calls gets
   * true.
   * @param at milliseconds since 1970
   * @param within how long a key is remembered, in milliseconds; one day by default, which is the maximum
   */
  markSeen(platform: string, keys: readonly string[], at: number, within?: number): Promise<boolean>;
  /** Replaces an earlier installation. Data of the workspace stays. */
  install(platform: string, installation: Installation, at: string): Promise<void>;
  installation(platform: string, workspace: string): Promise<StoredInstallation | undefined>;
  /** All installations of a platform, oldest first. */
  installed(platform: string): Promise<StoredInstallation[]>;
  /**
   * Deletes all data of a workspace and its people: installation, feeds, posts, saves, messages. Work in
   * progress cannot write new data for an hour, or until the workspace installs the bot again.
   * @param at milliseconds since 1970
   */
  forget(platform: string, workspace: string, at: number): Promise<void>;
  /** Marks the bot as installed, even if it was removed before. */
  welcome(platform: string, workspace: string): Promise<void>;
  /**
   * Moves all rows of a channel to its new id in one transaction.
   * @param at milliseconds since 1970
   */
  moveChannel(platform: string, workspace: string, from: string, to: string, at: number): Promise<void>;
  /** True if paper links in a channel get previews, which is the default. */
  showsLinks(platform: string, workspace: string, channel: string): Promise<boolean>;
  showLinks(platform: string, workspace: string, channel: string, show: boolean): Promise<void>;
}
