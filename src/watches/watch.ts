/** Watches: standing searches that tell a person or a channel about new papers. */
import type { PersonRef } from '../chat/caller.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { Paper } from '../papers/paper.ts';

/** What a paper must have; every part that is present must hold. */
export interface WatchTerms {
  /** In the language of search: words, `"phrases"`, `-word`. All must be in title or abstract. */
  readonly text?: string;
  /** Words of one author's name. */
  readonly author?: string;
  /** arXiv category, or an archive for all of its categories. */
  readonly category?: string;
  /** Papers about the same as this one. The title is for people to read. */
  readonly like?: { readonly id: string; readonly title: string };
}

export const PACES = ['at-once', 'daily'] as const;
export type Pace = (typeof PACES)[number];

/** A person who is told by private message, or a channel that is posted to. */
export type WatchTarget =
  | { readonly kind: 'person'; readonly person: PersonRef }
  | { readonly kind: 'channel'; readonly channel: ChannelRef };

export interface Watch {
  /** Never used again, so that an old button cannot change another watch. */
  readonly id: number;
  readonly target: WatchTarget;
  readonly terms: WatchTerms;
  readonly pace: Pace;
  /** IANA name; a daily watch tells at `DAILY_AT` there. */
  readonly zone: string;
  readonly isPaused: boolean;
}

export interface ListedWatch extends Watch {
  /** Papers found in the last 30 days. */
  readonly recentHits: number;
}

/** Watches of one person, or of one channel. */
export const MOST_WATCHES = 100;

export interface WatchRequest {
  readonly target: WatchTarget;
  readonly terms: WatchTerms;
  /** Kept, or `at-once` for a new watch, when absent. */
  readonly pace?: Pace;
  /** Kept, or `defaultZone` for a new watch, when absent. */
  readonly zone?: string;
  readonly defaultZone: string;
  /** The person who asks. Stored only for a channel's watch. */
  readonly by: string;
}

export interface Watched {
  readonly watch: Watch;
  /** `same` when it was there already and nothing changed. */
  readonly outcome: 'added' | 'changed' | 'same';
}

export interface Watches {
  /**
   * Adds a watch, or changes the one with the same terms, and resumes it. It never tells about papers that
   * are stored already.
   * @throws UserError if the target has too many watches
   */
  watch(request: WatchRequest, now: Date): Promise<Watched>;
  /** In the order in which they were added. */
  of(target: WatchTarget, now: Date): Promise<ListedWatch[]>;
  /** Removes a watch and what it found. False if the target has no such watch. */
  unwatch(target: WatchTarget, id: number): Promise<boolean>;
  /** Stops looking, and drops papers that were not told yet. False if it was paused already, or is gone. */
  pause(target: WatchTarget, id: number): Promise<boolean>;
  /** Looks again, from the next new paper on. False if it was not paused, or is gone. */
  resume(target: WatchTarget, id: number): Promise<boolean>;
  /** Papers that a watch found in the last months, newest first. Empty if the target has no such watch. */
  found(target: WatchTarget, id: number, limit: number, offset: number): Promise<FoundPapers>;
  /** Deletes hits that were told before an ISO 8601 instant. */
  forgetHits(before: string): Promise<void>;
}

/** A page of what a watch found. */
export interface FoundPapers {
  readonly papers: ReadonlyArray<{ readonly paper: Paper; readonly why: string }>;
  readonly total: number;
}

/** A paper for one target, with the reasons of all its watches that match. */
export interface DueHit {
  readonly paper: Paper;
  /** Such as `matches “protein design” in the title`. */
  readonly reasons: readonly string[];
  /** Ids of the watches. */
  readonly watches: readonly number[];
}

/** What is to be told to one target now. */
export interface DueHits {
  readonly target: WatchTarget;
  /** In the order in which they were found; each paper once. */
  readonly hits: readonly DueHit[];
}

/**
 * Hits that wait to be told. Synchronous, because telling is a row in an outbox that must be written in the
 * same transaction.
 */
export interface WatchHits {
  /**
   * Hands over what is due, target by target, and marks it as told, in one transaction: if `put` throws,
   * nothing is marked. Papers that a target was told before are left out.
   * @param put writes the message to an outbox in the same database
   * @param limit targets in one transaction
   * @returns the number of targets; call again until it is 0
   */
  takeDue(now: Date, put: (due: DueHits) => void, limit?: number): number;
}

/** Tells people and channels what their watches found. */
export interface WatchTeller {
  /**
   * Adds notices for hits that are due and marks these as told, in one transaction for some targets.
   * @returns the number of targets; call again until it is 0
   */
  tell(now: Date): Promise<number>;
}

export interface MatchStep {
  /** New papers that were compared with all watches. */
  readonly papers: number;
  readonly hits: number;
  /** False when more papers wait. */
  readonly isDone: boolean;
}

/** Compares new papers with all watches. */
export interface WatchMatcher {
  /** Takes the next new papers, writes their hits and removes them from the queue, in one transaction. */
  step(now: Date): Promise<MatchStep>;
}
