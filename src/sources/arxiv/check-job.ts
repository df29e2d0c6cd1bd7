/**
 * Checks saved papers with arXiv, a few each hour. Announcements leave out withdrawals, DOIs that are added
 * later, and versions from the sixth on.
 */
import type { FollowedPapers } from '../../changes/changes.ts';
import type { PaperStore } from '../../papers/paper-store.ts';
import type { Random } from '../../resilience/backoff.ts';
import { SourceError } from '../http/source-error.ts';
import { NO_COUNTS, type PollJob } from '../polling/job.ts';
import { DAY_MS, HOUR_MS, pollInterval } from '../polling/schedule.ts';
import type { Arxiv } from './arxiv.ts';

/** IDs in one request. At one request an hour, a week is enough for 16,800 papers. */
const BATCH = 100;
const CHECKED_EVERY_MS = 7 * DAY_MS;

interface CheckJobOptions {
  readonly arxiv: Arxiv;
  readonly papers: PaperStore;
  readonly changes: Pick<FollowedPapers, 'dueForCheck' | 'checked'>;
  readonly random: Random;
}

export function checkJob({ arxiv, papers, changes, random }: CheckJobOptions): PollJob {
  return {
    source: 'arxiv',
    key: 'saved',
    async run({ now, signal }) {
      const before = new Date(now.getTime() - CHECKED_EVERY_MS).toISOString();
      const ids = await changes.dueForCheck(before, BATCH);
      if (ids.length === 0) return NO_COUNTS;
      const at = now.toISOString();
      try {
        const { records } = await arxiv.query({ ids, max: ids.length, signal });
        const counts = await papers.importBatch(records, { source: 'arxiv', at });
        await changes.checked(ids, at);
        return counts;
      } catch (error) {
        // One ID that arXiv rejects would hold up all others for ever.
        if (error instanceof SourceError && error.kind === 'refused') await changes.checked(ids, at);
        throw error;
      }
    },
    nextAfter: (now) => new Date(now.getTime() + pollInterval(HOUR_MS, random)),
  };
}
