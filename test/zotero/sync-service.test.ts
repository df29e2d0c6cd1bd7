import { describe, expect, it } from 'vitest';
import { openLibrary as openSavedLibrary } from '../../src/library/library-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { systemClock } from '../../src/time/clock.ts';
import { openSealing } from '../../src/workspaces/sealing.ts';
import { openZoteroAccounts } from '../../src/zotero/accounts.ts';
import { openZoteroSync } from '../../src/zotero/sync-service.ts';
import { openZoteroStore } from '../../src/zotero/zotero-store.ts';
import { type FakeUser, startFakeZotero } from '../fakes/zotero/start.ts';
import { openTestDatabase } from '../support/database.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { listeningLog } from '../support/listening-log.ts';
import { PAPERS, QUICK } from './harness.ts';

const MINUTE = 60_000;
const STAYING = new AbortController().signal;

async function openService() {
  const zotero = await startFakeZotero();
  const connection = await openTestDatabase();
  await openPaperStore(connection).importBatch(PAPERS, { source: 'arxiv', at: '2026-05-29T08:00:00Z' });
  const clock: FakeClock = fakeClock('2026-05-29T12:00:00Z');
  const store = openZoteroStore(connection);
  const library = openSavedLibrary(connection);
  const sealing = await openSealing('a passphrase of thirty-two signs.');
  const told: string[] = [];
  const { log, lines } = listeningLog();
  const shared = { store, sealing, url: zotero.url, requests: QUICK };
  const accounts = openZoteroAccounts({ ...shared, clock: systemClock });
  // Requests take real time; only the instants of syncs are held.
  const service = openZoteroSync({
    ...shared,
    clock: { ...systemClock, now: () => clock.now() },
    log,
    random: () => 0.5,
    tell: async ({ person }, problem) => void told.push(`${person}: ${problem}`),
  });
  const personOf = (name: string) => ({ platform: 'fake', workspace: 'lab', person: name, team: 'fake:lab' });

  async function join(
    name: string,
  ): Promise<FakeUser & { readonly key: FakeUser['key']; readonly made: string }> {
    const user = zotero.addUser(name);
    const made = user.key();
    await accounts.connect(personOf(name), { key: made, collection: 'Paperboy' }, STAYING);
    return { ...user, made };
  }

  const save = (name: string, at: number) =>
    library.save(personOf(name), PAPERS[at]?.id ?? '', clock.now().toISOString());
  const titles = (user: FakeUser) =>
    [...user.library.items.values()].map(({ title }) => String(title)).toSorted();
  const of = (name: string) => store.of(personOf(name));
  const tick = async (ms = 0) => {
    await clock.advance(ms);
    await service.tick(STAYING);
  };
  return {
    zotero,
    connection,
    clock,
    store,
    accounts,
    service,
    told,
    lines,
    join,
    save,
    titles,
    of,
    tick,
    personOf,
  };
}

describe('syncs in the background', () => {
  it('run after a save, and otherwise every ten minutes', async () => {
    const { join, save, titles, tick, zotero, of } = await openService();
    const ada = await join('ada');
    await tick();
    await tick();
    const before = zotero.requests.length;
    await tick(5 * MINUTE);
    expect(zotero.requests.length).toBe(before);
    await save('ada', 0);
    await tick();
    expect(titles(ada)).toEqual(['Paper number 0']);
    await tick(20 * MINUTE);
    expect((await of('ada'))?.syncedAt).toBe('2026-05-29T12:25:00.000Z');
  });

  it('a revoked key stops the sync of that person, tells them once, and leaves the others alone', async () => {
    const { join, save, titles, tick, zotero, told, of } = await openService();
    const [ada, grace] = [await join('ada'), await join('grace')];
    await tick();
    zotero.revoke(ada.made);
    for (let round = 0; round < 3; round++) {
      await save('ada', round);
      await save('grace', round);
      await tick(15 * MINUTE);
    }
    expect(told).toEqual([
      expect.stringMatching(/^ada: Zotero no longer accepts the key\..*\/papers connect zotero/),
    ]);
    expect(await of('ada')).toMatchObject({
      state: 'stopped',
      problem: expect.stringContaining('no longer accepts'),
    });
    expect(titles(ada)).toEqual([]);
    expect(titles(grace)).toHaveLength(3);
  });

  it.each([
    ['write access', { user: { library: true, write: false } }, 'may no longer write to your library'],
    ['library access', { user: { library: false } }, 'no longer has access to your library'],
  ])('a key that lost its %s stops the sync with that reason', async (_, access, reason) => {
    const { join, save, tick, zotero, told } = await openService();
    const ada = await join('ada');
    await tick();
    const before = zotero.world.keys.get(ada.made);
    if (before) zotero.world.keys.set(ada.made, { ...before, access });
    await save('ada', 0);
    await tick(15 * MINUTE);
    expect(told).toEqual([expect.stringContaining(reason)]);
  });

  it('a group that only admins may edit from now on stops the sync with that reason', async () => {
    const { zotero, accounts, tick, save, told, personOf } = await openService();
    const [boss, ada] = [zotero.addUser('boss'), zotero.addUser('ada')];
    const group = { id: 7, name: 'Lab', owner: boss.id, members: [boss.id, ada.id] };
    zotero.addGroup(group);
    const key = ada.key({ groups: { all: { library: true, write: true } } });
    await accounts.connect(personOf('ada'), { key, group: 'lab', collection: 'Reading' }, STAYING);
    await tick();
    expect([...(zotero.world.groupLibraries.get(7)?.collections.values() ?? [])][0]?.name).toBe('Reading');
    zotero.world.groups.set(7, { ...group, admins: [boss.id], libraryEditing: 'admins' });
    await save('ada', 0);
    await tick(15 * MINUTE);
    expect(told).toEqual([expect.stringContaining('may no longer edit the group “Lab”')]);
  });

  it('a deleted collection stops the sync, and nothing on the list changes', async () => {
    const { join, save, tick, told, connection } = await openService();
    const ada = await join('ada');
    await save('ada', 0);
    await tick();
    ada.library.erase('collections', [...ada.library.collections.keys()]);
    await tick(15 * MINUTE);
    expect(told).toEqual([expect.stringContaining('The collection no longer exists in Zotero')]);
    expect(connection.prepare('SELECT count(*) FROM saves').pluck().get()).toBe(1);
  });

  it.each([
    ['Backoff on an answer', { kind: 'backoff', seconds: 120 } as const, 120],
    ['Retry-After of a 429', { kind: 'tooMany', retryAfter: 90 } as const, 90],
    ['Retry-After of a 503', { kind: 'maintenance', retryAfter: 300 } as const, 300],
  ])('%s holds back all requests of that person, and of nobody else', async (_, fault, seconds) => {
    const { join, save, titles, tick, zotero, of } = await openService();
    const [ada, grace] = [await join('ada'), await join('grace')];
    await tick();
    await tick();
    await save('ada', 0);
    const ofAda = ({ path }: { readonly path: string }) => path.startsWith(`/users/${ada.id}/`);
    zotero.faults.next({ ...fault, match: ofAda });
    await tick();
    const asked = zotero.requests.filter(ofAda).length;
    await save('ada', 1);
    await save('grace', 1);
    await tick((seconds - 5) * 1_000);
    expect(zotero.requests.filter(ofAda).length).toBe(asked);
    expect(titles(grace)).toEqual(['Paper number 1']);
    await tick(15 * MINUTE);
    expect(titles(ada)).toEqual(['Paper number 0', 'Paper number 1']);
    expect((await of('ada'))?.problem).toBeUndefined();
  });

  it('an outage is shown as a problem that passes, and is tried again later and later', async () => {
    const { join, save, titles, tick, zotero, of, told } = await openService();
    const ada = await join('ada');
    await tick();
    await save('ada', 0);
    zotero.faults.next({ kind: 'maintenance', times: 9 });
    await tick();
    await tick(2 * MINUTE);
    expect((await of('ada'))?.problem).toMatch(/Zotero is down.*The next try follows by itself/);
    const before = zotero.requests.length;
    await tick(30_000);
    expect(zotero.requests.length).toBe(before);
    zotero.faults.clear();
    await tick(20 * MINUTE);
    expect(titles(ada)).toEqual(['Paper number 0']);
    expect(await of('ada')).toMatchObject({ failures: 0 });
    expect(told).toEqual([]);
  });

  it('a person whose server hangs does not hold up the others', async () => {
    const { join, save, titles, service, zotero, clock } = await openService();
    const [ada, grace] = [await join('ada'), await join('grace')];
    await save('ada', 0);
    await save('grace', 0);
    let open = () => {};
    const until = new Promise<void>((resolve) => {
      open = resolve;
    });
    zotero.faults.next({ kind: 'delay', until, match: ({ path }) => path.startsWith(`/users/${ada.id}/`) });
    const first = service.tick(STAYING);
    await expect.poll(() => titles(grace)).toEqual(['Paper number 0']);
    await clock.advance(MINUTE);
    // The next round leaves the running one alone.
    await service.tick(STAYING);
    open();
    await first;
    expect(titles(ada)).toEqual(['Paper number 0']);
  });

  it('a stored key that can no longer be decrypted stops the sync with that reason', async () => {
    const { join, connection, tick, told } = await openService();
    await join('ada');
    connection.prepare('UPDATE zotero_connections SET sealed = ?').run(Buffer.from('damaged'));
    await tick();
    expect(told).toEqual([expect.stringContaining('cannot be decrypted')]);
  });
});
