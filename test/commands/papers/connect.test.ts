import { expect, inject, it } from 'vitest';
import { systemClock } from '../../../src/time/clock.ts';
import { openSealing } from '../../../src/workspaces/sealing.ts';
import { openZoteroAccounts } from '../../../src/zotero/accounts.ts';
import { openZoteroStore } from '../../../src/zotero/zotero-store.ts';
import { startFakeZotero } from '../../fakes/zotero/start.ts';
import { QUICK } from '../../zotero/harness.ts';
import { openHarness } from '../harness.ts';

const ADA = { platform: 'terminal', workspace: 'local', person: 'ada', team: 'lab' };

async function open() {
  const harness = await openHarness();
  const zotero = await startFakeZotero();
  const store = openZoteroStore(harness.connection);
  const sealing = await openSealing('a passphrase of thirty-two signs.');
  harness.outside.zotero = openZoteroAccounts({
    ...{ store, sealing, url: zotero.url, clock: systemClock, requests: QUICK },
  });
  const user = zotero.addUser('ada');
  /** The form of a platform, filled in and sent. */
  const enter = (values: Readonly<Record<string, string>>) =>
    harness.request({
      caller: ADA,
      root: 'papers',
      name: 'connect',
      values: { service: 'zotero', ...values },
    });
  return { ...harness, zotero, user, store, enter };
}

it('/papers connect explains how to connect, and never asks for the key in a message', async () => {
  const { say } = await open();
  const { text, buttons } = await say('/papers connect');
  expect(text).toMatch(/zotero\.org\/settings\/keys\/new.*Never send a key in a message/s);
  expect(buttons).toEqual(['Enter the key', 'Make a key']);
});

it('a key that is typed in a line is refused, and not used', async () => {
  const { say, user, store } = await open();
  const key = user.key();
  const named = await say(`/papers connect zotero key:${key}`);
  const bare = await say(`/papers connect zotero ${key}`);
  for (const { ok, text } of [named, bare]) {
    expect(ok).toBe(false);
    expect(text).toMatch(/Never type a key in a message.*\/papers connect zotero/);
    expect(text).not.toContain(key);
  }
  expect(await store.of(ADA)).toBeUndefined();
});

it('the answer to a key says whose library it is and what happens, and the status shows it', async () => {
  const { enter, user, say } = await open();
  const { text } = await enter({ key: user.key() });
  expect(text).toMatch(/Zotero is connected.*The key belongs to ada, and may read and write your library/s);
  expect(text).toContain('The collection “Paperboy” is created');
  const status = await say('/papers connect');
  expect(status.text).toMatch(/Account.*ada.*Collection.*Paperboy.*Last sync.*not yet/s);
  expect(status.buttons).toEqual(['Enter a new key', 'Disconnect']);
});

it('a collection with many papers is synced only after a yes', async () => {
  const { enter, user, say, store } = await open();
  const collection = user.library.addCollection('Reading');
  for (let at = 0; at < 60; at++)
    user.library.add({ itemType: 'preprint', title: `Number ${at}`, collections: [collection] });
  const asked = await enter({ key: user.key(), collection: 'reading' });
  expect(asked.text).toMatch(/60 papers would be saved to your list.*Nothing is synced until you say so/s);
  expect(asked.buttons).toEqual(['Start the sync', 'Disconnect']);
  expect((await store.of(ADA))?.state).toBe('asked');
  await say('/papers connect zotero start:yes');
  expect((await store.of(ADA))?.state).toBe('on');
});

it('a problem of the connection is shown with what to do', async () => {
  const { enter, user, say, store } = await open();
  await enter({ key: user.key() });
  const made = await store.of(ADA);
  if (made) await store.stop(made, 'Zotero no longer accepts the key. Make a new one.');
  const { text } = await say('/papers connect');
  expect(text).toMatch(/no longer synced.*Zotero no longer accepts the key\. Make a new one\./s);
});

it('other services cannot be connected, and a wrong key is explained', async () => {
  const { say, enter } = await open();
  expect((await say('/papers connect service:mendeley')).text).toContain('Only Zotero can be connected');
  expect((await enter({ key: 'hello' })).text).toContain('That is not a Zotero key');
});

it('/papers disconnect zotero deletes the key here, and says that it is still valid', async () => {
  const { enter, user, say, zotero, store } = await open();
  expect((await say('/papers disconnect zotero')).text).toContain('No library in Zotero is connected');
  const key = user.key();
  await enter({ key });
  expect((await say('/papers disconnect zotero')).text).toMatch(/is disconnected.*still valid/s);
  expect(await store.of(ADA)).toBeUndefined();
  await enter({ key });
  expect((await say('/papers disconnect zotero revoke:yes')).text).toContain('deleted here and in Zotero');
  expect(zotero.world.keys.has(key)).toBe(false);
});

// On other platforms they are typed after a mention, which the harness does not do.
if (inject('platform') === 'terminal')
  it('is meant by natural words', async () => {
    const { say } = await open();
    for (const line of [
      'connect zotero',
      'connect my zotero account',
      'link zotero',
      'sync with zotero',
      'connect',
    ])
      expect((await say(line)).text, line).toContain('Connect Zotero');
    for (const line of ['disconnect zotero', 'unlink zotero', 'disconnect from zotero'])
      expect((await say(line)).text, line).toContain('No library in Zotero is connected');
  });
