/** Starts the fake Zotero on loopback, with faults, and lets tests act as its users. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { breakAfter, breakBefore, type Faults, openFaults } from '../faults.ts';
import { openRequestLog, type RequestLog } from '../request-log.ts';
import { type FakeLibrary, openLibrary } from './library.ts';
import type { Access, GroupData, KeyData } from './model.ts';
import { type Answer, type Asked, answerTo, type ZoteroWorld } from './routes.ts';

/** Zotero's own: a limit of requests, or a wish to be asked less. */
export type ZoteroFault =
  | { readonly kind: 'tooMany'; readonly retryAfter?: number }
  | { readonly kind: 'maintenance'; readonly retryAfter?: number }
  | { readonly kind: 'backoff'; readonly seconds: number }
  | { readonly kind: 'refuse'; readonly status: number; readonly text: string }
  /** Someone else writes just before the request is carried out. */
  | { readonly kind: 'meanwhile'; readonly act: () => void };

export interface FakeUser {
  readonly id: number;
  readonly library: FakeLibrary;
  /** Makes a key, with all rights to the user's own library unless stated. */
  key(access?: KeyData['access']): string;
}

export interface FakeZotero extends Pick<RequestLog, 'requests' | 'until'> {
  readonly url: string;
  readonly faults: Faults<ZoteroFault>;
  readonly world: ZoteroWorld;
  addUser(name: string): FakeUser;
  addGroup(group: Partial<GroupData> & Pick<GroupData, 'id' | 'name' | 'owner'>): FakeLibrary;
  revoke(key: string): void;
  /** Resolves when no request is being carried out. */
  idle(): Promise<void>;
  /** Carries out the last request that was dropped, as one that arrives late. False if it was not a write. */
  arrive(): boolean;
}

export const ALL: Access = { library: true, files: true, notes: true, write: true };

export async function startFakeZotero(random: () => number = seeded(1)): Promise<FakeZotero> {
  const log = openRequestLog();
  const faults = openFaults<ZoteroFault>();
  let origin = '';
  let dropped: Asked | undefined;
  const world: ZoteroWorld = {
    origin: () => origin,
    keys: new Map(),
    groups: new Map(),
    users: new Map(),
    groupLibraries: new Map(),
  };

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', origin);
    const asked: Asked = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: Buffer.concat(chunks).toString('utf8'),
    };
    const seen = { ...asked, route: asked.path, at: new Date(), status: 0 };
    log.saw(seen);
    const fault = faults.take(seen);
    const own = fault && ownAnswer(fault);
    const before = own ?? (await breakBefore(fault));
    if (before === undefined && fault?.kind === 'meanwhile') fault.act();
    const carried = before === undefined ? answerTo(world, asked) : undefined;
    const broken = before ?? (await breakAfter(fault));
    if (broken === 'hang') return;
    if (before === 'drop') dropped = asked;
    if (broken === 'drop') return void response.socket?.destroy();
    const answer: Answer = broken ?? carried ?? { status: 500 };
    log.answered(seen, answer.status);
    const wish = fault?.kind === 'backoff' && { backoff: String(fault.seconds) };
    const isText = typeof answer.body === 'string';
    response.writeHead(answer.status, {
      ...(answer.body !== undefined && { 'content-type': isText ? 'text/plain' : 'application/json' }),
      'zotero-api-version': '3',
      ...answer.headers,
      ...wish,
    });
    response.end(answer.body === undefined || isText ? answer.body : JSON.stringify(answer.body));
    log.changed();
  }

  let busy = 0;
  const server = createServer((incoming, response) => {
    busy++;
    void handle(incoming, response).finally(() => {
      busy--;
      log.changed();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );

  function addUser(name: string): FakeUser {
    const id = 100 + world.users.size;
    const library = openLibrary(random);
    world.users.set(id, library);
    return {
      id,
      library,
      key(access = { user: ALL }) {
        const key = Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36)).join('');
        world.keys.set(key, { key, userID: id, username: name, displayName: name, access });
        return key;
      },
    };
  }

  return {
    url: origin,
    faults,
    world,
    requests: log.requests,
    until: log.until,
    addUser,
    addGroup(group) {
      const library = openLibrary(random);
      world.groupLibraries.set(group.id, library);
      world.groups.set(group.id, {
        members: [group.owner],
        admins: [group.owner],
        libraryEditing: 'members',
        ...group,
      });
      return library;
    },
    idle: () => log.until(() => busy === 0),
    revoke: (key) => void world.keys.delete(key),
    arrive() {
      if (dropped?.method !== 'POST') return false;
      answerTo(world, dropped);
      return true;
    },
  };
}

function ownAnswer(fault: { readonly kind: string } | ZoteroFault): Answer | undefined {
  if (!('kind' in fault)) return undefined;
  const wait = 'retryAfter' in fault && fault.retryAfter !== undefined && fault.retryAfter;
  const headers = { ...(wait !== false && { 'retry-after': String(wait) }) };
  if (fault.kind === 'tooMany') return { status: 429, body: 'Request rate limit exceeded', headers };
  if (fault.kind === 'maintenance') return { status: 503, body: 'Down for maintenance', headers };
  if (fault.kind === 'refuse' && 'status' in fault) return { status: fault.status, body: fault.text };
  return undefined;
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
