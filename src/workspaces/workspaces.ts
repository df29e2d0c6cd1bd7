/** The workspaces of platforms that many install the bot into, and what is remembered of each. */

export interface Installation {
  readonly workspace: string;
  /** As `sealing.ts` made it. */
  readonly sealed: Uint8Array;
}

export interface WorkspaceStore {
  /**
   * True the first time that any of these keys is told, for a day. In one statement with the deletion of older ones, so that of a
   * hundred at the same time one is the first.
   * @param at milliseconds since 1970
   */
  isFirst(platform: string, keys: readonly string[], at: number): Promise<boolean>;
  install(platform: string, installation: Installation, at: string): Promise<void>;
  installation(platform: string, workspace: string): Promise<Installation | undefined>;
  /** Everything of a workspace and of the people in it: its installation, feeds, posts, saves, messages. */
  forget(platform: string, workspace: string): Promise<void>;
  /** Whether links in a channel grow previews; they do until somebody says otherwise. */
  showsLinks(platform: string, workspace: string, channel: string): Promise<boolean>;
  showLinks(platform: string, workspace: string, channel: string, show: boolean): Promise<void>;
}
