import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../src/library/library-store.ts';
import { CollectionGoneError, SupersededError } from '../../src/zotero/writer.ts';
import { openZoteroStore } from '../../src/zotero/zotero-store.ts';
import { ADA, openBench, PAPERS } from './harness.ts';

const AT = '2026-05-29T12:00:00.000Z';
const PREPRINT = { itemType: 'preprint', title: 'A private note on routing', tags: [{ tag: 'mine' }] };

describe('a sync', () => {
  it('creates the collection, and pushes each save once', async () => {
    const bench = await openBench();
    await bench.save(0);
    await bench.save(1);
    bench.tag(1, 'moe');
    await bench.settle();
    expect(bench.user.library.collections.get(bench.collection)?.name).toBe('Paperboy');
    expect(bench.there()).toEqual({ 'Paper number 0': [], 'Paper number 1': ['moe'] });
    const item = [...bench.user.library.items.values()][0];
    expect(item).toMatchObject({
      itemType: 'preprint',
      repository: 'arXiv',
      archiveID: 'arXiv:2605.00000',
      DOI: '10.48550/arXiv.2605.00000',
      creators: [
        { creatorType: 'author', firstName: 'Ada', lastName: 'Lovelace' },
        { creatorType: 'author', firstName: 'Anton', lastName: 'van den Hengel' },
      ],
    });
  });

  it('saves what is in the collection: known papers, and new ones by their title', async () => {
    const bench = await openBench();
    await bench.settle();
    const collections = [bench.collection];
    bench.user.library.add({
      itemType: 'journalArticle',
      title: 'Renamed',
      extra: 'arXiv:2605.00003',
      collections,
    });
    bench.user.library.add({ ...PREPRINT, collections });
    bench.user.library.add({ ...PREPRINT, title: 'Elsewhere' });
    bench.user.library.add({ itemType: 'note', note: 'no paper', collections });
    bench.user.library.add({ itemType: 'book', title: '', collections });
    await bench.settle();
    expect(bench.here()).toEqual({ 'Paper number 3': [], 'A private note on routing': ['mine'] });
  });

  it('links an item that is in the collection already, and pushes no second one', async () => {
    const bench = await openBench();
    await bench.save(2);
    bench.tag(2, 'here');
    await bench.settle();
    await openZoteroStore(bench.connection).disconnect(ADA);
    const again = await openZoteroStore(bench.connection);
    await again.connect(
      ADA,
      {
        ...{ token: 'first', team: ADA.team, sealed: Buffer.from('s'), state: 'on', account: 'ada' },
        ...{ library: `users/${bench.user.id}`, libraryName: 'My Library', isCreated: true },
        ...{ collection: bench.collection, collectionName: 'Paperboy' },
      },
      0,
    );
    await bench.settle();
    expect(bench.items()).toHaveLength(1);
  });

  it('unsaving takes the item out of the collection, and leaves it in the library', async () => {
    const bench = await openBench();
    await bench.save(0);
    await bench.settle();
    await bench.unsave(0);
    await bench.settle();
    expect(bench.items()).toEqual([]);
    expect(bench.user.library.items.size).toBe(1);
    await bench.save(0);
    await bench.settle();
    expect([bench.items().length, bench.user.library.items.size]).toEqual([1, 1]);
  });

  it.each([
    ['taken out of the collection', { collections: [] }],
    ['put into the trash', { deleted: 1 }],
  ])('an item that was %s is unsaved here', async (_, change) => {
    const bench = await openBench();
    await bench.save(0);
    await bench.save(1);
    await bench.settle();
    const item = bench.items().find(({ title }) => title === PAPERS[0]?.title);
    bench.user.library.edit(item?.key ?? '', () => change);
    await bench.settle();
    expect(Object.keys(bench.here())).toEqual(['Paper number 1']);
    expect(Object.keys(bench.there())).toEqual(['Paper number 1']);
  });

  it('an item that left the collection comes back if its paper was tagged here since', async () => {
    for (const change of [{ collections: [] }, { deleted: 1 }]) {
      const bench = await openBench();
      await bench.save(0);
      await bench.settle();
      const [item] = bench.items();
      bench.user.library.edit(item?.key ?? '', () => change);
      bench.tag(0, 'keep');
      await bench.settle();
      expect(bench.here()).toEqual({ 'Paper number 0': ['keep'] });
      expect(bench.there()).toEqual({ 'Paper number 0': ['keep'] });
    }
  });

  it('an item that left the collection comes back if the paper has a note here, which Zotero does not have', async () => {
    const bench = await openBench();
    await bench.save(0);
    await openLibrary(bench.connection).change(ADA, PAPERS[0]?.id ?? '', { note: 'see table 3' }, AT);
    await bench.settle();
    bench.user.library.edit(bench.items()[0]?.key ?? '', () => ({ collections: [] }));
    await bench.settle();
    expect(Object.keys(bench.here())).toEqual(['Paper number 0']);
    expect(Object.keys(bench.there())).toEqual(['Paper number 0']);
  });

  it('an erased item is unsaved here, and one whose paper changed here is made again', async () => {
    const bench = await openBench();
    await bench.save(0);
    await bench.save(1);
    await bench.settle();
    bench.tag(1, 'keep');
    bench.user.library.erase(
      'items',
      bench.items().map(({ key }) => key),
    );
    await bench.settle();
    expect(bench.here()).toEqual({ 'Paper number 1': ['keep'] });
    expect(bench.there()).toEqual({ 'Paper number 1': ['keep'] });
  });

  it('tags of both sides are merged, and removals stay removals', async () => {
    const bench = await openBench();
    await bench.save(0);
    bench.tag(0, 'a', 'b', 'c');
    await bench.settle();
    const [item] = bench.items();
    bench.user.library.edit(item?.key ?? '', () => ({
      tags: [{ tag: 'a' }, { tag: 'C' }, { tag: 'there' }, { tag: 'Automatic', type: 1 }],
    }));
    bench.tag(0, 'b', 'c', 'here');
    await bench.settle();
    expect(bench.here()).toEqual({ 'Paper number 0': ['c', 'here', 'there'] });
    expect(bench.there()).toEqual({ 'Paper number 0': ['Automatic', 'C', 'here', 'there'] });
    expect(bench.user.library.items.get(item?.key ?? '')?.tags).toContainEqual({ tag: 'Automatic', type: 1 });
  });

  it('fields, other collections and relations of an item stay as they are', async () => {
    const bench = await openBench();
    await bench.settle();
    const other = bench.user.library.addCollection('Other');
    const key = bench.user.library.add({
      ...{ itemType: 'book', title: 'A book', publisher: 'Somebody', extra: 'Original Date: 1890' },
      ...{ collections: [bench.collection, other], relations: { 'dc:relation': 'http://zotero.org/x' } },
    });
    await bench.settle();
    const pk = bench.connection.prepare<[], number>('SELECT paper FROM saves').pluck().get();
    bench.connection.prepare(`INSERT INTO save_tags VALUES ('fake', 'lab', 'ada', ?, 'new')`).run(pk);
    await bench.settle();
    expect(bench.user.library.items.get(key)).toMatchObject({
      ...{ publisher: 'Somebody', extra: 'Original Date: 1890', tags: [{ tag: 'new' }] },
      relations: { 'dc:relation': 'http://zotero.org/x' },
    });
    expect(bench.user.library.items.get(key)?.collections.toSorted()).toEqual(
      [bench.collection, other].toSorted(),
    );
  });

  it('someone who writes to the same item meanwhile loses nothing', async () => {
    const bench = await openBench();
    await bench.save(0);
    await bench.settle();
    const [item] = bench.items();
    bench.tag(0, 'here');
    bench.zotero.faults.next({
      kind: 'meanwhile',
      act: () => bench.user.library.edit(item?.key ?? '', () => ({ tags: [{ tag: 'there' }] })),
      match: ({ method }) => method === 'POST',
    });
    expect((await bench.sync()).version).toBeUndefined();
    await bench.settle();
    expect(bench.here()).toEqual({ 'Paper number 0': ['here', 'there'] });
    expect(bench.there()).toEqual({ 'Paper number 0': ['here', 'there'] });
  });

  it('an answer that is lost creates no second item', async () => {
    const bench = await openBench();
    await bench.settle();
    await bench.save(0);
    bench.zotero.faults.next({ kind: 'loseAnswer', match: ({ method }) => method === 'POST', times: 3 });
    await expect(bench.sync()).rejects.toThrow('Zotero could not be reached');
    await bench.settle();
    expect(bench.user.library.items.size).toBe(1);
  });

  it('a request that arrives after the next sync has begun creates no second item, and undoes no tag', async () => {
    const bench = await openBench();
    await bench.settle();
    await bench.save(0);
    bench.tag(0, 'first');
    const isWrite = ({ method }: { readonly method: string }) => method === 'POST';
    bench.zotero.faults.next({ kind: 'drop', match: isWrite, times: 3 });
    await expect(bench.sync()).rejects.toThrow('Zotero could not be reached');
    bench.tag(0, 'first', 'second');
    bench.zotero.faults.next({ kind: 'meanwhile', act: () => void bench.zotero.arrive(), match: isWrite });
    await bench.settle();
    expect(bench.user.library.items.size).toBe(1);
    expect(bench.here()).toEqual({ 'Paper number 0': ['first', 'second'] });
    expect(bench.there()).toEqual({ 'Paper number 0': ['first', 'second'] });
  });

  it('a deleted collection stops the sync, and unsaves nothing', async () => {
    for (const act of ['erase', 'trash']) {
      const bench = await openBench();
      await bench.save(0);
      await bench.settle();
      const { library } = bench.user;
      if (act === 'erase') library.erase('collections', [bench.collection]);
      else {
        const sent = { key: bench.collection, deleted: 1 };
        library.write('collections', [sent], (data) => data, true);
        for (const { key } of bench.items()) library.edit(key, () => ({ deleted: 1 }));
      }
      await expect(bench.sync()).rejects.toThrow(CollectionGoneError);
      expect(Object.keys(bench.here())).toEqual(['Paper number 0']);
    }
  });

  it('a person who disconnects meanwhile gets no more saves', async () => {
    const bench = await openBench();
    await bench.settle();
    bench.user.library.add({ ...PREPRINT, collections: [bench.collection] });
    const store = openZoteroStore(bench.connection);
    bench.zotero.faults.next({
      kind: 'meanwhile',
      act: () => void store.disconnect(ADA),
      match: ({ path }) => path.endsWith('/items'),
    });
    await expect(bench.sync()).rejects.toThrow(SupersededError);
    expect(bench.here()).toEqual({});
    expect(bench.connection.prepare('SELECT count(*) FROM zotero_items').pluck().get()).toBe(0);
  });

  it('a save that changes while the answer is on its way is not overwritten', async () => {
    const bench = await openBench();
    await bench.save(0);
    await bench.settle();
    const [item] = bench.items();
    bench.user.library.edit(item?.key ?? '', () => ({ tags: [{ tag: 'there' }] }));
    bench.zotero.faults.next({
      kind: 'meanwhile',
      act: () => bench.tag(0, 'here'),
      match: ({ path }) => path.endsWith('/items'),
    });
    await bench.sync();
    expect(bench.here()).toEqual({ 'Paper number 0': ['here'] });
    await bench.settle();
    expect(bench.here()).toEqual({ 'Paper number 0': ['here', 'there'] });
    expect(bench.there()).toEqual({ 'Paper number 0': ['here', 'there'] });
  });

  it('an item that Zotero refuses does not hold up the others', async () => {
    const bench = await openBench();
    await bench.save(0);
    await bench.save(1);
    bench.tag(0, 'x'.repeat(300));
    const { refused } = await bench.sync();
    expect(refused).toEqual([expect.stringContaining('too long')]);
    expect(Object.keys(bench.there())).toEqual(['Paper number 1']);
  });

  it('a write that is too large as a whole is sent in halves', async () => {
    const bench = await openBench();
    await bench.settle();
    for (const at of [0, 1, 2, 3]) await bench.save(at);
    bench.zotero.faults.next({
      ...{ kind: 'refuse', status: 413, text: 'Request too large' },
      match: ({ method }) => method === 'POST',
    });
    await bench.settle();
    expect(bench.items()).toHaveLength(4);
  });

  it('nothing new costs one request, and a library of 50,000 items no more than its collection', async () => {
    const bench = await openBench();
    await bench.save(0);
    await bench.settle();
    for (let at = 0; at < 50_000; at++) bench.user.library.items.set(`X${at}`, elsewhere(`X${at}`));
    bench.user.library.add({ ...PREPRINT, collections: [bench.collection] });
    const before = bench.zotero.requests.length;
    await bench.sync();
    expect(bench.zotero.requests.length - before).toBe(2);
    expect(Object.keys(bench.here())).toHaveLength(2);
  });
});

function elsewhere(key: string) {
  return { key, version: 1, itemType: 'preprint', title: 'Elsewhere', tags: [], collections: [] };
}
