/** Syncs connected libraries in the background: each after a save and every ten minutes, a few at a time. */
import PQueue from 'p-queue';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import { backoffDelay, type Random, vary } from '../resilience/backoff.ts';
import { abortAfter, DeadlineError } from '../resilience/deadline.ts';
import { SourceError } from '../sources/http/source-error.ts';
import type { Clock } from '../time/clock.ts';
import type { Sealing } from '../workspaces/sealing.ts';
import { type ClientOptions, openZoteroClient, type ZoteroClient, ZoteroRefusal } from './client.ts';
import {
  COLLECTION_GONE,
  KEY_UNREADABLE,
  NeedsPersonError,
  refusedInWords,
  whyForbidden,
} from './problems.ts';
import { syncOnce } from './sync.ts';
import { CollectionGoneError, SupersededError } from './writer.ts';
import { ownerOf, type ZoteroConnection, type ZoteroStore } from './zotero.ts';

/** Milliseconds between two syncs of a person, without the variation. */
const EVERY_MS = 10 * 60_000;
const VARIATION = 0.2;
/** People whose libraries are synced at the same time. */
const AT_ONCE = 4;
/** People who are looked up at once; the others follow at the next tick. */
const MOST_DUE = 50;
/** A sync that takes longer goes on where it stopped. */
const LONGEST_MS = 5 * 60_000;
/** Passes in a row; another person may be writing to the library all the time. */
const PASSES = 4;
const BACKOFF = { firstMs: 60_000, longestMs: 3_600_000 };

export interface ZoteroSyncOptions {
  readonly store: ZoteroStore;
  readonly sealing: Sealing;
  readonly url: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: Random;
  /** Tells a person that the sync has stopped. */
  readonly tell: (connection: ZoteroConnection, problem: string) => Promise<void>;
  /** For tests: requests without pauses. */
  readonly requests?: Pick<ClientOptions, 'timeoutMs' | 'everyMs' | 'retryDelayMs'>;
}

export interface ZoteroSync {
  /** Syncs what is due, and resolves when that is done. Never throws. Calls may overlap. */
  tick(signal: AbortSignal): Promise<void>;
}

export function openZoteroSync(options: ZoteroSyncOptions): ZoteroSync {
  const { store, sealing, url, clock, log, random, tell, requests } = options;
  const queue = new PQueue({ concurrency: AT_ONCE });
  /** People whose sync is waiting or running. */
  const busy = new Set<string>();

  async function tick(signal: AbortSignal): Promise<void> {
    try {
      const due = await store.due(clock.now().getTime(), MOST_DUE);
      const mine = due.filter((each) => !busy.has(ownerOf(each)));
      await Promise.all(mine.map((connection) => queued(connection, signal)));
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'zotero: sync failed');
    }
  }

  async function queued(connection: ZoteroConnection, signal: AbortSignal): Promise<void> {
    const owner = ownerOf(connection);
    busy.add(owner);
    try {
      await queue.add(() => syncOf(connection, signal));
    } finally {
      busy.delete(owner);
    }
  }

  async function syncOf(connection: ZoteroConnection, stopping: AbortSignal): Promise<void> {
    if (stopping.aborted) return;
    let client: ZoteroClient | undefined;
    try {
      const key = sealing.unseal(connection.sealed, ownerOf(connection));
      if (key === undefined) throw new NeedsPersonError(KEY_UNREADABLE);
      await abortAfter({ ms: LONGEST_MS, clock, signal: stopping }, async (signal) => {
        client = openZoteroClient({ url, key, clock, signal, random, ...requests });
        await passes(connection, client, signal);
      });
    } catch (error) {
      if (!stopping.aborted) await failed(connection, client, error);
    }
  }

  async function passes(
    connection: ZoteroConnection,
    client: ZoteroClient,
    signal: AbortSignal,
  ): Promise<void> {
    for (let pass = 0; pass < PASSES; pass++) {
      const context = { store, client, now: () => clock.now(), signal };
      const { version, changes, refused } = await syncOnce(connection, context);
      if (version === undefined) continue;
      const problem = refused.length > 0 && refusedInWords(refused);
      await store.finish(connection, {
        ...ends(vary(EVERY_MS, VARIATION, random), client.pauseLeft()),
        version,
        changes,
        syncedAt: clock.now().toISOString(),
        ...(problem && { problem }),
      });
      return;
    }
    await store.postpone(connection, { ...ends(BACKOFF.firstMs, client.pauseLeft()), failures: 0 });
  }

  function ends(inMs: number, pauseMs: number) {
    const now = clock.now().getTime();
    return { nextAt: Math.round(now + Math.max(inMs, pauseMs)), notBefore: Math.round(now + pauseMs) };
  }

  async function failed(
    connection: ZoteroConnection,
    client: ZoteroClient | undefined,
    error: unknown,
  ): Promise<void> {
    if (error instanceof SupersededError) return;
    if (error instanceof DeadlineError) {
      // What was done is stored, so the next tick goes on from there.
      await store.postpone(connection, { ...ends(0, client?.pauseLeft() ?? 0), failures: 0 });
      return;
    }
    const problem = await needOf(connection, client, error).catch(() => undefined);
    if (problem !== undefined) {
      if (await store.stop(connection, problem)) await tell(connection, problem);
      return;
    }
    const pause = Math.max(
      error instanceof SourceError ? (error.retryAfterMs ?? 0) : 0,
      client?.pauseLeft() ?? 0,
    );
    const isLimit = error instanceof SourceError && error.kind === 'rate-limited';
    const failures = isLimit ? connection.failures : connection.failures + 1;
    const waited = Math.max(backoffDelay(BACKOFF, Math.max(failures, 1), random), pause);
    const known = error instanceof SourceError || error instanceof ZoteroRefusal;
    if (known) log.warn({ reason: messageOf(error) }, 'zotero: sync postponed');
    else log.error({ err: error }, 'zotero: sync failed');
    await store.postpone(connection, {
      // After a limit only the pause counts; after a failure nothing is sent before the next try.
      ...ends(isLimit ? pause : waited, isLimit ? pause : waited),
      failures,
      ...(known && !isLimit && { problem: problemOf(error) }),
    });
  }

  return { tick };
}

/** The problem that stops the sync; `undefined` for one that passes. */
async function needOf(
  connection: ZoteroConnection,
  client: ZoteroClient | undefined,
  error: unknown,
): Promise<string | undefined> {
  if (error instanceof NeedsPersonError) return error.message;
  if (error instanceof CollectionGoneError) return COLLECTION_GONE;
  const isForbidden = error instanceof ZoteroRefusal && (error.status === 403 || error.status === 401);
  return isForbidden && client ? whyForbidden(client, connection) : undefined;
}

function problemOf(error: Error): string {
  return error instanceof ZoteroRefusal
    ? `Zotero refused a request (status ${error.status}). The next try follows by itself.`
    : `${error.message} The next try follows by itself.`;
}
