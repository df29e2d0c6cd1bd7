/** Decides what becomes of a paper that is saved here, in the collection in Zotero, or both. */
import { isSameTags, mergeTags } from './tags.ts';

/** A person's save. */
export interface SaveState {
  /** ISO 8601 instant. */
  readonly savedAt: string;
  readonly tags: readonly string[];
  /** A paper with a note is never unsaved from outside. */
  readonly hasNote?: true;
}

/** An item in Zotero that stands for the paper. */
export interface ItemState {
  readonly item: string;
  /** True if it is in the collection now. */
  readonly isListed: boolean;
  /** Its tags now, without those that a translator set. */
  readonly tags: readonly string[];
  /** When both sides were last in agreement about it. */
  readonly base: {
    readonly isPresent: boolean;
    readonly tags: readonly string[];
    readonly savedAt: string | null;
  };
}

export interface Decision {
  readonly here: 'keep' | 'save' | 'unsave' | 'nothing';
  /** Tags that both sides get. */
  readonly tags: readonly string[];
  /** Items to put into the collection, or take out of it, by key. Others stay as they are. */
  readonly wanted: ReadonlyMap<string, 'in' | 'out'>;
  /** True if Zotero needs the paper: the first item is put back, or a new one is created. */
  readonly isMissing: boolean;
}

/**
 * Removal wins against no change, and loses against a change:
 * - unsaved here: the items leave the collection
 * - left the collection: unsaved here, unless it was saved again, its tags changed since, or it has a note
 * - new on either side: added to the other
 */
export function decide(saved: SaveState | undefined, items: readonly ItemState[]): Decision {
  const listed = items.filter(({ isListed }) => isListed);
  if (listed.length > 0) {
    const isLeaving = saved === undefined && listed.every(({ base }) => base.isPresent);
    if (isLeaving) return { ...NOTHING, wanted: new Map(listed.map(({ item }) => [item, 'out'])) };
    const tags = listed.reduce(
      (merged: readonly string[], { base, tags: there }) =>
        mergeTags(saved && base.isPresent ? base.tags : [], merged, there),
      saved?.tags ?? [],
    );
    return {
      here: saved ? 'keep' : 'save',
      tags,
      wanted: new Map(listed.map(({ item }) => [item, 'in'])),
      isMissing: false,
    };
  }
  if (!saved) return NOTHING;
  const left = items.filter(({ base }) => base.isPresent);
  const isChanged = left.some(
    ({ base }) => base.savedAt !== saved.savedAt || !isSameTags(base.tags, saved.tags),
  );
  if (left.length > 0 && !isChanged && !saved.hasNote) return { ...NOTHING, here: 'unsave' };
  return { here: 'keep', tags: saved.tags, wanted: new Map(), isMissing: true };
}

const NOTHING: Decision = { here: 'nothing', tags: [], wanted: new Map(), isMissing: false };
