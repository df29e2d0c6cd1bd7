/** What people saved. */

import type { PersonRef, Team } from '../chat/caller.ts';
import type { Paper } from '../papers/paper.ts';

/** Somebody on a platform, as a member of a team. Their own list is one, whatever servers they saved on. */
export interface Person extends PersonRef, Team {}

export interface SavedPaper {
  readonly paper: Paper;
  /** The latest save: an ISO 8601 instant. */
  readonly savedAt: string;
  /** How many people of the team saved it. */
  readonly saves: number;
}

export interface SavedPage {
  readonly total: number;
  readonly papers: readonly SavedPaper[];
}

export interface SaveOutcome {
  /** False when this person had saved it before. */
  readonly added: boolean;
  /** True for the first save that this person ever made. */
  readonly first: boolean;
  /** How many people of the team have saved it by now. */
  readonly saves: number;
}

export interface Library {
  save(person: Person, paperId: string, at: string): Promise<SaveOutcome>;
  /** False when it was not saved. */
  unsave(person: Person, paperId: string): Promise<boolean>;
  /** Latest save first. */
  mine(person: Person, limit: number, offset: number): Promise<SavedPage>;
  team(team: Team, limit: number, offset: number): Promise<SavedPage>;
  /** Which of these papers the person saved. */
  savedAmong(person: PersonRef, paperIds: readonly string[]): Promise<string[]>;
  /** What was saved on a platform for one team counts for another from now on. Returns how many saves. */
  adopt(platform: string, from: string, to: string): Promise<number>;
}
