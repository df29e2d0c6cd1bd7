/** What the bot's own messages show, and what came of reactions on them. */

import type { ReactedMessage, Reaction } from '../chat/handlers.ts';
import type { MessageRef, ShownPaper, WorkspaceRef } from '../chat/refs.ts';

/** How long after a message was posted reactions on it are looked up that came while nobody listened. */
export const RECONCILED_MS = 14 * 86_400_000;

/** What a reaction did to somebody's list. */
export interface ReactionOutcome {
  readonly title: string;
  /** True for the first save that this person ever made. */
  readonly first: boolean;
}

export interface MessageStore {
  /** In place of what the message showed before, since the time when it showed that. Papers that are not here are left out. */
  show(message: MessageRef, papers: readonly ShownPaper[], at: string): Promise<void>;
  /** The papers of a message, by number; empty when the message is none of ours. */
  shownIn(message: MessageRef): Promise<ShownPaper[]>;
  /**
   * Saves the paper for the one who reacted; a reaction that was understood before changes nothing, nor does one that was found on a
   * message older than when its person was forgotten.
   */
  react(reaction: Reaction, paper: string, at: string): Promise<ReactionOutcome | undefined>;
  /** Takes back what the reaction did. A paper that was saved in another way too, before or after, stays. */
  unreact(reaction: Reaction): Promise<void>;
  /** Forgets the reactions on a message, all or those of one emoji; what they saved stays. */
  clear(message: MessageRef, emoji?: string): Promise<void>;
  /** The newest first. */
  recent(platform: string, since: string, limit: number): Promise<ReactedMessage[]>;
  /** @param of where the buttons stand that hold their keys */
  keepLines(
    lines: ReadonlyMap<string, string>,
    of: WorkspaceRef & { readonly person?: string },
    at: string,
  ): Promise<void>;
  /** @param before ISO 8601 instant; a button that is older says that its time is over */
  forgetLines(before: string): Promise<void>;
  lineOf(key: string): Promise<string | undefined>;
  /** Forgets what messages older than `before` showed. Their buttons go on working. */
  forget(before: string): Promise<number>;
  /** Forgets who was forgotten before then. */
  forgetHashes(before: string): Promise<void>;
}
