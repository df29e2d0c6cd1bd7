/** Both sides as one pass of a sync sees them: stored rows, and what was read from Zotero. */
import type { ItemState, SaveState } from './decide.ts';
import { isSameTags } from './tags.ts';
import type { ItemRow, StoredState } from './zotero.ts';

interface There {
  readonly isListed: boolean;
  readonly version: number;
  /** Tags that a person set. */
  readonly tags: readonly string[];
}

export interface SyncState {
  /** Items in the collection that are new, or changed since they were last read. */
  changedKeys(): string[];
  /** Papers that were not looked at with `group` yet, and may need something. */
  openPapers(): number[];
  row(item: string): ItemRow | undefined;
  rowsOf(paper: number): readonly ItemRow[];
  /** Adds an item that stands for a paper. */
  add(item: string, paper: number): void;
  /** Notes what was read of an item in the collection. */
  read(item: string, version: number, tags: readonly string[]): void;
  there(item: string): There;
  group(paper: number): { readonly saved?: SaveState | undefined; readonly items: readonly ItemState[] };
  /** An item of the paper that is outside of the collection, as far as known here. */
  knownItem(paper: number): string | undefined;
  /** An item of the paper that may or may not have been created. */
  begunItem(paper: number): ItemRow | undefined;
  isStored(row: ItemRow): boolean;
}

/** @param listing versions by key; `undefined` if nothing has changed in Zotero */
export function openSyncState(
  { saves, items }: StoredState,
  listing: ReadonlyMap<string, number> | undefined,
): SyncState {
  const stored = new Map(items.map((row) => [row.item, row]));
  const rows = new Map(stored);
  const byPaper = new Map<number, string[]>();
  const readItems = new Map<string, There>();
  const seen = new Set<number>();
  for (const row of items) if (row.paper !== null) addTo(row.paper, row.item);

  function addTo(paper: number, item: string): void {
    byPaper.set(paper, [...(byPaper.get(paper) ?? []), item]);
  }

  function rowsOf(paper: number): ItemRow[] {
    return (byPaper.get(paper) ?? []).flatMap((item) => rows.get(item) ?? []);
  }

  function there(item: string): There {
    const read = readItems.get(item);
    if (read) return read;
    const row = rows.get(item);
    const isKnown = row !== undefined && row.version !== 0;
    const isListed = listing ? listing.has(item) : isKnown && row.isPresent;
    return { isListed: isKnown && isListed, version: row?.version ?? 0, tags: row?.tags ?? [] };
  }

  /** An item that we create counts as present once it is seen. */
  function wasPresent({ version, isPresent }: ItemRow, isListed: boolean): boolean {
    return isPresent && (version !== 0 || isListed);
  }

  function mayNeed(paper: number): boolean {
    const saved = saves.get(paper);
    const own = rowsOf(paper);
    if (!saved) return own.some((row) => row.isPresent && (row.version !== 0 || there(row.item).isListed));
    if (own.length === 0) return true;
    return own.some((row) => {
      const isSame = row.savedAt === saved.savedAt && isSameTags(row.tags, saved.tags);
      return !isSame || there(row.item).isListed !== row.isPresent || row.version === 0;
    });
  }

  return {
    changedKeys: () =>
      [...(listing ?? [])].filter(([key, version]) => rows.get(key)?.version !== version).map(([key]) => key),
    openPapers: () =>
      [...new Set([...saves.keys(), ...byPaper.keys()])].filter(
        (paper) => !seen.has(paper) && mayNeed(paper),
      ),
    row: (item) => rows.get(item),
    rowsOf,
    add(item, paper) {
      rows.set(item, { item, paper, version: 0, isPresent: false, tags: [], savedAt: null });
      addTo(paper, item);
    },
    read: (item, version, tags) => void readItems.set(item, { isListed: true, version, tags }),
    there,
    group(paper) {
      seen.add(paper);
      const states = rowsOf(paper).map((row): ItemState => {
        const { isListed, tags } = there(row.item);
        const isPresent = wasPresent(row, isListed);
        return { item: row.item, isListed, tags, base: { isPresent, tags: row.tags, savedAt: row.savedAt } };
      });
      return { saved: saves.get(paper), items: states };
    },
    knownItem: (paper) =>
      rowsOf(paper).find(({ version, item }) => version !== 0 && !there(item).isListed)?.item,
    begunItem: (paper) => rowsOf(paper).find(({ version, item }) => version === 0 && stored.has(item)),
    isStored(row) {
      const before = stored.get(row.item);
      return before !== undefined && JSON.stringify(ordered(before)) === JSON.stringify(ordered(row));
    },
  };
}

function ordered({ item, paper, version, isPresent, tags, savedAt }: ItemRow): unknown {
  return [item, paper, version, isPresent, tags, savedAt];
}
