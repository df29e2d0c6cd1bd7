/** Semantic Scholar as a source: adds citations and venues to recently listed papers once a day. */
import { dayOf } from '../../time/clock.ts';
import { type ImportCounts, type PollJob, sumCounts } from '../polling/job.ts';
import { DAY_MS, pollInterval } from '../polling/schedule.ts';
import type { PollContext, Source } from '../source.ts';
import {
  BATCH_SIZE,
  openSemanticScholar,
  type SemanticScholar,
  type SemanticScholarOptions,
} from './semantic-scholar.ts';

const NAME = 'semantic-scholar';
/** Days of lists whose papers are enriched, the most voted first. */
const DAYS_BACK = 30;

const WELL_KNOWN = {
  id: '1706.03762',
  title: 'Attention Is All You Need',
  abstract: '',
  authors: [],
  categories: [],
  keywords: [],
};

export function openSemanticScholarSource(options: SemanticScholarOptions): Source {
  const semanticScholar = openSemanticScholar(options);
  return {
    name: NAME,
    jobs: (context) => [enrichmentJob(semanticScholar, context)],
    async probe(signal) {
      await semanticScholar.enrich([WELL_KNOWN], signal);
    },
  };
}

/** Stores each batch at once. After a rejected request the rest waits for the next day. */
function enrichmentJob(semanticScholar: SemanticScholar, { papers, random }: PollContext): PollJob {
  return {
    source: NAME,
    key: 'recent',
    async run({ now, signal }) {
      const recent = await papers.listedSince(dayOf(new Date(now.getTime() - DAYS_BACK * DAY_MS)));
      const counts: ImportCounts[] = [];
      for (let from = 0; from < recent.length; from += BATCH_SIZE) {
        const records = await semanticScholar.enrich(recent.slice(from, from + BATCH_SIZE), signal);
        if (records.length > 0)
          counts.push(await papers.importBatch(records, { source: NAME, at: now.toISOString() }));
      }
      return sumCounts(counts);
    },
    nextAfter: (now) => new Date(now.getTime() + pollInterval(DAY_MS, random)),
  };
}
