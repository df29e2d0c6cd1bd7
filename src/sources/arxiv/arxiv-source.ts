/** arXiv as a source: polls announcements, catches up what they left out, and looks up single papers. */
import { failing, info, ok } from '../../base/diagnostic.ts';
import { messageOf } from '../../base/errors.ts';
import type { Clock } from '../../time/clock.ts';
import { SourceError } from '../http/source-error.ts';
import type { Source } from '../source.ts';
import { announcementJob } from './announcement-job.ts';
import type { Arxiv } from './arxiv.ts';
import { catchUpJob } from './catch-up-job.ts';
import { checkJob } from './check-job.ts';

interface ArxivSourceOptions {
  readonly arxiv: Arxiv;
  /** `ARXIV_CATEGORIES`. */
  readonly categories: readonly string[];
  readonly clock: Clock;
}

/** “Attention Is All You Need”. */
const WELL_KNOWN_ID = '1706.03762';
const SUBJECT = 'arXiv categories';

export function openArxivSource({ arxiv, categories, clock }: ArxivSourceOptions): Source {
  const findPaper = async (id: string, signal: AbortSignal) =>
    (await arxiv.query({ ids: [id], max: 1, signal })).records[0];
  return {
    name: 'arxiv',
    jobs: (context) => [announcementJob({ arxiv, categories, ...context }), checkJob({ arxiv, ...context })],
    longJobs: (context) => [catchUpJob(arxiv, categories, clock, context)],
    findPaper,
    findPapers: async (ids, signal) => (await arxiv.query({ ids, max: ids.length, signal })).records,
    async probe(signal) {
      await findPaper(WELL_KNOWN_ID, signal);
    },
    /** Sends the bot's daily request. One unknown category makes it fail. */
    async examineSettings(signal) {
      const names = categories.join(', ');
      try {
        await arxiv.daily(categories, { signal });
        return ok(SUBJECT, `arXiv has ${names}`);
      } catch (error) {
        if (error instanceof SourceError && (error.kind === 'refused' || error.kind === 'not-found')) {
          const text = `arXiv rejects ${names}. Compare ARXIV_CATEGORIES with https://arxiv.org/category_taxonomy`;
          return failing(SUBJECT, text);
        }
        return info(SUBJECT, `${names} could not be checked with arXiv. ${messageOf(error)}`);
      }
    },
    close: () => arxiv.close(),
  };
}
