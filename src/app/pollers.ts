/** Puts the jobs of the sources into two pollers, so that a long harvest does not delay a list. */

import type { Logger } from '../base/log.ts';
import { openPoller, type Poller } from '../sources/polling/poller.ts';
import type { Source } from '../sources/source.ts';
import type { Clock } from '../time/clock.ts';
import type { Stores } from './stores.ts';

export interface Pollers {
  readonly poller: Poller;
  /** Runs the jobs that can take minutes. */
  readonly longPoller: Poller;
}

export function openPollers(
  sources: readonly Source[],
  { stores, ...shared }: { readonly stores: Stores; readonly clock: Clock; readonly log: Logger },
): Pollers {
  const { papers, changes, harvests, announcements } = stores;
  const random = Math.random;
  const context = { papers, changes, harvests, announcements, random, state: stores.sources };
  const polling = { ...context, ...shared };
  return {
    poller: openPoller({ ...polling, jobs: sources.flatMap((source) => source.jobs(context)) }),
    longPoller: openPoller({
      ...polling,
      jobs: sources.flatMap((source) => source.longJobs?.(context) ?? []),
    }),
  };
}
