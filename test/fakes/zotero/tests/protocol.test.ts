/** The fake against recorded answers of the real server, and the rules of its protocol. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL, type FakeZotero, startFakeZotero } from '../start.ts';

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../recorded/${name}.json`, import.meta.url), 'utf8'));
}

/** The kinds of values at every path that the recorded answer has, except within names of its own data. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}

async function open() {
  const zotero = await startFakeZotero();
  const user = zotero.addUser('ada');
  const key = user.key();
  const prefix = `/users/${user.id}`;
  return { zotero, user, key, prefix, ask: asking(zotero, key) };
}

function asking({ url }: FakeZotero, key: string) {
  return async (
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  };
}

const PREPRINT = { itemType: 'preprint', title: 'Routing', tags: [{ tag: 'moe' }], collections: [] };

describe('the shape of an answer is that of the recorded one', () => {
  it('an item', async () => {
    const { user, ask, prefix } = await open();
    const key = user.library.add({
      itemType: 'journalArticle',
      title: 'Ray tracing',
      creators: [{ creatorType: 'author', firstName: 'Eric', lastName: 'Haines' }],
    });
    const { body } = await ask('GET', `${prefix}/items/${key}`);
    const real = recorded('papersmcp-item') as Record<string, Record<string, unknown>>;
    expect(shapeOf(body)).toMatchObject({ key: 'string', version: 'number' });
    expect(Object.keys(body).toSorted()).toEqual(Object.keys(real).toSorted());
    expect(Object.keys(body.data).toSorted()).toEqual(Object.keys(real['data'] ?? {}).toSorted());
    expect(shapeOf(body.data.creators)).toEqual(shapeOf(real['data']?.['creators']));
  });

  it('a collection', async () => {
    const { user, ask, prefix } = await open();
    const key = user.library.addCollection('Paperboy');
    const { body } = await ask('GET', `${prefix}/collections/${key}`);
    for (const name of ['papersmcp-collection', 'pyzotero-collection-doc']) {
      const real = recorded(name) as Record<string, Record<string, unknown>>;
      expect(Object.keys(body).toSorted()).toEqual(Object.keys(real).toSorted());
      expect(Object.keys(body.data).toSorted()).toEqual(Object.keys(real['data'] ?? {}).toSorted());
      expect(shapeOf(body.meta)).toEqual(shapeOf(real['meta']));
    }
  });

  it('a group', async () => {
    const { zotero, user } = await open();
    zotero.addGroup({ id: 7, name: 'Lab', owner: user.id });
    const key = user.key({ groups: { all: { library: true, write: true } } });
    const { body } = await asking(zotero, key)('GET', `/users/${user.id}/groups`);
    const [real] = recorded('pyzotero-groups-doc') as [Record<string, Record<string, unknown>>];
    expect(Object.keys(body[0]).toSorted()).toEqual(Object.keys(real).toSorted());
    for (const field of ['id', 'name', 'owner', 'libraryEditing', 'libraryReading', 'members'])
      expect(shapeOf(body[0].data[field])).toEqual(shapeOf(real['data']?.[field]));
  });

  it('a write, and a list of versions', async () => {
    const { ask, prefix } = await open();
    const written = await ask('POST', `${prefix}/items`, { body: [PREPRINT] });
    expect(Object.keys(written.body)).toEqual(
      expect.arrayContaining(Object.keys(recorded('pyzotero-creation-doc') ?? {})),
    );
    const { body } = await ask('GET', `${prefix}/items?format=versions`);
    expect(Object.values(shapeOf(body) as object)).toEqual(['number']);
    expect(Object.values(shapeOf(recorded('pyzotero-item-versions')) as object)).toEqual([
      'number',
      'number',
    ]);
  });
});

describe('versions', () => {
  it('a list that has not changed is answered with 304, and one that has with its new version', async () => {
    const { user, ask, prefix } = await open();
    user.library.add(PREPRINT);
    const first = await ask('GET', `${prefix}/items`);
    const version = first.headers.get('last-modified-version') ?? '';
    const since = { headers: { 'if-modified-since-version': version } };
    expect((await ask('GET', `${prefix}/items`, since)).status).toBe(304);
    user.library.add(PREPRINT);
    const later = await ask('GET', `${prefix}/items?since=${version}`, since);
    expect(later.body).toHaveLength(1);
  });

  it('a write on an old version fails with 412, alone or as a whole, and one without a version with 428', async () => {
    const { user, ask, prefix } = await open();
    const key = user.library.add(PREPRINT);
    const { version } = user.library.items.get(key) ?? {};
    user.library.edit(key, () => ({ title: 'Routing II' }));
    const tags = [{ tag: 'x' }];
    const one = await ask('POST', `${prefix}/items`, { body: [{ key, version, tags }] });
    expect(one.body.failed['0']).toMatchObject({ key, code: 412 });
    const none = await ask('POST', `${prefix}/items`, { body: [{ key, tags }] });
    expect(none.body.failed['0']).toMatchObject({ code: 428 });
    const headers = { 'if-unmodified-since-version': String(version) };
    const whole = await ask('POST', `${prefix}/items`, { body: [{ key, tags }], headers });
    expect([whole.status, whole.headers.get('last-modified-version')]).toEqual([
      412,
      String(user.library.version()),
    ]);
    expect((await ask('DELETE', `${prefix}/items?itemKey=${key}`)).status).toBe(428);
  });

  it('an object with a key of its own and version 0 is created once', async () => {
    const { user, ask, prefix } = await open();
    const body = [{ ...PREPRINT, key: 'ABCD2345', version: 0 }];
    expect((await ask('POST', `${prefix}/items`, { body })).body.success).toEqual({ 0: 'ABCD2345' });
    expect((await ask('POST', `${prefix}/items`, { body })).body.failed['0'].code).toBe(412);
    expect(user.library.items.size).toBe(1);
  });

  it('an object that a write does not change keeps its version', async () => {
    const { user, ask, prefix } = await open();
    const key = user.library.add(PREPRINT);
    const before = user.library.version();
    const body = [{ key, version: before, tags: [{ tag: 'moe' }] }];
    expect((await ask('POST', `${prefix}/items`, { body })).body.unchanged).toEqual({ 0: key });
    expect(user.library.version()).toBe(before);
  });

  it('an erased item is listed as deleted, a trashed one only with includeTrashed', async () => {
    const { user, ask, prefix } = await open();
    const [erased, trashed] = [user.library.add(PREPRINT), user.library.add(PREPRINT)];
    user.library.edit(trashed, () => ({ deleted: 1 }));
    const headers = { 'if-unmodified-since-version': String(user.library.version()) };
    expect((await ask('DELETE', `${prefix}/items?itemKey=${erased}`, { headers })).status).toBe(204);
    expect((await ask('GET', `${prefix}/deleted?since=0`)).body.items).toEqual([erased]);
    expect((await ask('GET', `${prefix}/deleted`)).status).toBe(400);
    expect((await ask('GET', `${prefix}/items`)).body).toEqual([]);
    expect((await ask('GET', `${prefix}/items?includeTrashed=1`)).body).toHaveLength(1);
    expect((await ask('GET', `${prefix}/items/trash`)).body).toHaveLength(1);
  });
});

describe('what is sent is checked as the schema says', () => {
  it.each([
    ['an unknown item type', { itemType: 'paper' }, 400],
    ['a field of another type', { itemType: 'preprint', publicationTitle: 'Nature' }, 400],
    [
      'a creator with both kinds of name',
      { itemType: 'preprint', creators: [{ creatorType: 'author', name: 'a', lastName: 'b' }] },
      400,
    ],
    [
      'a creator of an unknown type',
      { itemType: 'preprint', creators: [{ creatorType: 'poet', name: 'a' }] },
      400,
    ],
    ['a long tag', { itemType: 'preprint', tags: [{ tag: 'x'.repeat(256) }] }, 413],
    ['a long field', { itemType: 'preprint', title: 'x'.repeat(65_536) }, 413],
    ['a collection that does not exist', { itemType: 'preprint', collections: ['ABCD2345'] }, 409],
    ['a key of other letters', { itemType: 'preprint', key: 'abc', version: 0 }, 400],
    ['an object that does not exist', { key: 'ABCD2345', version: 7, itemType: 'preprint' }, 404],
  ])('%s is refused, and the other objects are written', async (_, item, code) => {
    const { user, ask, prefix } = await open();
    const { body } = await ask('POST', `${prefix}/items`, { body: [item, PREPRINT] });
    expect(body.failed['0'].code).toBe(code);
    expect(Object.keys(body.success)).toEqual(['1']);
    expect(user.library.items.size).toBe(1);
  });

  it('51 objects are too many, and a body that is no JSON is refused', async () => {
    const { ask, prefix } = await open();
    expect((await ask('POST', `${prefix}/items`, { body: Array(51).fill(PREPRINT) })).status).toBe(413);
    expect((await ask('POST', `${prefix}/items`, { body: {} })).status).toBe(400);
  });

  it('an empty tag is dropped, and a tag set by hand replaces the automatic one', async () => {
    const { user } = await open();
    const key = user.library.add({ ...PREPRINT, tags: [{ tag: ' ' }, { tag: 'a', type: 1 }, { tag: 'a' }] });
    expect(user.library.items.get(key)?.tags).toEqual([{ tag: 'a' }]);
  });
});

describe('access', () => {
  it('is refused without a key, with an unknown one, and to other libraries', async () => {
    const { zotero, ask } = await open();
    const other = zotero.addUser('grace');
    expect((await ask('GET', `/users/${other.id}/items`)).status).toBe(403);
    expect((await asking(zotero, 'unknown')('GET', '/keys/current')).text).toBe('Invalid key');
    expect((await ask('GET', '/users/999/items')).status).toBe(404);
  });

  it('a key without the right to write reads only, and a revoked one does nothing', async () => {
    const { zotero, user, prefix } = await open();
    const key = user.key({ user: { library: true } });
    const ask = asking(zotero, key);
    expect((await ask('GET', `${prefix}/items`)).status).toBe(200);
    expect((await ask('POST', `${prefix}/items`, { body: [PREPRINT] })).status).toBe(403);
    expect((await ask('DELETE', '/keys/current')).status).toBe(204);
    expect((await ask('GET', `${prefix}/items`)).status).toBe(403);
  });

  it('a key without access to notes sees none', async () => {
    const { zotero, user, prefix, ask } = await open();
    user.library.add({ itemType: 'note', note: '<p>Read this.</p>' });
    expect((await ask('GET', `${prefix}/items`)).body).toHaveLength(1);
    const without = asking(zotero, user.key({ user: { ...ALL, notes: false } }));
    expect((await without('GET', `${prefix}/items`)).body).toEqual([]);
  });

  it('only admins write to a group whose library they alone may edit', async () => {
    const { zotero, user } = await open();
    const member = zotero.addUser('grace');
    zotero.addGroup({
      id: 7,
      name: 'Lab',
      owner: user.id,
      members: [user.id, member.id],
      libraryEditing: 'admins',
    });
    const groups = { all: { library: true, write: true } };
    const statusFor = async (key: string) =>
      (await asking(zotero, key)('POST', '/groups/7/items', { body: [] })).status;
    expect(await statusFor(user.key({ groups }))).toBe(200);
    expect(await statusFor(member.key({ groups }))).toBe(403);
  });
});

it('pages follow the link to the next one, with at most 100 objects each', async () => {
  const { user, ask, prefix, zotero } = await open();
  for (let i = 0; i < 130; i++) user.library.add(PREPRINT);
  const first = await ask('GET', `${prefix}/items/top?limit=1000`);
  expect(first.body).toHaveLength(100);
  expect(first.headers.get('total-results')).toBe('130');
  const [, next = ''] = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
  const second = await ask('GET', next.slice(zotero.url.length));
  expect(second.body).toHaveLength(30);
  expect(second.headers.get('link')).toBeNull();
  expect((await ask('GET', `${prefix}/items?limit=0`)).body).toHaveLength(25);
});

it('faults: limits with Retry-After, a wish for a pause on any answer, maintenance, and an answer that is lost', async () => {
  const { zotero, user, ask, prefix } = await open();
  zotero.faults.next({ kind: 'tooMany', retryAfter: 7 });
  expect((await ask('GET', `${prefix}/items`)).headers.get('retry-after')).toBe('7');
  zotero.faults.next({ kind: 'maintenance' });
  expect((await ask('GET', `${prefix}/items`)).status).toBe(503);
  zotero.faults.next({ kind: 'backoff', seconds: 9 });
  const wished = await ask('GET', `${prefix}/items`);
  expect([wished.status, wished.headers.get('backoff')]).toEqual([200, '9']);
  zotero.faults.next({ kind: 'loseAnswer' });
  await expect(ask('POST', `${prefix}/items`, { body: [PREPRINT] })).rejects.toThrow('fetch failed');
  expect(user.library.items.size).toBe(1);
  zotero.faults.next({ kind: 'drop' });
  await expect(ask('POST', `${prefix}/items`, { body: [PREPRINT] })).rejects.toThrow('fetch failed');
  expect(user.library.items.size).toBe(1);
});
