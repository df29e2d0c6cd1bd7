/** Connects people's libraries in Zotero, and disconnects them. */
import { randomUUID } from 'node:crypto';
import { UserError } from '../base/errors.ts';
import type { PersonRef } from '../chat/caller.ts';
import type { Person } from '../library/library.ts';
import { SourceError } from '../sources/http/source-error.ts';
import type { Clock } from '../time/clock.ts';
import type { Sealing } from '../workspaces/sealing.ts';
import { type ClientOptions, openZoteroClient, type ZoteroClient, ZoteroRefusal } from './client.ts';
import type { KeyFacts, ZoteroAccess, ZoteroGroup } from './item.ts';
import { newItemKey } from './writer.ts';
import { ownerOf, type ZoteroConnection, type ZoteroStore, type ZoteroTarget } from './zotero.ts';

/** More papers than this come in only after a yes. */
export const ASKED_ABOVE = 50;

export interface ConnectRequest {
  readonly key: string;
  /** Name or number of a group; the person's own library if absent. */
  readonly group?: string;
  readonly collection: string;
}

export interface Connected {
  readonly connection: ZoteroConnection;
  /** Papers in the collection now. */
  readonly incoming: number;
  /** True if the key may read notes, which are not synced. */
  readonly seesNotes: boolean;
}

export interface ZoteroAccounts {
  /** Name of the collection that is used if the person names none. */
  readonly defaultCollection: string;
  /** @throws UserError for a key or a library that cannot be used, and if Zotero cannot be reached */
  connect(person: Person, request: ConnectRequest, signal: AbortSignal): Promise<Connected>;
  of(person: PersonRef): Promise<ZoteroConnection | undefined>;
  /** Begins the first sync, after the person has agreed. */
  start(connection: ZoteroConnection): Promise<void>;
  /**
   * Forgets the connection and its key.
   * @param revoke also deletes the key in Zotero
   * @throws UserError if the key could not be deleted there; the connection then stays
   */
  disconnect(person: PersonRef, revoke: boolean, signal: AbortSignal): Promise<boolean>;
}

export interface AccountOptions {
  readonly store: ZoteroStore;
  /** Absent without `SECRET_KEY`: then nothing can be connected. */
  readonly sealing: Sealing | undefined;
  readonly url: string;
  readonly clock: Clock;
  /** For tests: requests without pauses. */
  readonly requests?: Pick<ClientOptions, 'timeoutMs' | 'everyMs' | 'retryDelayMs'>;
}

const SETTINGS = 'zotero.org/settings/keys';

export function openZoteroAccounts(options: AccountOptions): ZoteroAccounts {
  const { store, url, clock, requests } = options;

  function sealingOrRefuse(): Sealing {
    if (options.sealing) return options.sealing;
    throw new UserError(
      'Zotero cannot be connected here yet. Ask the administrator to set SECRET_KEY, which encrypts the keys.',
    );
  }

  function clientFor(key: string, signal: AbortSignal): ZoteroClient {
    return openZoteroClient({ url, key, clock, signal, ...requests });
  }

  return {
    defaultCollection: 'Paperboy',
    of: (person) => store.of(person),
    start: (connection) => store.start(connection, clock.now().getTime()),

    async connect(person, { key: typed, group, collection }, signal) {
      const sealing = sealingOrRefuse();
      const key = keyIn(typed);
      return inSentences(async () => {
        const client = clientFor(key, signal);
        const facts = await client.key();
        const place = group === undefined ? ownLibrary(facts) : await groupLibrary(client, facts, group);
        const target = await collectionIn(client, place, facts.username, collection);
        const incoming = target.isCreated ? await client.count(target.library, target.collection) : 0;
        const token = randomUUID();
        const state = incoming > ASKED_ABOVE ? 'asked' : 'on';
        const sealed = sealing.seal(key, ownerOf(person));
        await store.connect(
          person,
          { ...target, token, team: person.team, sealed, state },
          clock.now().getTime(),
        );
        const connection = await store.of(person);
        if (!connection) throw new UserError('The bot was removed here meanwhile, so nothing was connected.');
        return { connection, incoming, seesNotes: place.access.notes };
      });
    },

    async disconnect(person, revoke, signal) {
      const connection = await store.of(person);
      if (!connection) return false;
      if (revoke) {
        const key = options.sealing?.unseal(connection.sealed, ownerOf(connection));
        if (key === undefined)
          throw new UserError(
            `The key can no longer be read here. Delete it at ${SETTINGS}, and disconnect without revoke.`,
          );
        await inSentences(async () => {
          try {
            await clientFor(key, signal).revoke();
          } catch (error) {
            // It was deleted already.
            if (!(error instanceof ZoteroRefusal && error.status === 403)) throw error;
          }
        });
      }
      return store.disconnect(person);
    },
  };
}

/** @throws UserError without repeating what was typed: it may be another secret */
function keyIn(typed: string): string {
  const key = typed.trim();
  if (/^[A-Za-z0-9]{20,40}$/.test(key)) return key;
  throw new UserError(
    `That is not a Zotero key: it has 24 letters and digits. Make one at ${SETTINGS}/new with library access and write access.`,
  );
}

interface Place {
  readonly library: string;
  readonly libraryName: string;
  readonly access: ZoteroAccess;
}

function ownLibrary({ userID, access }: KeyFacts): Place {
  if (!access.user?.library)
    throw new UserError(
      `This key has no access to your library. Edit it at ${SETTINGS}: allow library access and write access. For a group’s library, name the group.`,
    );
  if (!access.user.write)
    throw new UserError(
      `This key may only read your library, so nothing saved here could reach it. Edit it at ${SETTINGS}: allow write access.`,
    );
  return { library: `users/${userID}`, libraryName: 'My Library', access: access.user };
}

async function groupLibrary(
  client: ZoteroClient,
  { userID, access }: KeyFacts,
  wanted: string,
): Promise<Place> {
  const groups = await client.groups(userID);
  const name = wanted.trim().toLowerCase();
  const group = groups.find((each) => each.name.trim().toLowerCase() === name || String(each.id) === name);
  if (!group) {
    const names = groups
      .slice(0, 10)
      .map((each) => `“${each.name}”`)
      .join(', ');
    throw new UserError(
      groups.length === 0
        ? `This key has access to no group. Edit it at ${SETTINGS}: allow access to the group.`
        : `This key sees no group “${wanted.slice(0, 60)}”. It sees ${names}.`,
    );
  }
  const granted = access.groups?.[group.id] ?? access.groups?.['all'];
  if (!granted?.write)
    throw new UserError(
      `This key may only read the group “${group.name}”. Edit it at ${SETTINGS}: allow write access to the group.`,
    );
  if (!mayEdit(group, userID))
    throw new UserError(
      `Only admins may edit the library of “${group.name}”. Ask its owner to let members edit it, or connect your own library.`,
    );
  return { library: `groups/${group.id}`, libraryName: group.name, access: granted };
}

function mayEdit({ libraryEditing, owner, admins }: ZoteroGroup, user: number): boolean {
  return libraryEditing !== 'admins' || owner === user || admins.includes(user);
}

/** An existing collection, or the key of one to be created by the first sync. */
async function collectionIn(
  client: ZoteroClient,
  { library, libraryName }: Place,
  account: string,
  name: string,
): Promise<ZoteroTarget> {
  const all = await client.collections(library);
  const found = all.find(
    (each) => each.name.trim().toLowerCase() === name.trim().toLowerCase() && !each.deleted,
  );
  return {
    account,
    library,
    libraryName,
    collection: found?.key ?? newItemKey(),
    collectionName: found?.name ?? name.trim(),
    isCreated: found !== undefined,
  };
}

async function inSentences<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ZoteroRefusal && error.status === 403)
      throw new UserError(
        `Zotero does not accept this key. Copy it again, or make a new one at ${SETTINGS}/new.`,
        { cause: error },
      );
    if (error instanceof ZoteroRefusal)
      throw new UserError(`Zotero refused this (status ${error.status}). Try again in a few minutes.`, {
        cause: error,
      });
    if (error instanceof SourceError)
      throw new UserError(`${error.message} Try again in a few minutes.`, { cause: error });
    throw error;
  }
}
