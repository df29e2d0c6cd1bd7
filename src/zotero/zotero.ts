/** Libraries in Zotero that people connected. */
import type { PersonRef } from '../chat/caller.ts';
import type { Paper, PaperRecord } from '../papers/paper.ts';
import type { SaveState } from './decide.ts';

/** A connection, until the person connects again. A sync that holds an older one writes nothing. */
export interface ConnectionRef extends PersonRef {
  readonly token: string;
}

/** Names a person, and binds an encrypted key to them. */
export function ownerOf({ platform, workspace, person }: PersonRef): string {
  return JSON.stringify(['zotero', platform, workspace, person]);
}

/** A collection of a library, as a person chose it. */
export interface ZoteroTarget {
  /** Name of the account that the key belongs to. */
  readonly account: string;
  /** `users/123` or `groups/456`. */
  readonly library: string;
  readonly libraryName: string;
  /** Its key, chosen here if the collection is yet to be created. */
  readonly collection: string;
  readonly collectionName: string;
  readonly isCreated: boolean;
}

export interface ZoteroConnection extends ConnectionRef, ZoteroTarget {
  /** Papers that come in are saved in this team. */
  readonly team: string;
  /** The key, encrypted. */
  readonly sealed: Uint8Array;
  /** `asked` waits for a yes to the first sync; `stopped` needs the person, see `problem`. */
  readonly state: 'asked' | 'on' | 'stopped';
  /** A sentence for the person. */
  readonly problem?: string;
  /** Version of the library when everything in it had been read. */
  readonly version: number;
  /** Consecutive failures. */
  readonly failures: number;
  /** ISO 8601 instant of the last whole sync. */
  readonly syncedAt?: string;
}

/** An item in Zotero, when both sides were last in agreement about it. */
export interface ItemRow {
  readonly item: string;
  /** Row of the paper; `null` for an item that is none. */
  readonly paper: number | null;
  /** Version of the item; 0 for one that we create and have not seen yet, -1 for one that was not read. */
  readonly version: number;
  readonly isPresent: boolean;
  readonly tags: readonly string[];
  readonly savedAt: string | null;
}

/** Both sides as they are stored here. */
export interface StoredState {
  readonly connection: ZoteroConnection;
  readonly saves: ReadonlyMap<number, SaveState>;
  readonly items: readonly ItemRow[];
  /** Count of changes to the saves, for `finish`. */
  readonly changes: number;
}

/** A change to a save, made only if the save is still as it was read. */
export interface LocalStep {
  readonly paper: number;
  /** Absent if it was not saved. */
  readonly expected?: SaveState;
  readonly to: 'unsave' | { readonly tags: readonly string[] };
}

export interface SyncEnd {
  /** Milliseconds since 1970. */
  readonly nextAt: number;
  /** Milliseconds since 1970 before which Zotero wants no request. */
  readonly notBefore: number;
  readonly problem?: string;
}

/**
 * Stores connections and the state of their sync. Every method is one transaction. Those that take a
 * `ConnectionRef` return `undefined` and change nothing if the person has disconnected or connected again.
 */
export interface ZoteroStore {
  /** Replaces an earlier connection. What is known of the same collection stays. */
  connect(
    person: PersonRef,
    made: ZoteroTarget & Pick<ZoteroConnection, 'token' | 'team' | 'sealed' | 'state'>,
    now: number,
  ): Promise<void>;
  of(person: PersonRef): Promise<ZoteroConnection | undefined>;
  /** Forgets the connection, its key and its items. Saves stay. False if there was none. */
  disconnect(person: PersonRef): Promise<boolean>;
  /** Starts the first sync after a yes. */
  start(ref: ConnectionRef, now: number): Promise<void>;
  /** Connections whose time has come, or whose saves changed; the longest due first. */
  due(now: number, limit: number): Promise<ZoteroConnection[]>;
  read(ref: ConnectionRef): Promise<StoredState | undefined>;
  created(ref: ConnectionRef): Promise<true | undefined>;
  /** Stores the papers of items, and returns their rows in the same order. Saves nothing. */
  meet(ref: ConnectionRef, records: readonly PaperRecord[], at: string): Promise<number[] | undefined>;
  papers(papers: readonly number[]): Promise<Map<number, Paper>>;
  /** @returns the saves after each step; `refused` for a save that has changed since it was read */
  apply(
    ref: ConnectionRef,
    steps: readonly LocalStep[],
    at: string,
  ): Promise<(SaveState | 'refused' | 'removed')[] | undefined>;
  /** Stores where both sides agree. */
  mark(ref: ConnectionRef, rows: readonly ItemRow[], gone?: readonly string[]): Promise<true | undefined>;
  /** @param changes as it was read before the sync, so that later changes make it due again */
  finish(
    ref: ConnectionRef,
    end: SyncEnd & { readonly version: number; readonly changes: number; readonly syncedAt: string },
  ): Promise<true | undefined>;
  /** Ends a sync that failed or has more to do. */
  postpone(ref: ConnectionRef, end: SyncEnd & { readonly failures: number }): Promise<true | undefined>;
  /** @returns true only for the first call, so that the person is told once */
  stop(ref: ConnectionRef, problem: string): Promise<boolean>;
}
