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
  /**
   * Looks up several arXiv ids at the sources that answer for many at once, and stores the results. Without
   * such a source, only the first few are looked up.
   * @returns how many papers were added, and why the others are missing
   */
  findMany(
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly added: number; readonly miss: LookupMiss }>;
}

export interface LookupOptions {
  readonly sources: readonly Source[];
  readonly papers: PaperStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Limit for one lookup; arXiv's rate limit alone can take three seconds of it. */
const TIMEOUT_MS = 10_000;
/** Papers in one request, and those that are looked up one by one. */
const IDS_A_REQUEST = 50;
const MOST_ALONE = 10;

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

  async function find(id: string, givenUp: AbortSignal): Promise<Paper | LookupMiss> {
    const answers = await abortAfter({ ms: TIMEOUT_MS, clock, signal: givenUp }, (signal) =>
      Promise.all(
        sources.flatMap(({ name, findPaper }) => (findPaper ? [request(name, findPaper(id, signal))] : [])),
      ),
    );
    const paper = answers.includes(true) ? await papers.find(id) : undefined;
    if (paper) return paper;
    return missOf(answers);
  }

  /** @returns the number of papers added; `undefined` without an answer */
  async function requestMany(
    { name, findPapers }: Source,
    ids: readonly string[],
    givenUp: AbortSignal,
  ): Promise<number | undefined> {
    try {
      const records = await abortAfter({ ms: TIMEOUT_MS, clock, signal: givenUp }, async (signal) =>
        findPapers?.(ids, signal),
      );
      const context = { source: name, at: clock.now().toISOString() };
      return (await papers.importBatch(records ?? [], context)).added;
    } catch (error) {
      log.info({ err: error, source: name }, 'source: lookup of papers failed');
      return undefined;
    }
  }

  async function findAlone(ids: readonly string[], signal: AbortSignal) {
    const misses: LookupMiss[] = [];
    let added = 0;
    for (const id of ids.slice(0, MOST_ALONE)) {
      const found = await find(id, signal);
      if (typeof found === 'string') misses.push(found);
      else added += 1;
    }
    if (misses.includes('not-asked')) return { added, miss: 'not-asked' } as const;
    const isWhole = ids.length <= MOST_ALONE && !misses.includes('unreachable');
    return { added, miss: isWhole ? 'unknown' : 'unreachable' } as const;
  }

  return {
    find,
    async findMany(ids, signal) {
      const many = sources.filter(({ findPapers }) => findPapers !== undefined);
      if (many.length === 0) return findAlone(ids, signal);
      const answers: Array<number | undefined> = [];
      for (let from = 0; from < ids.length && !signal.aborted; from += IDS_A_REQUEST) {
        const some = ids.slice(from, from + IDS_A_REQUEST);
        for (const source of many) answers.push(await requestMany(source, some, signal));
      }
      const added = answers.reduce<number>((sum, each) => sum + (each ?? 0), 0);
      return { added, miss: missOf(answers) };
    },
  };
}

/** @param answers of all sources that were asked; `undefined` from one that did not answer */
function missOf(answers: readonly unknown[]): LookupMiss {
  if (answers.length === 0) return 'not-asked';
  return answers.includes(undefined) ? 'unreachable' : 'unknown';
}
