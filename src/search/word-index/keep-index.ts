/** Keeps the word index of a large store up to date. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Logger } from '../../base/log.ts';
import { type DatabaseLocation, openLocation } from '../../db/location.ts';
import { backoffDelay } from '../../resilience/backoff.ts';
import { INDEX_FORM } from '../../text/index-text.ts';
import { openWordIndexWriter, type WordIndexWriter } from './index-writer.ts';
import { indexFolder } from './manifest.ts';
import { openWordChangeStore, openWordChangeTrimmer, type WordChangeTrimmer } from './word-change-store.ts';

export interface IndexKeeperOptions {
  readonly writer: Pick<WordIndexWriter, 'sync'>;
  readonly changes: WordChangeTrimmer;
  readonly log: Logger;
  /** Between two looks for changes. */
  readonly everyMs?: number;
  /** Between two looks whether a small store has become a large one. */
  readonly smallEveryMs?: number;
}

export interface IndexKeeper {
  stop(): Promise<void>;
}

/** A new paper is found within this time and that of a step, a fifth of a second. */
const EVERY_MS = 500;
const SMALL_EVERY_MS = 10_000;
/** Changes to forget at once. */
const TRIMMED_AT_ONCE = 10_000;
const BACKOFF = { firstMs: 5_000, longestMs: 600_000 };

export function startIndexKeeper(options: IndexKeeperOptions): IndexKeeper {
  const { writer, changes, log, everyMs = EVERY_MS, smallEveryMs = SMALL_EVERY_MS } = options;
  const controller = new AbortController();
  const { signal } = controller;

  let isLarge = false;
  let trimmed = 0;

  /** Returns the milliseconds until the next look. */
  async function update(): Promise<number> {
    isLarge ||= await changes.isLarge();
    if (!isLarge) return smallEveryMs;
    const { reached, isBehind, isComplete } = await writer.sync();
    if (isComplete && reached - trimmed >= TRIMMED_AT_ONCE) {
      await changes.trim(reached);
      trimmed = reached;
    }
    return isBehind ? 0 : everyMs;
  }

  async function keep(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      let waitMs: number;
      try {
        waitMs = await update();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        waitMs = backoffDelay(BACKOFF, failures);
        log.error({ err: error }, 'word index: update failed');
      }
      await setTimeout(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  const running = keep();
  return {
    async stop() {
      controller.abort();
      await running;
    },
  };
}

/** Megabytes of the database; papers are read once, in order. */
const CACHE_MEGABYTES = 1;

/** Papers of a segment, each of which keeps some megabytes of memory until all are merged. */
const BUILT_AT_ONCE = 16_384;

/**
 * Makes the word index of a large store equal to it, at once, in a process that does nothing else. What was
 * done is kept if it is interrupted.
 * @param location whose lock must be held
 */
export async function updateWordIndex(location: DatabaseLocation, signal: AbortSignal): Promise<void> {
  const connection = openLocation(location, { readonly: true, cacheMegabytes: CACHE_MEGABYTES });
  try {
    if (!(await openWordChangeTrimmer(connection).isLarge())) return;
    const writer = openWordIndexWriter({
      folder: indexFolder(location.path),
      form: INDEX_FORM,
      changes: openWordChangeStore(connection),
      pause: () => setImmediate(),
      builtAtOnce: BUILT_AT_ONCE,
    });
    let isDone = false;
    while (!isDone && !signal.aborted) isDone = !(await writer.sync()).isBehind;
    // Ends a merge.
    const close = () => void writer.close();
    signal.addEventListener('abort', close, { once: true });
    if (!signal.aborted) await writer.merged();
    signal.removeEventListener('abort', close);
    await writer.close();
  } finally {
    connection.close();
  }
}
