/** Fetches a single requested paper that is not in the store yet. */

import type { Logger } from '../base/log.ts';
import type { Paper, PaperRecord } from '../papers/paper.ts';
import type { PaperStore } from '../papers/paper-store.ts';
import type { SourceName } from '../papers/source-names.ts';
import { abortAfter } from '../resilience/deadline.ts';
import type { Clock } from '../time/clock.ts';
import type { Source } from './source.ts';

/**
 * - `unknown`: all sources answered, and none has the paper
 * - `unreachable`: at least one source did not answer
 * - `not-asked`: no source is configured
 */
export type LookupMiss = 'unknown' | 'unreachable' | 'not-asked';

export interface PaperLookup {
  /**
   * Looks up an arXiv id at all sources and stores the result. Takes seconds; never throws because of a
   * source.
   */
  find(id: string, signal: AbortSignal): Promise<Paper | LookupMiss>;
}

export interface LookupOptions {
  readonly sources: readonly Source[];
  readonly papers: PaperStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Limit for one lookup; arXiv's rate limit alone can take three seconds of it. */
const TIMEOUT_MS = 10_000;

export function openLookup({ sources, papers, clock, log }: LookupOptions): PaperLookup {
  /** Asks one source and stores the paper. Returns whether it was found; `undefined` without an answer. */
  async function request(
    source: SourceName,
    question: Promise<PaperRecord | undefined>,
  ): Promise<boolean | undefined> {
    try {
      const record = await question;
      if (record) await papers.importBatch([record], { source, at: clock.now().toISOString() });
      return record !== undefined;
    } catch (error) {
      log.info({ err: error, source }, 'source: paper lookup failed');
      return undefined;
    }
  }

  return {
    async find(id, givenUp) {
      const answers = await abortAfter({ ms: TIMEOUT_MS, clock, signal: givenUp }, (signal) =>
        Promise.all(
          sources.flatMap(({ name, findPaper }) => (findPaper ? [request(name, findPaper(id, signal))] : [])),
        ),
      );
      const paper = answers.includes(true) ? await papers.find(id) : undefined;
      if (paper) return paper;
      if (answers.length === 0) return 'not-asked';
      return answers.includes(undefined) ? 'unreachable' : 'unknown';
    },
  };
}
