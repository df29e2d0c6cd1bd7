/** What is kept of a person, and forgetting it. */
import type { PersonRef } from '../chat/caller.ts';

/** How many of each there are. */
export interface KeptOfPerson {
  readonly saves: number;
  /** Reactions that saved, each of which a platform may tell again. */
  readonly reactions: number;
  /** Channels whose papers they set up, or may set up. */
  readonly channels: number;
  /** Managers whom they named, for each channel. */
  readonly named: number;
  /** Questions to the language model, today. */
  readonly questions: number;
}

export interface PersonalData {
  of(person: PersonRef): Promise<KeptOfPerson>;
  /**
   * Takes the person out of every row, and out of what the file held of those rows. What they set up for a channel stays, as nobody's;
   * nightly copies hold them until they are replaced. A digest is kept for a while, so that reactions that still stand are not taken
   * for new ones (`MessageStore.forgetDigests`).
   * @param at ISO 8601 instant
   */
  forget(person: PersonRef, at: string): Promise<void>;
}
