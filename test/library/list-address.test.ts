import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { startHttpServer } from '../../src/health/http-server.ts';
import type { Person } from '../../src/library/library.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openListLinks } from '../../src/library/link-store.ts';
import { openListAddresses } from '../../src/library/list-address.ts';
import { openListFiles } from '../../src/library/list-file.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openPersonalData } from '../../src/privacy/personal-data-store.ts';
import { openWorkspaceStore } from '../../src/workspaces/workspace-store.ts';
import { temporaryFolder } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';

const ADA: Person = { team: 'slack:T1', platform: 'slack', workspace: 'T1', person: 'U1' };
const BOB: Person = { ...ADA, person: 'U2' };
const AT = '2026-05-25T09:00:00.000Z';
const [FIRST, SECOND] = ['2605.00001', '2605.00002'];
const MINE = { scope: 'mine', filter: {} } as const;

async function openPages() {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = openDatabase(path);
  onTestFinished(() => void connection.close());
  await migrate(connection);
  const records = [FIRST, SECOND].map((id) => ({ id, title: `Paper ${id}`, abstract: 'We do.' }));
  await openPaperStore(connection).importBatch(records, { source: 'arxiv', at: AT });
  const library = openLibrary(connection);
  const clock = fakeClock(AT);
  const addresses = openListAddresses({
    links: openListLinks(connection),
    files: openListFiles(library),
    publicUrl: 'https://bot.example.org',
    teamNamed: (_, team) => ({ team }),
    clock,
  });
  const server = await startHttpServer(0, new Map(), silentLog, { pages: addresses.page });
  onTestFinished(() => server.stop());
  const ask = (address: string, init: RequestInit = {}) =>
    fetch(address.replace('https://bot.example.org', `http://127.0.0.1:${server.port}`), init);
  return { path, connection, library, addresses, clock, ask };
}

it('an address shows the list as it is now, in the format of its ending', async () => {
  const { library, addresses, ask } = await openPages();
  await library.save(ADA, FIRST, AT);
  const address = await addresses.create(ADA, MINE, 'bibtex');
  expect(address).toMatch(/^https:\/\/bot\.example\.org\/feed\/[\w-]{22}\.bib$/);
  const first = await ask(address);
  expect([first.status, first.headers.get('content-type')]).toEqual([
    200,
    'application/x-bibtex; charset=utf-8',
  ]);
  expect(await first.text()).toContain(FIRST);
  await library.save(ADA, SECOND, AT);
  expect(await (await ask(address)).text()).toContain(SECOND);
  const ris = await ask(address.replace(/bib$/, 'ris'));
  expect(await ris.text()).toMatch(/^TY {2}- /);
});

it('an unchanged list is answered with 304, and HEAD has no body but its length', async () => {
  const { library, addresses, ask } = await openPages();
  await library.save(ADA, FIRST, AT);
  const address = await addresses.create(ADA, MINE, 'bibtex');
  const whole = await ask(address);
  const etag = whole.headers.get('etag') ?? '';
  const body = await whole.text();
  const again = await ask(address, { headers: { 'if-none-match': `"other", W/${etag}` } });
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  const head = await ask(address, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(body)));
  await library.save(ADA, SECOND, AT);
  expect((await ask(address, { headers: { 'if-none-match': etag } })).status).toBe(200);
});

it.each([
  ['an unknown token', `https://bot.example.org/feed/${'A'.repeat(22)}.bib`],
  ['a short token', 'https://bot.example.org/feed/x.bib'],
  ['another path', 'https://bot.example.org/feed/../../etc/passwd'],
  ['no token', 'https://bot.example.org/feed/'],
])('%s is not found, with nothing but 404', async (_, address) => {
  const { ask } = await openPages();
  const answer = await ask(address);
  expect([answer.status, await answer.text()]).toEqual([404, 'Not found.\n']);
});

it('an unknown ending is not found, and only GET and HEAD are allowed', async () => {
  const { addresses, ask } = await openPages();
  const address = await addresses.create(ADA, MINE, 'bibtex');
  expect((await ask(address.replace(/bib$/, 'exe'))).status).toBe(404);
  expect((await ask(address, { method: 'POST' })).status).toBe(404);
});

it('requests beyond the limit of one address wait, and other addresses do not', async () => {
  const { addresses, ask, clock } = await openPages();
  const address = await addresses.create(ADA, MINE, 'bibtex');
  const other = await addresses.create(BOB, MINE, 'bibtex');
  for (let n = 0; n < 12; n++) expect((await ask(address)).status).toBe(200);
  const held = await ask(address);
  expect([held.status, held.headers.get('retry-after')]).toEqual([429, '60']);
  expect((await ask(other)).status).toBe(200);
  await clock.advance(60_000);
  expect((await ask(address)).status).toBe(200);
});

it('only the hash of a token is stored', async () => {
  const { path, addresses } = await openPages();
  const address = await addresses.create(ADA, MINE, 'bibtex');
  const token = /feed\/([\w-]+)\./.exec(address)?.[1] ?? '';
  for (const file of [path, `${path}-wal`]) expect(readFileSync(file).includes(token)).toBe(false);
});

it('an address ends when it is revoked, with forget-me, and with the workspace', async () => {
  const { connection, addresses, ask } = await openPages();
  const create = (person = ADA) => addresses.create(person, MINE, 'bibtex');
  const [revoked, others] = [await create(), await create(BOB)];
  expect(await addresses.revoke(ADA)).toBe(1);
  expect([(await ask(revoked)).status, (await ask(others)).status]).toEqual([404, 200]);
  const forgotten = await create();
  await openPersonalData(connection).forget(ADA, AT);
  expect([(await ask(forgotten)).status, (await ask(others)).status]).toEqual([404, 200]);
  await openWorkspaceStore(connection).forget('slack', 'T1', Date.parse(AT));
  expect((await ask(others)).status).toBe(404);
});

it('the 21st address of a person is refused in a sentence', async () => {
  const { addresses } = await openPages();
  for (let n = 0; n < 20; n++) await addresses.create(ADA, MINE, 'bibtex');
  await expect(addresses.create(ADA, MINE, 'bibtex')).rejects.toThrow(
    'You already have 20 addresses, the maximum. End all of them with /papers export link:revoke',
  );
});

it('a team’s address has nobody’s notes', async () => {
  const { library, addresses, ask } = await openPages();
  await library.change(ADA, FIRST, { note: 'a private thought' }, AT);
  await library.change(BOB, SECOND, { note: 'a private thought' }, AT);
  const address = await addresses.create(ADA, { scope: 'team', filter: {} }, 'markdown');
  const text = await (await ask(address)).text();
  expect(text).toContain(SECOND);
  expect(text).not.toContain('thought');
});
