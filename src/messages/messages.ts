/** Papers that the bot's messages show, and reactions on them. */

import type { PersonRef } from '../chat/caller.ts';
import type { ReactedMessage, Reaction } from '../chat/handlers.ts';
import type { ChannelRef, MessageRef, ShownPaper, WorkspaceRef } from '../chat/refs.ts';

/** Milliseconds after a post for which missed reactions are looked up. */
export const RECONCILED_MS = 14 * 86_400_000;

/** Effect of a reaction on a person's list. */
export interface ReactionOutcome {
  readonly title: string;
  /** True for this person's first save. */
  readonly first: boolean;
}

export interface MessageStore {
  /** Replaces the papers of a message but keeps its time. Papers that are not stored are left out. */
  show(message: MessageRef, papers: readonly ShownPaper[], at: string): Promise<void>;
  /** Papers of a message, by number; empty for other people's messages. */
  shownIn(message: MessageRef): Promise<ShownPaper[]>;
  /** True if a message of the channel shows a numbered list. */
  hasList(channel: ChannelRef): Promise<boolean>;
  /**
   * Saves the paper for the person who reacted. A reaction that was handled before has no effect, nor has one
   * found on a message from before the person's data was deleted.
   */
  react(reaction: Reaction, paper: string, at: string): Promise<ReactionOutcome | undefined>;
  /** Records an opinion that a reaction gives, for the channel to learn from. Saves nothing. */
  mark(reaction: Reaction, paper: string, kind: 'discussed' | 'dismissed', at: string): Promise<void>;
  /** Records that a person asked about a paper in reply to this message, for the channel to learn from. */
  discuss(message: MessageRef, person: Pick<PersonRef, 'person'>, paper: string, at: string): Promise<void>;
  /** Undoes a reaction. A paper that was also saved in another way stays saved. */
  unreact(reaction: Reaction): Promise<void>;
  /** Deletes all reactions on a message, or those of one emoji. Saved papers stay saved. */
  clear(message: MessageRef, emoji?: string): Promise<void>;
  /** Newest first. */
  recent(platform: string, since: string, limit: number): Promise<ReactedMessage[]>;
  /** @param of workspace of the buttons that contain the keys, and the person who asked for the answer */
  keepLines(
    lines: ReadonlyMap<string, string>,
    of: WorkspaceRef & { readonly person?: string },
    at: string,
  ): Promise<void>;
  /** Deletes lines of buttons last shown before this ISO 8601 instant. */
  forgetLines(before: string): Promise<void>;
  lineOf(key: string): Promise<string | undefined>;
  /** Deletes the papers of messages older than `before`. Their buttons still work. */
  forget(before: string): Promise<number>;
  /** Deletes hashes of people whose data was deleted before then. */
  forgetHashes(before: string): Promise<void>;
}
