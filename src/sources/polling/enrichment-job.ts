/** Citations and venues of recent papers, once a day. */
import type { Paper } from '../../papers/paper.ts';
import type { PaperStore } from '../../papers/paper-store.ts';
import type { Random } from '../../resilience/backoff.ts';
import { BATCH_SIZE, type SemanticScholar } from '../semantic-scholar.ts';
import { type ImportCounts, type PollJob, sumCounts } from './job.ts';
import { DAY_MS, pollInterval } from './schedule.ts';

const SOURCE = 'semantic-scholar';

interface EnrichmentJobOptions {
  readonly semanticScholar: SemanticScholar;
  /** The papers worth a question, the most interesting first. */
  readonly recentPapers: () => Promise<readonly Paper[]>;
  readonly papers: PaperStore;
  readonly random: Random;
}

/** What came before a refusal is kept; the rest has time until tomorrow. */
export function enrichmentJob({
  semanticScholar,
  recentPapers,
  papers,
  random,
}: EnrichmentJobOptions): PollJob {
  return {
    source: SOURCE,
    key: 'recent',
    async run({ now, signal }) {
      const recent = await recentPapers();
      const gains: ImportCounts[] = [];
      for (let from = 0; from < recent.length; from += BATCH_SIZE) {
        const records = await semanticScholar.enrich(recent.slice(from, from + BATCH_SIZE), signal);
        if (records.length > 0)
          gains.push(await papers.importBatch(records, { source: SOURCE, at: now.toISOString() }));
      }
      return sumCounts(gains);
    },
    nextAfter: (now) => new Date(now.getTime() + pollInterval(DAY_MS, random)),
  };
}
