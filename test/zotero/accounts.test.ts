import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/time/clock.ts';
import { openSealing } from '../../src/workspaces/sealing.ts';
import { ASKED_ABOVE, openZoteroAccounts } from '../../src/zotero/accounts.ts';
import { openZoteroStore } from '../../src/zotero/zotero-store.ts';
import { ALL, startFakeZotero } from '../fakes/zotero/start.ts';
import { everythingIn, openTestDatabase } from '../support/database.ts';
import { ADA, QUICK } from './harness.ts';

const STAYING = new AbortController().signal;
const GROUPS = { all: { library: true, write: true } };

async function open() {
  const zotero = await startFakeZotero();
  const connection = await openTestDatabase();
  const store = openZoteroStore(connection);
  const sealing = await openSealing('a passphrase of thirty-two signs.');
  const shared = { store, url: zotero.url, clock: systemClock, requests: QUICK };
  const accounts = openZoteroAccounts({ ...shared, sealing });
  const user = zotero.addUser('ada');
  const connect = (key: string, more: { group?: string; collection?: string } = {}) =>
    accounts.connect(ADA, { key, collection: 'Paperboy', ...more }, STAYING);
  return { zotero, connection, store, accounts, user, connect, shared };
}

describe('a key', () => {
  it('that may write is stored encrypted, and says whose library it opens', async () => {
    const { user, connect, connection, accounts } = await open();
    const key = user.key();
    const { connection: made, incoming } = await connect(` ${key}\n`);
    expect([made.account, made.library, made.state, incoming]).toEqual(['ada', `users/${user.id}`, 'on', 0]);
    expect(everythingIn(connection).includes(key)).toBe(false);
    expect(await accounts.of(ADA)).toMatchObject({ collectionName: 'Paperboy', isCreated: false });
  });

  it.each([
    ['without access to the library', { user: {} }, 'no access to your library'],
    ['without write access', { user: { library: true, notes: true } }, 'may only read your library'],
    ['for groups only', { groups: GROUPS }, 'For a group’s library, name the group'],
  ])('%s is refused with what to change', async (_, access, reason) => {
    const { user, connect, accounts } = await open();
    await expect(connect(user.key(access))).rejects.toThrow(reason);
    expect(await accounts.of(ADA)).toBeUndefined();
  });

  it('without access to notes is accepted, and that is said', async () => {
    const { user, connect } = await open();
    expect((await connect(user.key({ user: { ...ALL, notes: false } }))).seesNotes).toBe(false);
    expect((await connect(user.key())).seesNotes).toBe(true);
  });

  it('that Zotero does not know, or that is none, is refused without repeating it', async () => {
    const { connect } = await open();
    await expect(connect('abcdefghijklmnopqrstuvwx')).rejects.toThrow('Zotero does not accept this key');
    const other = 'sk-proj-another secret';
    await expect(connect(other)).rejects.toThrow('That is not a Zotero key');
    await expect(connect(other)).rejects.not.toThrow(other);
  });

  it('cannot be stored without SECRET_KEY', async () => {
    const { user, shared } = await open();
    const accounts = openZoteroAccounts({ ...shared, sealing: undefined });
    await expect(accounts.connect(ADA, { key: user.key(), collection: 'x' }, STAYING)).rejects.toThrow(
      'SECRET_KEY',
    );
  });

  it('is kept when Zotero cannot be reached, and so is an earlier connection', async () => {
    const { zotero, user, connect, accounts } = await open();
    await connect(user.key());
    zotero.faults.next({ kind: 'drop', times: 3 });
    await expect(connect(user.key(), { collection: 'Other' })).rejects.toThrow('Try again in a few minutes.');
    expect(await accounts.of(ADA)).toMatchObject({ collectionName: 'Paperboy' });
  });
});

describe('a group', () => {
  it('is found by its name or number, if the key may write to it', async () => {
    const { zotero, user, connect } = await open();
    zotero.addGroup({ id: 77, name: 'The Lab', owner: user.id });
    const key = user.key({ groups: GROUPS });
    for (const group of ['the lab', '77'])
      expect((await connect(key, { group })).connection).toMatchObject({
        library: 'groups/77',
        libraryName: 'The Lab',
      });
    await expect(connect(key, { group: 'other' })).rejects.toThrow('It sees “The Lab”.');
    const readOnly = user.key({ groups: { 77: { library: true } } });
    await expect(connect(readOnly, { group: 'The Lab' })).rejects.toThrow('may only read the group');
  });

  it('whose library only admins may edit is refused to others', async () => {
    const { zotero, user, connect } = await open();
    const boss = zotero.addUser('boss');
    const members = [boss.id, user.id];
    zotero.addGroup({ id: 7, name: 'Lab', owner: boss.id, members, libraryEditing: 'admins' });
    await expect(connect(user.key({ groups: GROUPS }), { group: 'Lab' })).rejects.toThrow(
      'Only admins may edit',
    );
  });
});

describe('the first sync', () => {
  it.each([
    [ASKED_ABOVE, 'on'],
    [ASKED_ABOVE + 1, 'asked'],
  ])('of a collection with %i papers is “%s”', async (count, state) => {
    const { user, connect, accounts, store } = await open();
    const collection = user.library.addCollection('paperboy');
    for (let at = 0; at < count; at++)
      user.library.add({ itemType: 'preprint', title: `Number ${at}`, collections: [collection] });
    user.library.add({ itemType: 'note', note: 'no paper', collections: [collection] });
    const { connection, incoming } = await connect(user.key());
    expect([incoming, connection.state, connection.collection]).toEqual([count, state, collection]);
    const now = Date.now() + 1_000;
    expect(await store.due(now, 10)).toHaveLength(state === 'on' ? 1 : 0);
    await accounts.start(connection);
    expect(await store.due(now, 10)).toHaveLength(1);
  });
});

describe('disconnecting', () => {
  it('deletes the key here, and in Zotero only when asked', async () => {
    const { zotero, user, connect, accounts, connection } = await open();
    const key = user.key();
    await connect(key);
    expect(await accounts.disconnect(ADA, false, STAYING)).toBe(true);
    expect(zotero.world.keys.has(key)).toBe(true);
    expect(connection.prepare('SELECT count(*) FROM zotero_connections').pluck().get()).toBe(0);
    await connect(key);
    expect(await accounts.disconnect(ADA, true, STAYING)).toBe(true);
    expect(zotero.world.keys.has(key)).toBe(false);
    expect(await accounts.disconnect(ADA, true, STAYING)).toBe(false);
  });

  it('keeps the connection if Zotero cannot be reached to delete the key', async () => {
    const { zotero, user, connect, accounts } = await open();
    await connect(user.key());
    zotero.faults.next({ kind: 'drop', times: 3 });
    await expect(accounts.disconnect(ADA, true, STAYING)).rejects.toThrow('Try again in a few minutes.');
    expect(await accounts.of(ADA)).toBeDefined();
  });
});
