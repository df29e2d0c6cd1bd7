/** A person with saves, a library in the fake Zotero, and the sync between them. */
import { onTestFinished } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { openLibrary as openSavedLibrary } from '../../src/library/library-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { Clock } from '../../src/time/clock.ts';
import { systemClock } from '../../src/time/clock.ts';
import { type ClientOptions, openZoteroClient, type ZoteroClient } from '../../src/zotero/client.ts';
import { type SyncContext, syncOnce } from '../../src/zotero/sync.ts';
import { newItemKey } from '../../src/zotero/writer.ts';
import { openZoteroStore } from '../../src/zotero/zotero-store.ts';
import { type FakeUser, type FakeZotero, startFakeZotero } from '../fakes/zotero/start.ts';
import { openTestDatabase } from '../support/database.ts';

export const ADA = { platform: 'fake', workspace: 'lab', person: 'ada', team: 'fake:lab' };
export const PAPERS = Array.from({ length: 8 }, (_, at) => ({
  id: `2605.0000${at}`,
  title: `Paper number ${at}`,
  abstract: 'On routing.',
  authors: ['Ada Lovelace', 'Anton van den Hengel'],
}));

/** Real time, but no waiting: requests to loopback need no pause. */
export const QUICK: Partial<ClientOptions> = { everyMs: 0, retryDelayMs: 1, timeoutMs: 2_000 };

export interface Bench {
  readonly zotero: FakeZotero;
  readonly user: FakeUser;
  readonly connection: DatabaseConnection;
  readonly collection: string;
  readonly key: string;
  readonly ref: typeof ADA & { readonly token: string };
  client(options?: Partial<ClientOptions>): ZoteroClient;
  sync(more?: Partial<SyncContext>): ReturnType<typeof syncOnce>;
  /** Syncs until nothing is left to do. */
  settle(): Promise<void>;
  save(at: number): Promise<void>;
  unsave(at: number): Promise<void>;
  tag(at: number, ...tags: string[]): void;
  /** Saved papers with their tags. */
  here(): Record<string, string[]>;
  /** Papers in the collection with their tags, one entry for each item. */
  there(): Record<string, string[]>;
  /** The items of the collection, without those in the trash. */
  items(): { readonly key: string; readonly title: string }[];
}

export async function openBench(clock: Clock = systemClock, given?: FakeZotero): Promise<Bench> {
  const zotero = given ?? (await startFakeZotero());
  const user = zotero.addUser('ada');
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  await papers.importBatch(PAPERS, { source: 'arxiv', at: '2026-05-29T08:00:00Z' });
  const library = openSavedLibrary(connection);
  const store = openZoteroStore(connection);
  const collection = newItemKey();
  const key = user.key();
  const ref = { ...ADA, token: 'first' };
  await store.connect(
    ADA,
    {
      token: 'first',
      team: ADA.team,
      sealed: Buffer.from('sealed'),
      state: 'on',
      account: 'ada',
      library: `users/${user.id}`,
      libraryName: 'My Library',
      collection,
      collectionName: 'Paperboy',
      isCreated: false,
    },
    0,
  );
  let time = Date.parse('2026-05-29T12:00:00Z');
  const now = () => {
    time += 1_000;
    return new Date(time);
  };

  function client(options: Partial<ClientOptions> = {}): ZoteroClient {
    return openZoteroClient({ url: zotero.url, key, clock, ...QUICK, ...options });
  }

  async function sync(more: Partial<SyncContext> = {}) {
    const signal = new AbortController().signal;
    return syncOnce(ref, { store, client: client(), now, signal, ...more });
  }

  const titleOf = (id: string) => PAPERS.find((paper) => paper.id === id)?.title ?? id;
  const names = connection.prepare<[], { title: string; tags: string }>(
    `SELECT title, (SELECT json_group_array(tag) FROM save_tags WHERE save_tags.paper = saves.paper) AS tags
     FROM saves JOIN papers ON pk = paper`,
  );
  const items = () =>
    [...user.library.items.values()].filter(
      (item) => item.collections.includes(collection) && item.deleted !== 1 && item.itemType !== 'note',
    );
  onTestFinished(() => zotero.faults.clear());

  return {
    zotero,
    user,
    connection,
    collection,
    key,
    ref,
    client,
    sync,
    async settle() {
      for (let pass = 0; pass < 12; pass++) if ((await sync()).version !== undefined && pass > 0) return;
      throw new Error('The sync does not come to rest');
    },
    save: async (at) => void (await library.save(ADA, PAPERS[at]?.id ?? '', now().toISOString())),
    unsave: async (at) => void (await library.unsave(ADA, PAPERS[at]?.id ?? '')),
    tag(at, ...tags) {
      const paper = connection.prepare<[string], number>('SELECT pk FROM papers WHERE id = ?').pluck();
      const pk = paper.get(PAPERS[at]?.id ?? '');
      connection.prepare('DELETE FROM save_tags WHERE paper = ?').run(pk);
      const add = connection.prepare(`INSERT INTO save_tags VALUES ('fake', 'lab', 'ada', ?, ?)`);
      for (const tag of tags) add.run(pk, tag);
    },
    here: () =>
      Object.fromEntries(
        names.all().map(({ title, tags }) => [title, (JSON.parse(tags) as string[]).toSorted()]),
      ),
    there: () =>
      Object.fromEntries(
        items().map(({ title, tags }) => [titleOf(String(title)), tags.map(({ tag }) => tag).toSorted()]),
      ),
    items: () => items().map(({ key: item, title }) => ({ key: item, title: String(title) })),
  };
}
