/** Saved papers. */

import type { PersonRef, Team } from '../chat/caller.ts';
import type { Paper } from '../papers/paper.ts';

/** A person on a platform, as a member of a team. Their own list spans all servers that they saved on. */
export interface Person extends PersonRef, Team {}

export interface SavedPaper {
  readonly paper: Paper;
  /** ISO 8601 instant of the latest save. */
  readonly savedAt: string;
  /** Number of people in the team who saved it. */
  readonly saves: number;
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
  /** False if it was not saved. */
  unsave(person: Person, paperId: string): Promise<boolean>;
  /** Latest save first. */
  mine(person: Person, limit: number, offset: number): Promise<SavedPage>;
  team(team: Team, limit: number, offset: number): Promise<SavedPage>;
  /** The subset of these papers that the person saved. */
  savedAmong(person: PersonRef, paperIds: readonly string[]): Promise<string[]>;
  /** Moves a platform's saves from one team to another. Returns the number of saves. */
  adopt(platform: string, from: string, to: string): Promise<number>;
}
