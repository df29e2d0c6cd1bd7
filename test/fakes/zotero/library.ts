/** One library of the fake Zotero: objects, versions, and what was erased. */
import { type CollectionData, type ItemData, Refusal, type Tag } from './model.ts';
import { checkCollection, checkItem, cleanTags, cleanText, emptyCollection, fieldsOf, KEY } from './rules.ts';

export type Sent = Readonly<Record<string, unknown>>;

export interface WriteAnswer {
  readonly successful: Record<string, unknown>;
  readonly success: Record<string, string>;
  readonly unchanged: Record<string, string>;
  readonly failed: Record<string, { key?: string; code: number; message: string; data?: unknown }>;
}

const ALPHABET = '23456789ABCDEFGHIJKLMNPQRSTUVWXYZ';

export interface FakeLibrary {
  readonly items: Map<string, ItemData>;
  readonly collections: Map<string, CollectionData>;
  /** Keys of erased objects, with the version of the library at which they went. */
  readonly erased: Map<string, { readonly kind: 'items' | 'collections'; readonly version: number }>;
  version(): number;
  /** Writes up to 50 objects. All that change get the same new version of the library. */
  write(
    kind: 'items' | 'collections',
    objects: readonly Sent[],
    whole: (data: ItemData | CollectionData) => unknown,
    isVersioned: boolean,
  ): WriteAnswer;
  erase(kind: 'items' | 'collections', keys: readonly string[]): void;
  newKey(): string;
  /** What a person does in Zotero: changes one item. */
  edit(key: string, change: (item: ItemData) => Partial<ItemData>): void;
  add(item: Sent): string;
  addCollection(name: string): string;
}

/** @param random decides keys of objects that are written without one */
export function openLibrary(random: () => number): FakeLibrary {
  const items = new Map<string, ItemData>();
  const collections = new Map<string, CollectionData>();
  const erased: FakeLibrary['erased'] = new Map();
  // Versions are monotonic, but not consecutive.
  let version = 1 + Math.floor(random() * 50);

  const next = () => {
    version += 1 + Math.floor(random() * 3);
    return version;
  };
  const newKey = () =>
    Array.from({ length: 8 }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');

  function checkVersion(
    sent: Sent,
    stored: { readonly version: number } | undefined,
    isVersioned: boolean,
  ): void {
    const { key, version: expected } = sent;
    if (expected !== undefined && typeof expected !== 'number')
      throw new Refusal(400, "'version' must be an integer");
    if (stored === undefined) {
      if (typeof expected === 'number' && expected > 0)
        throw new Refusal(404, `Object ${String(key)} does not exist (expected version ${expected})`);
      return;
    }
    if (expected === undefined && !isVersioned)
      throw new Refusal(428, 'If-Unmodified-Since-Version or object version property must be provided');
    if (typeof expected === 'number' && stored.version > expected)
      throw new Refusal(
        412,
        `Object has been modified since specified version (expected ${expected}, found ${stored.version})`,
      );
  }

  function putItem(sent: Sent, key: string, at: () => number): ItemData | undefined {
    const stored = items.get(key);
    checkItem(sent, stored);
    for (const collection of (sent['collections'] ?? []) as string[])
      if (!collections.has(collection)) throw new Refusal(409, `Collection ${collection} not found`);
    const cleaned = Object.fromEntries(
      Object.entries(sent)
        .filter(([name]) => name !== 'key' && name !== 'version')
        .map(([name, value]) => [name, cleanText(value)]),
    );
    const itemType = String(sent['itemType'] ?? stored?.itemType);
    const before: Sent = stored ?? {
      ...Object.fromEntries(fieldsOf(itemType).map((field) => [field, ''])),
      creators: [],
      relations: {},
      dateAdded: '2026-05-29T12:00:00Z',
    };
    const tags = cleanTags((cleaned['tags'] ?? before['tags'] ?? []) as Tag[]);
    const isTrashed = (cleaned['deleted'] ?? before['deleted'] ?? 0) === 1;
    const { deleted: _, ...kept } = { ...before, ...cleaned } as Sent;
    const after: ItemData = {
      ...kept,
      key,
      itemType,
      tags,
      collections: (cleaned['collections'] ?? before['collections'] ?? []) as string[],
      dateModified: '2026-05-29T12:00:00Z',
      version: stored?.version ?? 0,
      ...(isTrashed && { deleted: 1 }),
    };
    if (stored && JSON.stringify(sorted(stored)) === JSON.stringify(sorted(after))) return undefined;
    const written = { ...after, version: at() };
    items.set(key, written);
    return written;
  }

  function putCollection(sent: Sent, key: string, at: () => number): CollectionData | undefined {
    const stored = collections.get(key);
    checkCollection(sent, stored === undefined);
    const { key: _, version: __, ...rest } = sent;
    const after = { ...(stored ?? emptyCollection(key)), ...rest };
    if (stored && JSON.stringify(sorted(stored)) === JSON.stringify(sorted(after))) return undefined;
    const written = { ...after, version: at() };
    collections.set(key, written);
    return written;
  }

  const library: FakeLibrary = {
    items,
    collections,
    erased,
    version: () => version,
    newKey,

    write(kind, objects, whole, isVersioned) {
      const answer: WriteAnswer = { successful: {}, success: {}, unchanged: {}, failed: {} };
      let given: number | undefined;
      const at = () => {
        given ??= next();
        return given;
      };
      for (const [index, sent] of objects.entries()) {
        const own = sent['key'];
        try {
          if (own !== undefined && !(typeof own === 'string' && KEY.test(own)))
            throw new Refusal(400, `'${String(own)}' is not a valid key`);
          const stored = (kind === 'items' ? items : collections).get(own ?? '');
          checkVersion(sent, stored, isVersioned);
          const key = own ?? newKey();
          const written = kind === 'items' ? putItem(sent, key, at) : putCollection(sent, key, at);
          if (written === undefined) answer.unchanged[index] = key;
          else {
            answer.success[index] = key;
            answer.successful[index] = whole(written);
            erased.delete(key);
          }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          answer.failed[index] = {
            ...(typeof own === 'string' && { key: own }),
            code: error.status,
            message: error.message,
          };
        }
      }
      return answer;
    },

    erase(kind, keys) {
      const present = keys.filter((key) => (kind === 'items' ? items : collections).has(key));
      if (present.length === 0) return;
      const at = next();
      for (const key of present) {
        erased.set(key, { kind, version: at });
        if (kind === 'items') items.delete(key);
        else {
          collections.delete(key);
          // Membership is in the items, which stay.
          for (const item of items.values()) {
            if (!item.collections.includes(key)) continue;
            const others = item.collections.filter((each) => each !== key);
            items.set(item.key, { ...item, collections: others, version: at });
          }
        }
      }
    },

    edit(key, change) {
      const item = items.get(key);
      if (item === undefined) throw new Error(`No item ${key}`);
      putItem({ ...item, ...change(item) }, key, next);
    },

    add(item) {
      const key = newKey();
      const { failed } = library.write('items', [{ ...item, key }], (data) => data, true);
      if (failed['0']) throw new Error(failed['0'].message);
      return key;
    },

    addCollection(name) {
      const key = newKey();
      library.write('collections', [{ key, name }], (data) => data, true);
      return key;
    },
  };
  return library;
}

function sorted(data: object): unknown {
  return Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
