/** The contract of channels that learn: what people there do with papers ranks the lists of the channel. */
import type { PersonRef } from '../chat/caller.ts';
import type { ChannelAbout } from '../chat/port.ts';
import type { ChannelRef } from '../chat/refs.ts';

export const CHANNEL_ACTS = ['saved', 'discussed', 'dismissed'] as const;
/** What a person did with a paper in a channel. Discussed: they replied to it, or reacted. */
export type ActKind = (typeof CHANNEL_ACTS)[number];

export interface ChannelAct {
  /** The channel or one of its threads. */
  readonly channel: ChannelRef;
  readonly person: string;
  readonly kind: ActKind;
  /** Of a reaction, so that it can be taken back. */
  readonly message?: string;
  readonly emoji?: string;
}

export const SUBJECT_RULES = ['pinned', 'banned'] as const;
/** Of a pinned subject, papers rank higher. Of a banned one, there are none. */
export type SubjectRule = (typeof SUBJECT_RULES)[number];

/** Starts a channel until its people act: its name, its topic, and the words that its feed includes. */
export type Beginning = 'name' | 'topic' | 'include';

export interface StartSubject {
  readonly name: string;
  readonly from: Beginning;
}

export interface LearnedQuery {
  readonly channel: ChannelRef;
  /** Ids. */
  readonly papers: readonly string[];
  /** What its feed includes, as words that the channel starts from. */
  readonly start: readonly string[];
  /** ISO 8601 instant. Later acts do not count, so that a list is the same when it is made again. */
  readonly asOf: string;
}

export interface OrderQuery extends LearnedQuery {
  readonly rank: 'likeness' | 'mixed';
  /** How many of the papers have votes. These come first, the one with the most votes at the top. */
  readonly voted: number;
}

export interface OrderedPaper {
  readonly paper: string;
  /** The banned subject that it is about. */
  readonly banned?: string;
}

/** Why a paper is on the list of a channel. */
export type LearnedReason =
  | { readonly kind: 'pinned' | 'subject'; readonly name: string }
  /** People in the channel saved or discussed this one, which it is like, or linked it in the past. */
  | { readonly kind: 'saved' | 'discussed' | 'linked'; readonly title: string }
  /** It is about what the channel started from. */
  | { readonly kind: 'start'; readonly name: string; readonly from: Beginning }
  /** Nothing that the channel learned speaks for it. */
  | { readonly kind: 'votes' | 'different' };

export interface LearnedSubject {
  readonly name: string;
  /** Its part in what the channel wants, from 0 to 1. Subjects overlap, so that the sum may be above 1. */
  readonly weight: number;
}

/** What a channel learned, in words. */
export interface LearnedView {
  /** Papers that count, by what people did with them. Linked: in messages before the channel learned. */
  readonly papers: Readonly<Record<ActKind | 'linked', number>>;
  /** The strongest first. */
  readonly subjects: readonly LearnedSubject[];
  readonly pinned: readonly string[];
  readonly banned: readonly string[];
  readonly start: readonly StartSubject[];
  /** ISO 8601 instant since which it learns again. */
  readonly since?: string;
}

export const MOST_CHANNEL_SUBJECTS = 30;

export interface LearnedLists {
  /** The papers that are stored, the best first. */
  order(query: OrderQuery): Promise<OrderedPaper[]>;
  /** A reason for each paper that is stored. */
  reasons(
    query: LearnedQuery,
  ): Promise<ReadonlyArray<{ readonly paper: string; readonly reason: LearnedReason }>>;
  view(query: Omit<LearnedQuery, 'papers'>): Promise<LearnedView>;
  /**
   * Records what a person did, if the channel has a feed. It counts once for each person and paper.
   * @returns false if it was recorded before, or the paper or the feed is unknown
   */
  record(act: ChannelAct, paper: string, at: string): Promise<boolean>;
  /**
   * Records a paper that was linked in a past message of the channel. It counts less than a save, and less
   * with each act.
   * @returns false if it was recorded before, or the paper or the feed is unknown
   */
  link(channel: ChannelRef, paper: string, at: string): Promise<boolean>;
  /** Takes back what the person did with this paper, in all channels. */
  withdraw(person: PersonRef, kind: ActKind, paper: string): Promise<boolean>;
  /**
   * @param rule `undefined` takes it back
   * @returns the rule before
   * @throws UserError for a subject without words, or for too many
   */
  rule(
    channel: ChannelRef,
    subject: string,
    rule: SubjectRule | undefined,
    at: string,
  ): Promise<SubjectRule | undefined>;
  /**
   * Starts a channel from its name and topic, in place of those that it started from before. What a manager
   * named stays.
   * @returns the subjects
   */
  begin(channel: ChannelRef, about: ChannelAbout, at: string): Promise<StartSubject[]>;
  /**
   * Deletes acts that have no weight left, of some channels: all but those on the latest papers, and those
   * before an instant where no feed is left.
   * @param after the channel that the call before returned; absent for the first ones
   * @returns the last channel; `undefined` after all of them
   */
  forgetSpent(after: ChannelRef | undefined, before: string): Promise<ChannelRef | undefined>;
  /** Deletes what was learned and said. Papers that people saved stay saved. */
  reset(channel: ChannelRef, at: string): Promise<void>;
}
