/** Runs the polling jobs that are due at each tick, by the schedule in the database. */

import { messageOf, UserError } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import type { PolledSource } from '../../papers/source-names.ts';
import type { Random } from '../../resilience/backoff.ts';
import type { Clock } from '../../time/clock.ts';
import { SourceError } from '../http/source-error.ts';
import type { SourceState, SourceStore } from '../source-store.ts';
import type { ImportCounts, PollJob } from './job.ts';
import { type Failure, openOutageLog } from './outages.ts';
import { DAY_MS, pollDelay } from './schedule.ts';

interface PollerOptions {
  readonly jobs: readonly PollJob[];
  readonly state: SourceStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: Random;
}

export interface PollReport {
  readonly did: ReadonlyArray<ImportCounts & { readonly source: PolledSource; readonly key: string }>;
  readonly failed: readonly Failure[];
}

export interface Poller {
  /**
   * Runs the due jobs. A tick during another one joins it. Failures of sources are in the report and the log.
   * @param signal ends the tick early; the running job then counts neither as done nor as failed
   */
  tick(signal: AbortSignal): Promise<PollReport>;
}

/** A planned time further ahead than this came from a wrong clock. */
const LONGEST_PLAN_MS = 2 * DAY_MS;

export function openPoller({ jobs, state, clock, log, random }: PollerOptions): Poller {
  const outages = openOutageLog(log);
  let running: Promise<PollReport> | undefined;

  async function fail(
    { source, key }: PollJob,
    last: SourceState | undefined,
    error: unknown,
  ): Promise<Failure> {
    const expected = error instanceof SourceError || error instanceof UserError;
    if (!expected) log.error({ err: error, source, key }, 'source: poll failed');
    const retryAfterMs = error instanceof SourceError ? (error.retryAfterMs ?? 0) : 0;
    const now = clock.now();
    const nextAt = new Date(
      now.getTime() + pollDelay((last?.failures ?? 0) + 1, retryAfterMs, random),
    ).toISOString();
    await state.failed(source, key, { error: messageOf(error), nextAt });
    return { source, key, error: messageOf(error) };
  }

  async function runDue(signal: AbortSignal): Promise<PollReport> {
    const did: Array<PollReport['did'][number]> = [];
    const failed: Failure[] = [];
    for (const job of jobs) {
      if (signal.aborted) break;
      const { source, key } = job;
      const last = await state.get(source, key);
      const now = clock.now();
      if (!isDue(last, now) || job.isQuiet?.(now)) continue;
      try {
        const result = await job.run({ now, last, signal });
        const { added, updated, etag } = result;
        const nextAt = job.nextAfter(clock.now(), result).toISOString();
        await state.succeeded(source, key, {
          at: now.toISOString(),
          nextAt,
          ...(etag !== undefined && { etag }),
        });
        did.push({ source, key, added, updated });
      } catch (error) {
        if (signal.aborted) break;
        failed.push(await fail(job, last, error));
      }
    }
    outages.note(did, failed);
    return { did, failed };
  }

  return {
    tick(signal) {
      running ??= runDue(signal).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

function isDue(last: SourceState | undefined, now: Date): boolean {
  if (last?.nextAt === undefined) return true;
  const wait = Date.parse(last.nextAt) - now.getTime();
  return wait <= 0 || wait > LONGEST_PLAN_MS;
}
