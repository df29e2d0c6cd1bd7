/** Writes items of one sync: edits of known items, and new items under keys of ours. */
import { randomInt } from 'node:crypto';
import type { Paper } from '../papers/paper.ts';
import { MOST_OBJECTS, type Written, type ZoteroClient, ZoteroRefusal } from './client.ts';
import type { SaveState } from './decide.ts';
import type { SentItem } from './item.ts';
import { toItemFields } from './mapping.ts';
import type { SyncState } from './sync-state.ts';
import type { ConnectionRef, ItemRow, ZoteroStore } from './zotero.ts';

/** The person disconnected, or connected again, while a sync was running. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';
}

/** The collection was deleted in Zotero. Nothing was removed here. */
export class CollectionGoneError extends Error {
  override readonly name = 'CollectionGoneError';
}

/** An item to write, and where both sides agree once it is written. */
export interface Edit {
  readonly sent: SentItem;
  readonly row: ItemRow;
}

export interface NewSave {
  readonly paper: number;
  readonly saved: SaveState;
}

export interface Writer {
  edit(edits: readonly Edit[]): Promise<void>;
  create(saves: readonly NewSave[]): Promise<void>;
  /** False if an item was changed by somebody else meanwhile, so that another pass is needed. */
  isComplete(): boolean;
  /** What Zotero said about items that it refused. */
  readonly refused: readonly string[];
}

interface WriterContext {
  readonly store: ZoteroStore;
  readonly client: ZoteroClient;
  readonly signal: AbortSignal;
  readonly library: string;
  readonly collection: string;
  readonly state: SyncState;
}

/** The letters of Zotero's keys. */
const ALPHABET = '23456789ABCDEFGHIJKLMNPQRSTUVWXYZ';
/** The version of an item that exists, but was not read. */
const UNREAD = -1;

export function newItemKey(): string {
  return Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export function openWriter(
  ref: ConnectionRef,
  { store, client, signal, library, collection, state }: WriterContext,
): Writer {
  const refused: string[] = [];
  let isComplete = true;

  async function edit(edits: readonly Edit[]): Promise<void> {
    for (const some of chunked(edits)) await send(some);
  }

  /** Stores the keys of new items before it sends them. A key of an earlier attempt is used again. */
  async function create(saves: readonly NewSave[]): Promise<void> {
    if (saves.length === 0) return;
    const papers = await store.papers(saves.map(({ paper }) => paper));
    const begun = saves.flatMap((each) => {
      const paper = papers.get(each.paper);
      return paper ? [{ paper, saved: each.saved, row: state.begunItem(each.paper) ?? newRow(each) }] : [];
    });
    const news = begun.map(({ row }) => row).filter((row) => !state.isStored(row));
    held(await store.mark(ref, news));
    await edit(
      begun.map(({ row, paper, saved }) => ({
        row: { ...row, tags: saved.tags, savedAt: saved.savedAt },
        sent: toNew(row.item, paper, saved),
      })),
    );
  }

  function toNew(key: string, paper: Paper, { tags }: SaveState): SentItem {
    return {
      ...toItemFields(paper),
      key,
      version: 0,
      tags: tags.map((tag) => ({ tag })),
      collections: [collection],
    };
  }

  /** Writes items, halving what is too large as a whole. */
  async function send(batch: readonly Edit[]): Promise<void> {
    signal.throwIfAborted();
    let outcomes: Written[];
    try {
      const items = batch.map(({ sent }) => sent);
      outcomes = await client.write(library, items);
    } catch (error) {
      const isTooLarge = error instanceof ZoteroRefusal && error.status === 413;
      if (!isTooLarge) throw error;
      if (batch.length === 1) return void refused.push(error.message);
      const half = Math.ceil(batch.length / 2);
      await send(batch.slice(0, half));
      return send(batch.slice(half));
    }
    const agreed: ItemRow[] = [];
    const unsure: ItemRow[] = [];
    const gone: string[] = [];
    for (const [at, outcome] of outcomes.entries()) {
      const { row, sent } = batch[at] ?? {};
      if (!row || !sent) continue;
      if (outcome.kind === 'written') agreed.push({ ...row, version: outcome.version });
      else if (outcome.code === 412) {
        isComplete = false;
        if (sent.version === 0) unsure.push(row);
      } else if (outcome.code === 404) {
        isComplete = false;
        gone.push(row.item);
      } else if (outcome.code === 409) throw new CollectionGoneError();
      else refused.push(outcome.message);
    }
    if (agreed.length + gone.length > 0) held(await store.mark(ref, agreed, gone));
    if (unsure.length > 0) await confirm(unsure);
  }

  /**
   * Items that an earlier request created: its answer was lost. What was sent then is in the stored row. The
   * next pass reads them.
   */
  async function confirm(rows: readonly ItemRow[]): Promise<void> {
    const keys = rows.map(({ item }) => item);
    const found = await client.items(library, keys);
    const begun = found.flatMap(({ key }) => state.row(key) ?? rows.find(({ item }) => item === key) ?? []);
    const unread = begun.map((row) => ({ ...row, version: UNREAD }));
    held(await store.mark(ref, unread));
  }

  return { edit, create, isComplete: () => isComplete, refused };
}

function newRow({ paper, saved }: NewSave): ItemRow {
  return {
    item: newItemKey(),
    paper,
    version: 0,
    isPresent: true,
    tags: saved.tags,
    savedAt: saved.savedAt,
  };
}

/** @throws SupersededError if the store no longer has the connection */
export function held<Result>(result: Result | undefined): Result {
  if (result === undefined) throw new SupersededError();
  return result;
}

/** Parts that Zotero accepts in one request. */
export function chunked<Value>(values: readonly Value[]): Value[][] {
  return Array.from({ length: Math.ceil(values.length / MOST_OBJECTS) }, (_, at) =>
    values.slice(at * MOST_OBJECTS, (at + 1) * MOST_OBJECTS),
  );
}
