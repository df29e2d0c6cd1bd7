/** Saved papers. */

import type { PersonRef, Team } from '../chat/caller.ts';
import type { ExportFormat } from '../export/export-formats.ts';
import type { Paper } from '../papers/paper.ts';
import type { ReadingState, SavedFilter } from '../search/search.ts';
import type { Day } from '../time/clock.ts';

/** A person on a platform, as a member of a team. Their own list spans all servers that they saved on. */
export interface Person extends PersonRef, Team {}

/** What a person added to a saved paper. */
export interface Details {
  /** Only for this person's eyes. */
  readonly note?: string;
  /** In alphabetical order. On a team's list, the tags of everyone who saved the paper there. */
  readonly tags: readonly string[];
  /** Unread unless they said otherwise. */
  readonly state: ReadingState;
}

export interface SavedPaper extends Details {
  readonly paper: Paper;
  /** ISO 8601 instant of the latest save. */
  readonly savedAt: string;
  /** Number of people in the team who saved it. */
  readonly saves: number;
}

export interface PopularPaper {
  readonly paper: Paper;
  /** People in the team who saved it in the time. */
  readonly people: number;
}

/** A change of details. Absent fields stay as they are. */
export interface DetailsChange {
  /** `''` removes the note. */
  readonly note?: string;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly state?: ReadingState;
}

export interface DetailsOutcome extends SaveOutcome {
  readonly before: Details;
  readonly after: Details;
  /** True for this person's first tag on any paper. */
  readonly firstTag: boolean;
}

/** Tags on one paper, and characters of a tag. */
export const MOST_TAGS = 20;
export const LONGEST_TAG = 50;
export const LONGEST_NOTE = 4_000;

export const SAVED_SORTS = ['newest', 'oldest', 'title', 'votes', 'unread'] as const;
export type SavedSort = (typeof SAVED_SORTS)[number];

/** Kinds of files that a list can be written to. */
export const FILE_FORMATS = [
  'bibtex',
  'ris',
  'csl-json',
  'markdown',
  'csv',
] as const satisfies readonly ExportFormat[];
export type FileFormat = (typeof FILE_FORMATS)[number];

export interface ListQuery {
  /** The person's own list, or the team's. */
  readonly scope: 'mine' | 'team';
  readonly filter: Omit<SavedFilter, 'of'>;
  /** Each word must be in the paper, or in the person's note or tags. */
  readonly text?: string;
  readonly sort: SavedSort;
  readonly limit: number;
  readonly offset: number;
}

export interface SavedPage {
  readonly total: number;
  readonly papers: readonly SavedPaper[];
}

export interface SaveOutcome {
  /** False if this person had already saved it. */
  readonly added: boolean;
  /** True for this person's first save. */
  readonly first: boolean;
  /** Number of people in the team who have saved it. */
  readonly saves: number;
}

export interface Library {
  save(person: Person, paperId: string, at: string): Promise<SaveOutcome>;
  /** @returns what was deleted with the save; `undefined` if it was not saved */
  unsave(person: Person, paperId: string): Promise<Details | undefined>;
  /**
   * Saves the paper if it is not saved yet.
   * @throws UserError for more tags than a paper can have
   */
  change(person: Person, paperId: string, change: DetailsChange, at: string): Promise<DetailsOutcome>;
  /** `undefined` for a paper that the person did not save. */
  detailsOf(person: PersonRef, paperId: string): Promise<Details | undefined>;
  list(person: Person, query: ListQuery): Promise<SavedPage>;
  /** These papers as the list shows them, in this order. Papers that are not on it are left out. */
  onList(person: Person, scope: ListQuery['scope'], paperIds: readonly string[]): Promise<SavedPaper[]>;
  /**
   * The papers that most people in the team saved, the latest first among equals.
   * @param since the first day, or the first ISO 8601 instant
   */
  mostSaved(
    team: Team,
    since: Day | undefined,
    limit: number,
    offset: number,
  ): Promise<{ readonly total: number; readonly papers: readonly PopularPaper[] }>;
  /** Tags on the list that begin with these letters, the most frequent first. */
  suggestTags(person: Person, typed: string, limit: number): Promise<string[]>;
  /** Latest save first. */
  mine(person: Person, limit: number, offset: number): Promise<SavedPage>;
  team(team: Team, limit: number, offset: number): Promise<SavedPage>;
  /** The subset of these papers that the person saved. */
  savedAmong(person: PersonRef, paperIds: readonly string[]): Promise<string[]>;
  /** Moves a platform's saves from one team to another. Returns the number of saves. */
  adopt(platform: string, from: string, to: string): Promise<number>;
}
