/** Columns that many tables have. */

/** A row with the channel that it belongs to. */
export interface ChannelColumns {
  platform: string;
  workspace: string;
  channel: string;
}

/** A row about a person. */
export interface PersonColumns {
  platform: string;
  workspace: string;
  person: string;
}
