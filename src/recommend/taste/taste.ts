/** A person's taste: what they said about recommendations, and what their saves say. */
import type { PersonRef } from '../../chat/caller.ts';

/** More or fewer papers like this one. */
export type PaperOpinion = 'more' | 'less';

export type SubjectOpinion = 'like' | 'avoid';

export interface Counted {
  readonly name: string;
  /** Papers that count for it. */
  readonly papers: number;
}

/** What is known of a person, in words. */
export interface TasteView {
  readonly isOff: boolean;
  /** Saved papers that count, at most a thousand. */
  readonly saves: number;
  readonly more: number;
  readonly less: number;
  /** Subjects that the person named. */
  readonly liked: readonly string[];
  readonly avoided: readonly string[];
  /** Subjects of the papers, the strongest first. */
  readonly subjects: readonly Counted[];
  readonly authors: readonly Counted[];
  readonly categories: readonly Counted[];
}

export const MOST_SUBJECTS = 50;

/** What people say, for commands. */
export interface Tastes {
  /**
   * @param opinion `undefined` takes it back
   * @returns the opinion before
   * @throws UserError for a paper that is not stored
   */
  judge(
    person: PersonRef,
    paperId: string,
    opinion: PaperOpinion | undefined,
    at: string,
  ): Promise<PaperOpinion | undefined>;
  /**
   * @param opinion `undefined` takes it back
   * @returns the opinion before
   * @throws UserError for a subject without words, or for too many
   */
  say(
    person: PersonRef,
    subject: string,
    opinion: SubjectOpinion | undefined,
    at: string,
  ): Promise<SubjectOpinion | undefined>;
  /** @returns false if it was so already */
  turn(person: PersonRef, state: 'on' | 'off'): Promise<boolean>;
  /** Deletes what the person said. Papers saved before this instant no longer count; they stay saved. */
  reset(person: PersonRef, at: string): Promise<void>;
}
