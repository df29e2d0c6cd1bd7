/**
 * Zotero's Web API, version 3, with one key: https://www.zotero.org/support/dev/web_api/v3/start. A client
 * serves one person. It sends one request at a time, and none during a pause that Zotero asked for.
 */
import type { z } from 'zod';
import type { Random } from '../resilience/backoff.ts';
import { type HttpResponse, parseJson } from '../sources/http/http.ts';
import { addressUnder, openHttpClient } from '../sources/http/http-client.ts';
import { SourceError } from '../sources/http/source-error.ts';
import type { Clock } from '../time/clock.ts';
import {
  COLLECTION,
  COLLECTIONS,
  GROUPS,
  ITEMS,
  KEY_FACTS,
  type KeyFacts,
  type SentItem,
  VERSIONS,
  WRITTEN,
  type ZoteroCollection,
  type ZoteroGroup,
  type ZoteroItem,
} from './item.ts';

/** Objects in one write, and keys in one request. */
export const MOST_OBJECTS = 50;
/** Objects on a page. */
const PAGE = 100;
/** Pages of collections that are read to find one by its name. */
const MOST_PAGES = 50;

const LABEL = 'Zotero';
/** Milliseconds to pause after a 429 without `Retry-After`. */
const PAUSE_MS = 30_000;
const EVERY_MS = 100;
/** Refusals with a meaning here; the body is a plain text. */
const REFUSALS = [400, 401, 403, 404, 405, 409, 412, 413, 428];

/** A request that Zotero refused. The message is Zotero's own text, without the key. */
export class ZoteroRefusal extends Error {
  override readonly name = 'ZoteroRefusal';
  readonly status: number;

  constructor(status: number, text: string) {
    super(text.slice(0, 200));
    this.status = status;
  }
}

export interface Listing {
  /** Version of each item, by its key. */
  readonly items: ReadonlyMap<string, number>;
  /** Version of the library. */
  readonly version: number;
}

export type Written =
  | { readonly kind: 'written'; readonly version: number }
  | { readonly kind: 'failed'; readonly code: number; readonly message: string };

export interface ZoteroClient {
  /** @throws ZoteroRefusal 403 for an unknown or revoked key, here and in every call */
  key(): Promise<KeyFacts>;
  groups(user: number): Promise<ZoteroGroup[]>;
  /** All collections of a library. @param library `users/123` or `groups/456` */
  collections(library: string): Promise<ZoteroCollection[]>;
  collection(library: string, key: string): Promise<ZoteroCollection>;
  /** Creates the collection, or finds it created by an earlier attempt. */
  createCollection(library: string, key: string, name: string): Promise<void>;
  count(library: string, collection: string): Promise<number>;
  /** @returns `undefined` if nothing in the library has changed since that version */
  list(library: string, collection: string, since: number): Promise<Listing | undefined>;
  /** At most 50; also those in the trash. Erased ones are left out. */
  items(library: string, keys: readonly string[]): Promise<ZoteroItem[]>;
  /** At most 50. Outcomes are in the order of the objects. */
  write(library: string, items: readonly SentItem[]): Promise<Written[]>;
  revoke(): Promise<void>;
  /** Milliseconds for which Zotero wants no further request. */
  pauseLeft(): number;
}

export interface ClientOptions {
  readonly url: string;
  readonly key: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly random?: Random;
  /** Shorter in tests. */
  readonly timeoutMs?: number;
  readonly everyMs?: number;
  readonly retryDelayMs?: number;
}

export function openZoteroClient(options: ClientOptions): ZoteroClient {
  const { url, key, clock, signal, random, timeoutMs, everyMs = EVERY_MS, retryDelayMs } = options;
  const send = openHttpClient({
    source: LABEL,
    connections: 1,
    everyMs,
    pauseMs: PAUSE_MS,
    clock,
    ...(random && { random }),
    ...(retryDelayMs !== undefined && { retryDelayMs }),
  });
  let pausedUntil = 0;

  interface Asked {
    readonly body?: unknown;
    readonly method?: 'DELETE';
    readonly since?: number;
  }

  async function ask(path: string, { body, method, since }: Asked = {}): Promise<HttpResponse> {
    const [place = '', query] = path.split('?');
    const address = addressUnder(url, place);
    if (query !== undefined) address.search = query;
    const response = await send({
      url: address.href,
      format: 'json',
      headers: {
        authorization: `Bearer ${key}`,
        'zotero-api-version': '3',
        ...(since !== undefined && { 'if-modified-since-version': String(since) }),
      },
      allow: since === undefined ? REFUSALS : [...REFUSALS, 304],
      read: ['last-modified-version', 'link', 'total-results'],
      ...(body !== undefined && { body }),
      ...(method && { method }),
      ...(signal && { signal }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    if (response.backoffMs !== undefined)
      pausedUntil = Math.max(pausedUntil, clock.elapsed() + response.backoffMs);
    if (REFUSALS.includes(response.status)) throw new ZoteroRefusal(response.status, response.text);
    return response;
  }

  async function pages<T>(path: string, schema: z.ZodType<T[]>): Promise<T[]> {
    const all: T[] = [];
    let next: string | undefined = `${path}?limit=${PAGE}`;
    for (let page = 0; next !== undefined && page < MOST_PAGES; page++) {
      const response: HttpResponse = await ask(next);
      all.push(...read(response, schema));
      // Only the query is followed, so that no answer leads the key elsewhere.
      const link = /<([^>]+)>;\s*rel="next"/.exec(response.headers?.['link'] ?? '')?.[1];
      next = link !== undefined && URL.canParse(link) ? `${path}${new URL(link).search}` : undefined;
    }
    return all;
  }

  return {
    key: async () => read(await ask('/keys/current'), KEY_FACTS),
    groups: (user) => pages(`/users/${user}/groups`, GROUPS),
    collections: (library) => pages(`/${library}/collections`, COLLECTIONS),
    collection: async (library, collection) =>
      read(await ask(`/${library}/collections/${collection}`), COLLECTION),

    async createCollection(library, collection, name) {
      const body = [{ key: collection, version: 0, name, parentCollection: false }];
      const [failed] = Object.values(read(await ask(`/${library}/collections`, { body }), WRITTEN).failed);
      // It exists: an earlier answer was lost.
      if (failed && failed.code !== 412) throw new ZoteroRefusal(failed.code, failed.message);
    },

    async count(library, collection) {
      const { headers } = await ask(`/${library}/collections/${collection}/items/top?${PAPERS}&limit=1`);
      return Number(headers?.['total-results'] ?? 0);
    },

    async list(library, collection, since) {
      const path = `/${library}/collections/${collection}/items/top?${PAPERS}&format=versions`;
      const response = await ask(path, { since });
      if (response.status === 304) return undefined;
      return {
        items: new Map(Object.entries(read(response, VERSIONS))),
        version: versionOf(response),
      };
    },

    async items(library, keys) {
      const path = `/${library}/items?itemKey=${keys.join(',')}&includeTrashed=1&limit=${PAGE}`;
      return read(await ask(path), ITEMS);
    },

    async write(library, items) {
      const response = await ask(`/${library}/items`, { body: items });
      const { successful, success, unchanged, failed } = read(response, WRITTEN);
      return items.map(({ version }, index): Written => {
        const failure = failed[index];
        if (failure) return { kind: 'failed', ...failure };
        if (unchanged[index] !== undefined) return { kind: 'written', version };
        if (success[index] === undefined && successful?.[index] === undefined)
          throw new SourceError('broken-answer', 'Zotero did not say what became of an item.');
        return { kind: 'written', version: successful?.[index]?.version ?? versionOf(response) };
      });
    },

    revoke: async () => void (await ask('/keys/current', { method: 'DELETE' })),
    pauseLeft: () => Math.max(pausedUntil - clock.elapsed(), 0),
  };
}

/** Standalone files and notes are no papers. */
const PAPERS = `itemType=${encodeURIComponent('-attachment || note')}`;

/** @throws SourceError for an answer of another form */
function read<T>(response: HttpResponse, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseJson(response.text, LABEL));
  if (parsed.success) return parsed.data;
  throw new SourceError('broken-answer', 'Zotero returned data of an unexpected form.', {
    cause: parsed.error,
  });
}

function versionOf({ headers }: HttpResponse): number {
  const version = headers?.['last-modified-version'];
  if (version !== undefined && /^\d+$/.test(version)) return Number(version);
  throw new SourceError('broken-answer', 'Zotero did not state the version of the library.');
}
