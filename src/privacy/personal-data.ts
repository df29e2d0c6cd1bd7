/** Data stored about a person, and its deletion. */
import type { PersonRef } from '../chat/caller.ts';

/** Counts by kind of data. */
export interface KeptOfPerson {
  readonly saves: number;
  /** Papers with a note. */
  readonly notes: number;
  /** Different tags. */
  readonly tags: number;
  /** Papers that they marked as read, or are reading. */
  readonly read: number;
  /** Addresses of their lists. */
  readonly links: number;
  /** Reactions that saved a paper. */
  readonly reactions: number;
  /** Channels with feeds that they set up or may manage. */
  readonly channels: number;
  /** People whom they allowed to manage a channel. */
  readonly named: number;
  /** Watches that tell them by private message. */
  readonly watches: number;
  /** 1 if they asked to be told how their saved papers change. */
  readonly changes: number;
  /** 1 if they set up a digest, even if it is off now. */
  readonly digests: number;
  /** Papers and subjects of which they want more or fewer recommendations, and settings for these. */
  readonly opinions: number;
  /** Connected libraries in Zotero, each with its encrypted key. */
  readonly libraries: number;
  /** Questions to the language model today. */
  readonly questions: number;
  /** Direct messages that are not sent yet, such as reminders. */
  readonly notices: number;
}

export interface PersonalData {
  of(person: PersonRef): Promise<KeptOfPerson>;
  /**
   * Deletes the person from every row, and overwrites the deleted rows in the file. Feeds that they set up
   * stay, without a name. Nightly backups contain the data until they expire. A hash is kept for a while, so
   * that old reactions are not taken for new ones (`MessageStore.forgetHashes`).
   * @param at ISO 8601 instant
   */
  forget(person: PersonRef, at: string): Promise<void>;
}
