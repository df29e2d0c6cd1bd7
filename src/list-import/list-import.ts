/** Papers that people import to their list: from a text, a file, or the past messages of a channel. */
import type { AttachedFile } from '../chat/handlers.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { DetailsChange, Person } from '../library/library.ts';
import type { Day } from '../time/clock.ts';

/** What each imported paper gets on the person's list. */
export type ImportDetails = Pick<DetailsChange, 'addTags' | 'state'>;

/** A file that a person sent. */
export interface ImportedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** An entry of a text with which something is wrong. */
export interface EntryProblem {
  /** From 1; 0 for a paper that comes from no text. */
  readonly line: number;
  /** The entry as it was written, shortened. */
  readonly entry: string;
  /** Reads after the entry and a colon: `no paper has this title`. */
  readonly reason: string;
}

export interface ImportOutcome {
  readonly saved: number;
  /** Papers that were on the list before. They get the tags and the state too. */
  readonly already: number;
  /** Papers that the store did not have. */
  readonly added: number;
  readonly notFound: readonly EntryProblem[];
  /** Entries that cannot be read, and those that were imported without a part of them. */
  readonly faulty: readonly EntryProblem[];
  /** Papers whose source was not asked, or did not answer. Another import gets them. */
  readonly left: number;
  /** Stopped by the person or by a time limit. What is counted is saved. */
  readonly isStopped?: true;
}

/** The papers in a channel's past messages. */
export interface ChannelCount {
  readonly kind: 'counted';
  /** Messages of others than the bot. */
  readonly messages: number;
  readonly papers: number;
  /** How many of them are on the person's list. */
  readonly saved: number;
  /** The day of the oldest message that was read; absent without messages. */
  readonly since?: Day;
  /** Why older messages were not read: the most messages, or the platform's limit of requests. */
  readonly cut?: 'number' | 'rate';
}

/** First and last day of the messages, in UTC; all of them by default. */
export interface ImportedDays {
  readonly since?: Day;
  readonly until?: Day;
}

/** The bot may not read the channel. The reason is a sentence that says what to do. */
export interface UnreadableChannel {
  readonly kind: 'refused';
  readonly reason: string;
}

export interface ListImports {
  /**
   * Stores the papers of a text that the store does not have, and saves all of them. Safe to repeat.
   * @param text ids, links, DOIs and titles, one or more in a line; or BibTeX, RIS or CSL-JSON
   * @throws UserError for a text without entries, and for one that is too long
   */
  fromText(
    person: Person,
    text: string,
    details: ImportDetails,
    now: Date,
    signal: AbortSignal,
  ): Promise<ImportOutcome>;
  /** As `fromText`, of a file that the person attached. */
  fromFile(
    person: Person,
    file: AttachedFile,
    details: ImportDetails,
    now: Date,
    signal: AbortSignal,
  ): Promise<ImportOutcome>;
  /**
   * Reads the messages of a channel, and changes nothing.
   * @throws UserError if the platform does not answer
   */
  countChannel(
    person: Person,
    channel: ChannelRef,
    days: ImportedDays,
    signal: AbortSignal,
  ): Promise<ChannelCount | UnreadableChannel>;
  /**
   * Stores the latest papers that were linked in a channel, at most `MOST_LEARNED`, so that the channel can
   * learn from them. Counts first if that was long ago.
   * @param learn called with the id of each; returns false if it was known before
   */
  learnFromChannel(
    person: Person,
    channel: ChannelRef,
    learn: (paper: string) => Promise<boolean>,
    now: Date,
    signal: AbortSignal,
  ): Promise<ImportOutcome | UnreadableChannel>;
  /** Saves the papers that were counted; counts first if that was long ago, or before a restart. */
  fromChannel(
    person: Person,
    channel: ChannelRef,
    days: ImportedDays,
    details: ImportDetails,
    now: Date,
    signal: AbortSignal,
  ): Promise<ImportOutcome | UnreadableChannel>;
}

/** Entries of one text. */
export const MOST_ENTRIES = 1_000;
/** Bytes of one text: a file of a thousand entries with abstracts. */
export const LONGEST_TEXT = 4 * 1024 * 1024;
/** Papers of a channel that it learns from. */
export const MOST_LEARNED = 100;
/** Messages that are read at once. */
export const MOST_MESSAGES = 2_000;
