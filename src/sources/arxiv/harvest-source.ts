/** All of arXiv as a source: reads the metadata of every paper once, then the changes of each day. */

import { failing, info, ok } from '../../base/diagnostic.ts';
import { messageOf } from '../../base/errors.ts';
import { type Clock, dayOf } from '../../time/clock.ts';
import { openHarvestRound } from '../harvest/harvest-round.ts';
import { SourceError } from '../http/source-error.ts';
import type { PollJob } from '../polling/job.ts';
import { DAY_MS, HOUR_MS } from '../polling/schedule.ts';
import type { PollContext, Source } from '../source.ts';
import type { Arxiv } from './arxiv.ts';
import { setOf } from './parsing/arxiv-sets.ts';

interface HarvestSourceOptions {
  readonly arxiv: Arxiv;
  /** `ARXIV_SETS`: archives and categories; all papers if empty. */
  readonly sets: readonly string[];
  readonly clock: Clock;
}

const SOURCE = 'arxiv-all';
const SUBJECT = 'arXiv sets';
/** After that, the state of the source is recorded, and the run goes on within a minute. */
const RUN_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 20 * 60_000;
/** The metadata of an announcement appears at 02:30 UTC in summer and 03:30 in winter. */
const READY_MS = 6 * HOUR_MS;
const SPREAD_MS = 2 * HOUR_MS;
const WELL_KNOWN_ID = '1706.03762';

export function openHarvestSource({ arxiv, sets, clock }: HarvestSourceOptions): Source {
  return {
    name: SOURCE,
    jobs: () => [],
    longJobs: (context) => [harvestJob(arxiv, sets, clock, context)],
    async probe(signal) {
      await arxiv.metadata.record(WELL_KNOWN_ID, signal);
    },
    /** The server rejects a set that it does not have. */
    async examineSettings(signal) {
      if (sets.length === 0) return ok(SUBJECT, 'all of arXiv');
      const names = sets.join(', ');
      const from = dayOf(new Date(clock.now().getTime() - DAY_MS));
      try {
        for (const set of sets) await arxiv.metadata.identifiers({ set: setOf(set), from }, signal);
        return ok(SUBJECT, `arXiv has ${names}`);
      } catch (error) {
        if (error instanceof SourceError && error.kind === 'refused') {
          const text = `arXiv rejects ${names}. Compare ARXIV_SETS with https://arxiv.org/category_taxonomy`;
          return failing(SUBJECT, text);
        }
        return info(SUBJECT, `${names} could not be checked with arXiv. ${messageOf(error)}`);
      }
    },
    close: () => arxiv.close(),
  };
}

function harvestJob(
  { metadata }: Arxiv,
  sets: readonly string[],
  clock: Clock,
  { papers, harvests, random }: PollContext,
): PollJob {
  const shared = { isChecked: true, longestPauseMs: LONGEST_PAUSE_MS };
  const plans =
    sets.length === 0
      ? [{ ...shared, name: 'all' }]
      : [...new Set(sets)].map((name) => ({ ...shared, name: `all ${name}`, set: setOf(name) }));
  const options = { server: metadata, store: harvests, papers, clock, random };
  const round = openHarvestRound(plans, (name) => /^all\b/.test(name), options);

  return {
    source: SOURCE,
    key: 'harvest',
    run: ({ signal }) => round.run(clock.elapsed() + RUN_MS, signal),
    nextAfter(now, { isUnfinished }) {
      if (isUnfinished) return now;
      const midnight = now.getTime() - (now.getTime() % DAY_MS);
      const today = midnight + READY_MS;
      return new Date((now.getTime() < today ? today : today + DAY_MS) + SPREAD_MS * random());
    },
  };
}
