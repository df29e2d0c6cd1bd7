/** Requests of the fake Zotero and their answers: paths, parameters, access, versions. */
import type { FakeLibrary, Sent } from './library.ts';
import {
  type Access,
  type CollectionData,
  type GroupData,
  type ItemData,
  type KeyData,
  Refusal,
} from './model.ts';
import { MOST_OBJECTS } from './rules.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ZoteroWorld {
  readonly origin: () => string;
  readonly keys: Map<string, KeyData>;
  readonly groups: Map<number, GroupData>;
  readonly users: Map<number, FakeLibrary>;
  readonly groupLibraries: Map<number, FakeLibrary>;
}

const DEFAULT_LIMIT = 25;
const MOST = 100;

export function answerTo(world: ZoteroWorld, asked: Asked): Answer {
  try {
    return route(world, asked);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, body: error.message, headers: error.headers };
  }
}

function route(world: ZoteroWorld, asked: Asked): Answer {
  const { method, path, headers } = asked;
  const key = keyOf(world, headers);
  if (path === '/keys/current') {
    if (key === undefined) throw new Refusal(403, 'Invalid key');
    if (method === 'DELETE') {
      world.keys.delete(key.key);
      return { status: 204 };
    }
    return { status: 200, body: key };
  }
  const [, kind = '', id = '', ...rest] = path.split('/');
  if (kind === 'users' && rest[0] === 'groups') return groupsOf(world, Number(id), key);
  const { library, access } = libraryOf(world, kind, Number(id), key);
  if (access.library !== true) throw new Refusal(403, 'Forbidden');
  if (method !== 'GET' && access.write !== true) throw new Refusal(403, 'Write access denied');
  const prefix = `/${kind}/${id}`;
  if (method === 'POST') return write(world, library, rest, prefix, asked);
  if (method === 'DELETE') return erase(library, rest, asked);
  if (rest[0] === 'deleted') return deleted(library, asked);
  return read(world, library, rest, prefix, asked, access);
}

function keyOf({ keys }: ZoteroWorld, headers: Asked['headers']): KeyData | undefined {
  const bearer = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1];
  const sent = headers['zotero-api-key'] ?? bearer;
  if (headers['zotero-api-key'] !== undefined && bearer !== undefined && bearer !== sent)
    throw new Refusal(400, 'Zotero-API-Key and Authorization differ');
  if (sent === undefined) return undefined;
  const found = keys.get(sent);
  if (found === undefined) throw new Refusal(403, 'Invalid key');
  return found;
}

function libraryOf(
  { users, groups, groupLibraries }: ZoteroWorld,
  kind: string,
  id: number,
  key: KeyData | undefined,
): { library: FakeLibrary; access: Access } {
  if (kind === 'users') {
    const library = users.get(id);
    if (library === undefined) throw new Refusal(404, 'User not found');
    return { library, access: key?.userID === id ? (key.access.user ?? {}) : {} };
  }
  const [library, group] = [groupLibraries.get(id), groups.get(id)];
  if (kind !== 'groups' || library === undefined || group === undefined)
    throw new Refusal(404, 'Group not found');
  const granted = key?.access.groups?.[id] ?? key?.access.groups?.['all'] ?? {};
  if (key === undefined || !group.members.includes(key.userID)) return { library, access: {} };
  const mayEdit = group.libraryEditing === 'members' || group.admins.includes(key.userID);
  return { library, access: { ...granted, write: granted.write === true && mayEdit } };
}

function groupsOf(world: ZoteroWorld, user: number, key: KeyData | undefined): Answer {
  const seen = [...world.groups.values()].filter(
    ({ id, members }) =>
      key?.userID === user &&
      members.includes(user) &&
      (key.access.groups?.[id] ?? key.access.groups?.['all'])?.library === true,
  );
  const body = seen.map(({ id, admins, ...data }) => ({
    id,
    version: 1,
    links: {},
    meta: { created: '2026-01-01T00:00:00Z', lastModified: '2026-01-01T00:00:00Z', numItems: 0 },
    data: {
      id,
      version: 1,
      description: '',
      url: '',
      type: 'Private',
      libraryReading: 'members',
      fileEditing: 'admins',
      admins,
      ...data,
    },
  }));
  return { status: 200, body };
}

function write(
  world: ZoteroWorld,
  library: FakeLibrary,
  [kind, ...more]: readonly string[],
  prefix: string,
  { body, headers }: Asked,
): Answer {
  if ((kind !== 'items' && kind !== 'collections') || more.length > 0)
    throw new Refusal(405, 'Method not allowed');
  const objects = parsed(body);
  if (!Array.isArray(objects)) throw new Refusal(400, 'Uploaded data must be a JSON array');
  if (objects.length > MOST_OBJECTS)
    throw new Refusal(413, `Cannot add more than ${MOST_OBJECTS} ${kind} at a time`);
  const expected = headers['if-unmodified-since-version'];
  if (expected !== undefined) checkUnmodified(library, expected);
  const whole = (data: ItemData | CollectionData) => toWhole(world, prefix, kind, data);
  const answer = library.write(kind, objects as Sent[], whole, expected !== undefined);
  return { status: 200, body: answer, headers: versionHeader(library.version()) };
}

function erase(library: FakeLibrary, [kind]: readonly string[], { query, headers }: Asked): Answer {
  if (kind !== 'items' && kind !== 'collections') throw new Refusal(405, 'Method not allowed');
  const keys = query.get(kind === 'items' ? 'itemKey' : 'collectionKey')?.split(',') ?? [];
  const expected = headers['if-unmodified-since-version'];
  if (expected === undefined) throw new Refusal(428, 'If-Unmodified-Since-Version not provided');
  if (keys.length > MOST_OBJECTS) throw new Refusal(413, `Cannot delete more than ${MOST_OBJECTS} at a time`);
  checkUnmodified(library, expected);
  library.erase(kind, keys);
  return { status: 204, headers: versionHeader(library.version()) };
}

function checkUnmodified(library: FakeLibrary, expected: string): void {
  if (!/^\d+$/.test(expected)) throw new Refusal(400, 'Invalid If-Unmodified-Since-Version value');
  if (library.version() > Number(expected))
    throw new Refusal(
      412,
      `Library has been modified since specified version (expected ${expected}, found ${library.version()})`,
      versionHeader(library.version()),
    );
}

function deleted(library: FakeLibrary, { query }: Asked): Answer {
  const since = query.get('since');
  if (since === null) throw new Refusal(400, "'since' parameter must be provided");
  const keysOf = (kind: string) =>
    [...library.erased]
      .filter(([, each]) => each.kind === kind && each.version > Number(since))
      .map(([key]) => key);
  const body = {
    collections: keysOf('collections'),
    items: keysOf('items'),
    searches: [],
    tags: [],
    settings: [],
  };
  return { status: 200, body, headers: versionHeader(library.version()) };
}

function read(
  world: ZoteroWorld,
  library: FakeLibrary,
  rest: readonly string[],
  prefix: string,
  asked: Asked,
  { notes }: Access,
): Answer {
  const { query, headers } = asked;
  const [kind, key, below, top] = rest;
  if (kind === 'collections' && (key === undefined || key === 'top')) {
    const all = [...library.collections.values()].filter(({ deleted: isTrashed }) => isTrashed !== 1);
    const listed = key === 'top' ? all.filter(({ parentCollection }) => parentCollection === false) : all;
    return list(world, library, 'collections', listed, prefix, asked);
  }
  if (kind === 'collections' && below === undefined) {
    const found = library.collections.get(key ?? '');
    if (found === undefined) throw new Refusal(404, 'Collection not found');
    return single(world, 'collections', found, prefix);
  }
  if (kind === 'items' && key !== undefined && key !== 'top' && key !== 'trash') {
    const found = library.items.get(key);
    if (found === undefined) throw new Refusal(404, 'Item does not exist');
    return single(world, 'items', found, prefix);
  }
  const collection = kind === 'collections' ? key : undefined;
  if (kind !== 'items' && !(collection !== undefined && below === 'items'))
    throw new Refusal(404, 'Not found');
  if (collection !== undefined && !library.collections.has(collection))
    throw new Refusal(404, 'Collection not found');
  const since = headers['if-modified-since-version'];
  if (since !== undefined && library.version() <= Number(since)) return { status: 304 };
  const isTop = key === 'top' || top === 'top';
  const itemType = query.get('itemType') ?? '';
  const without = itemType.startsWith('-') ? itemType.slice(1).split(' || ') : [];
  const withTrash = query.get('includeTrashed') === '1' || key === 'trash';
  const items = [...library.items.values()].filter(
    (item) =>
      (collection === undefined || item.collections.includes(collection)) &&
      (withTrash || item.deleted !== 1) &&
      (key !== 'trash' || item.deleted === 1) &&
      (!isTop || item['parentItem'] === undefined) &&
      !without.includes(item.itemType) &&
      (notes === true || item.itemType !== 'note'),
  );
  return list(world, library, 'items', items, prefix, asked);
}

function list(
  world: ZoteroWorld,
  library: FakeLibrary,
  kind: 'items' | 'collections',
  all: readonly (ItemData | CollectionData)[],
  prefix: string,
  { path, query }: Asked,
): Answer {
  const keys = query
    .get(kind === 'items' ? 'itemKey' : 'collectionKey')
    ?.split(',')
    .slice(0, MOST);
  const since = Number(query.get('since') ?? -1);
  const found = all.filter(
    ({ key, version }) => version > since && (keys === undefined || keys.includes(key)),
  );
  const headers = { ...versionHeader(library.version()), 'total-results': String(found.length) };
  if (query.get('format') === 'versions')
    return {
      status: 200,
      headers,
      body: Object.fromEntries(found.map(({ key, version }) => [key, version])),
    };
  if (query.get('format') === 'keys')
    return { status: 200, headers, body: found.map(({ key }) => `${key}\n`).join('') };
  const asked = Number(query.get('limit') ?? DEFAULT_LIMIT);
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MOST) : DEFAULT_LIMIT;
  const start = Number(query.get('start') ?? 0);
  const page = found.slice(start, start + limit);
  const next = new URLSearchParams(query);
  next.set('start', String(start + limit));
  const link = start + limit < found.length && `<${world.origin()}${path}?${next}>; rel="next"`;
  return {
    status: 200,
    headers: { ...headers, ...(link && { link }) },
    body: page.map((data) => toWhole(world, prefix, kind, data)),
  };
}

function single(
  world: ZoteroWorld,
  kind: 'items' | 'collections',
  data: ItemData | CollectionData,
  prefix: string,
): Answer {
  return { status: 200, body: toWhole(world, prefix, kind, data), headers: versionHeader(data.version) };
}

function toWhole(
  world: ZoteroWorld,
  prefix: string,
  kind: 'items' | 'collections',
  data: ItemData | CollectionData,
): unknown {
  const [, type = '', id = ''] = prefix.split('/');
  const href = `${world.origin()}${prefix}/${kind}/${data.key}`;
  const page = { href: `https://www.zotero.org${prefix}/${kind}/${data.key}`, type: 'text/html' };
  return {
    key: data.key,
    version: data.version,
    library: {
      type: type.replace(/s$/, ''),
      id: Number(id),
      name: `library-${id}`,
      links: { alternate: page },
    },
    links: { self: { href, type: 'application/json' }, alternate: page },
    meta: kind === 'items' ? { numChildren: 0 } : { numCollections: 0, numItems: 0 },
    data,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Uploaded data is not valid JSON');
  }
}

function versionHeader(version: number): Record<string, string> {
  return { 'last-modified-version': String(version) };
}
