/** Has the word index follow the database, all the time. */
import { setTimeout } from 'node:timers/promises';
import type { Logger } from '../../base/log.ts';
import { backoffDelay } from '../../resilience/backoff.ts';
import type { WordIndexWriter } from './index-writer.ts';
import type { WordChangeTrimmer } from './word-change-store.ts';

export interface IndexKeeperOptions {
  readonly writer: Pick<WordIndexWriter, 'sync'>;
  readonly changes: WordChangeTrimmer;
  readonly log: Logger;
  /** Between two looks for changes. */
  readonly everyMs?: number;
}

export interface IndexKeeper {
  stop(): Promise<void>;
}

/** A new paper is found within this time and that of a step, a fifth of a second. */
const EVERY_MS = 500;
/** Between two looks whether a small store has become a large one. */
const SMALL_EVERY_MS = 10_000;
/** Changes to forget at once. */
const TRIMMED_AT_ONCE = 10_000;
const BACKOFF = { firstMs: 5_000, longestMs: 600_000 };

export function startIndexKeeper(options: IndexKeeperOptions): IndexKeeper {
  const { writer, changes, log, everyMs = EVERY_MS } = options;
  const controller = new AbortController();
  const { signal } = controller;

  async function keep(): Promise<void> {
    let failures = 0;
    let trimmed = 0;
    let isLarge = false;
    while (!signal.aborted) {
      let waitMs = everyMs;
      try {
        isLarge ||= await changes.isLarge();
        if (!isLarge) {
          await setTimeout(SMALL_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
          continue;
        }
        const { reached, isBehind, isComplete } = await writer.sync();
        if (isComplete && reached - trimmed >= TRIMMED_AT_ONCE) {
          await changes.trim(reached);
          trimmed = reached;
        }
        failures = 0;
        if (isBehind) waitMs = 0;
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
