/**
 * Brings a person's saves and a collection in Zotero into agreement, once.
 *
 * Each side is changed only if it is as it was read: a save by `LocalStep`, an item by its version. Where
 * that fails, the next pass reads again, so no change is overwritten. Agreement is recorded after both sides
 * have it. So a sync that ends at any point, and starts again, comes to the same result. A new item has a key
 * of ours that is stored before it is sent, so that a repeated request creates nothing twice.
 */
import { type ZoteroClient, ZoteroRefusal } from './client.ts';
import { type Decision, decide, type SaveState } from './decide.ts';
import type { SentItem, ZoteroItem } from './item.ts';
import { fromItem } from './mapping.ts';
import { openSyncState, type SyncState } from './sync-state.ts';
import { isSameTags, mergeTags, ownTags, withOwnTags } from './tags.ts';
import { CollectionGoneError, chunked, type Edit, held, type NewSave, openWriter } from './writer.ts';
import type {
  ConnectionRef,
  ItemRow,
  LocalStep,
  StoredState,
  ZoteroConnection,
  ZoteroStore,
} from './zotero.ts';

export interface SyncContext {
  readonly store: ZoteroStore;
  readonly client: ZoteroClient;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

export interface SyncOutcome {
  /** Version of the library that was read; absent if something is left to do. */
  readonly version?: number;
  readonly changes: number;
  /** What Zotero said about items that it refused. */
  readonly refused: readonly string[];
}

/**
 * One pass over everything that changed on either side.
 * @throws SourceError, ZoteroRefusal, CollectionGoneError, SupersededError
 */
export async function syncOnce(ref: ConnectionRef, context: SyncContext): Promise<SyncOutcome> {
  const { store, client } = context;
  const stored = held(await store.read(ref));
  const { connection, changes } = stored;
  if (!connection.isCreated) {
    await client.createCollection(connection.library, connection.collection, connection.collectionName);
    held(await store.created(ref));
  }
  const listing = await listed(client, connection);
  return openPass(ref, context, stored, openSyncState(stored, listing?.items)).run(
    listing?.version ?? connection.version,
    changes,
  );
}

async function listed(client: ZoteroClient, { library, collection, version }: ZoteroConnection) {
  try {
    return await client.list(library, collection, version);
  } catch (error) {
    if (error instanceof ZoteroRefusal && error.status === 404) throw new CollectionGoneError();
    throw error;
  }
}

function openPass(ref: ConnectionRef, context: SyncContext, stored: StoredState, state: SyncState) {
  const { store, client, now, signal } = context;
  const { library, collection } = stored.connection;
  const writer = openWriter(ref, { ...context, ...{ library, collection, state } });
  let isComplete = true;
  let isChecked = false;

  async function run(version: number, changes: number): Promise<SyncOutcome> {
    for (const keys of chunked(state.changedKeys())) await meet(keys);
    for (const papers of chunked(state.openPapers())) await agree(papers, new Map());
    const isDone = isComplete && writer.isComplete();
    return { changes, refused: writer.refused, ...(isDone && { version }) };
  }

  /** Reads items that are new or changed in Zotero. */
  async function meet(keys: readonly string[]): Promise<void> {
    signal.throwIfAborted();
    const fetched = await client.items(library, keys);
    const inside = fetched.filter(isInside);
    // Left or trashed since the list was read.
    if (inside.length < keys.length) isComplete = false;
    const unknown = inside.filter(({ key }) => state.row(key)?.paper == null);
    const records = unknown.map((item) => fromItem(item));
    const papers = held(
      await store.meet(
        ref,
        records.filter((record) => record !== undefined),
        now().toISOString(),
      ),
    );
    const others: ItemRow[] = [];
    for (const [at, item] of unknown.entries()) {
      if (records[at] === undefined) others.push(rowOf(item, null, [], null));
      else state.add(item.key, papers.shift() ?? 0);
    }
    if (others.length > 0) held(await store.mark(ref, others));
    for (const item of inside) state.read(item.key, item.version, ownTags(item.tags));
    const touched = new Set(inside.flatMap(({ key }) => state.row(key)?.paper ?? []));
    await agree([...touched], new Map(inside.map((item) => [item.key, item])));
  }

  function isInside({ collections, deleted }: ZoteroItem): boolean {
    return collections.includes(collection) && !deleted;
  }

  async function agree(papers: readonly number[], fresh: Map<string, ZoteroItem>): Promise<void> {
    signal.throwIfAborted();
    const decided = papers.map((paper) => ({ paper, ...state.group(paper) }));
    const plans = decided.map((group) => ({ ...group, decision: decide(group.saved, group.items) }));
    const returning = plans
      .filter(({ decision }) => decision.isMissing)
      .flatMap(({ paper }) => state.knownItem(paper) ?? []);
    await fetchMissing([...returning, ...plans.flatMap((plan) => needed(plan))], fresh);
    const merged = plans.map((plan) => ({
      ...plan,
      decision: withReturning(plan.paper, plan.decision, fresh),
    }));
    if (merged.some(({ decision }) => decision.here === 'unsave')) await checkCollection();
    const done = await applyHere(merged);
    await writeThere(done, fresh);
  }

  /** Items of which Zotero needs other tags or collections. Only read ones are written. */
  function needed({
    decision,
    items,
  }: {
    decision: Decision;
    items: ReturnType<SyncState['group']>['items'];
  }) {
    return items
      .filter(({ item, tags }) => {
        const wanted = decision.wanted.get(item);
        return wanted === 'out' || (wanted === 'in' && !isSameTags(tags, decision.tags));
      })
      .map(({ item }) => item);
  }

  /** An item that returns to the collection keeps the tags that it got meanwhile. */
  function withReturning(paper: number, decision: Decision, fresh: Map<string, ZoteroItem>): Decision {
    const key = decision.isMissing ? state.knownItem(paper) : undefined;
    const item = key === undefined ? undefined : fresh.get(key);
    if (key === undefined || !item || item.deleted) return decision;
    const row = state.row(key);
    const tags = mergeTags(row?.isPresent ? row.tags : [], decision.tags, ownTags(item.tags));
    return { ...decision, tags, wanted: new Map([[key, 'in']]), isMissing: false };
  }

  async function fetchMissing(keys: readonly string[], fresh: Map<string, ZoteroItem>): Promise<void> {
    for (const some of chunked(keys.filter((key) => !fresh.has(key))))
      for (const item of await client.items(library, some)) fresh.set(item.key, item);
  }

  /** A deleted collection must not empty the person's list. */
  async function checkCollection(): Promise<void> {
    if (isChecked) return;
    try {
      if ((await client.collection(library, collection)).deleted) throw new CollectionGoneError();
    } catch (error) {
      if (error instanceof ZoteroRefusal && error.status === 404) throw new CollectionGoneError();
      throw error;
    }
    isChecked = true;
  }

  type Plan = { readonly paper: number; readonly saved?: SaveState | undefined; readonly decision: Decision };

  /** @returns the plans that still hold, with the saves as they are now */
  async function applyHere(plans: readonly Plan[]): Promise<Plan[]> {
    const steps = plans.map(({ paper, saved, decision: { here, tags } }): LocalStep | undefined => {
      const expected = saved && { expected: saved };
      if (here === 'unsave') return { paper, ...expected, to: 'unsave' };
      const isNews = here === 'save' || (here === 'keep' && !isSameTags(saved?.tags ?? [], tags));
      return isNews ? { paper, ...expected, to: { tags } } : undefined;
    });
    const made = steps.filter((step) => step !== undefined);
    const after = made.length === 0 ? [] : held(await store.apply(ref, made, now().toISOString()));
    return plans.flatMap((plan, at): Plan[] => {
      if (steps[at] === undefined) return [plan];
      const result = after.shift();
      if (result === 'refused' || result === undefined) {
        isComplete = false;
        return [];
      }
      return [{ ...plan, saved: result === 'removed' ? undefined : result }];
    });
  }

  async function writeThere(plans: readonly Plan[], fresh: ReadonlyMap<string, ZoteroItem>): Promise<void> {
    const agreed: ItemRow[] = [];
    const gone: string[] = [];
    const edits: Edit[] = [];
    const missing: NewSave[] = [];
    for (const plan of plans) {
      const { paper, saved, decision } = plan;
      const known = state.knownItem(paper);
      if (decision.isMissing) {
        if (saved) missing.push({ paper, saved });
        // In the trash, or erased.
        if (known !== undefined) gone.push(known);
      }
      for (const row of state.rowsOf(paper)) {
        const wanted = decision.wanted.get(row.item);
        const savedAt = saved?.savedAt ?? null;
        if (wanted === undefined) {
          if (row.isPresent && row.version !== 0 && !gone.includes(row.item)) agreed.push(leftBehind(row));
          continue;
        }
        const isIn = wanted === 'in';
        const target = {
          ...row,
          isPresent: isIn,
          tags: isIn ? decision.tags : [],
          savedAt: isIn ? savedAt : null,
        };
        const there = state.there(row.item);
        if (isIn && there.isListed && isSameTags(there.tags, decision.tags)) {
          agreed.push({ ...target, version: there.version });
          continue;
        }
        const item = fresh.get(row.item);
        if (item === undefined || item.deleted || (there.isListed && item.version !== there.version)) {
          isComplete = false;
          continue;
        }
        edits.push({ row: target, sent: toEdit(item, decision.tags, isIn) });
      }
    }
    const news = agreed.filter((row) => !state.isStored(row));
    if (news.length + gone.length > 0) held(await store.mark(ref, news, gone));
    await writer.edit(edits);
    await writer.create(missing);
  }

  function toEdit(
    { key, version, tags, collections }: ZoteroItem,
    wanted: readonly string[],
    isIn: boolean,
  ): SentItem {
    const others = collections.filter((each) => each !== collection);
    return isIn
      ? { key, version, tags: withOwnTags(tags, wanted), collections: [...others, collection] }
      : { key, version, tags, collections: others };
  }

  return { run };
}

function leftBehind(row: ItemRow): ItemRow {
  return { ...row, isPresent: false, tags: [], savedAt: null };
}

function rowOf(
  item: ZoteroItem,
  paper: number | null,
  tags: readonly string[],
  savedAt: string | null,
): ItemRow {
  return { item: item.key, paper, version: item.version, isPresent: true, tags, savedAt };
}
