/**
 * Reads all papers of a server into the store, page by page. Its place is in the database, so it can stop at
 * any moment. A page that was not stored to its end is read again, which changes nothing.
 *
 * A server counts records to find the next page, and a record that changes meanwhile moves to the end of its
 * list: then one that was not read yet is skipped. So each list is checked against the list of its ids.
 */
import { compact } from '../../base/compact.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import type { PaperStore } from '../../papers/paper-store.ts';
import type { Random } from '../../resilience/backoff.ts';
import type { Clock, Day } from '../../time/clock.ts';
import { SourceError } from '../http/source-error.ts';
import { type ImportCounts, NO_COUNTS, sumCounts } from '../polling/job.ts';
import type { HarvestState, HarvestStore } from './harvest-store.ts';
import type { ListedPaper, MetadataServer } from './metadata-server.ts';
import { daysBefore, MOST_STALLS, openPageReader } from './page-reader.ts';
import { writePage } from './write-page.ts';

export interface HarvestOptions {
  readonly server: MetadataServer;
  readonly store: HarvestStore;
  readonly papers: PaperStore;
  readonly clock: Clock;
  readonly random: Random;
}

export interface HarvestPlan {
  /** Of its row in the database. */
  readonly name: string;
  readonly set?: string;
  /** Returns where the first list begins; absent for all papers. */
  readonly startDay?: () => Promise<Day>;
  /** Leaves out records; all are stored if absent. */
  readonly keep?: (records: readonly PaperRecord[], from: Day | undefined) => Promise<readonly PaperRecord[]>;
  /** True if all listed papers must be stored in the end. */
  readonly isChecked: boolean;
  /** Longest pause that the server can ask for without ending the run. */
  readonly longestPauseMs: number;
}

export interface HarvestRun extends ImportCounts {
  /** True if the list is not done. */
  readonly isUnfinished: boolean;
  /** True if the list had no records, which can mean that the server had not prepared it yet. */
  readonly isEmpty: boolean;
}

export interface Harvest {
  /**
   * Reads until the list is done, the time is up, or the server fails. After a list that is done, begins the
   * next one.
   * @param untilMs by `clock.elapsed()`
   * @throws SourceError if nothing was read; the next run goes on where this one was
   */
  run(untilMs: number, signal: AbortSignal): Promise<HarvestRun>;
}

/**
 * Days that each list reads again: the day of the last list was not over then, and the server's copies of a
 * day can be hours old.
 */
const OVERLAP_DAYS = 2;
/** Papers that are requested one by one, at three seconds each. For more, their days are listed again. */
const MOST_SINGLE = 500;
const MOST_ROUNDS = 3;

interface StepResult {
  readonly state: HarvestState;
  readonly counts: ImportCounts;
}

export function openHarvest(plan: HarvestPlan, options: HarvestOptions): Harvest {
  const { server, store, papers, clock } = options;
  const { name } = plan;
  const reader = openPageReader({ ...plan, ...options });

  async function list(state: HarvestState, signal: AbortSignal): Promise<StepResult> {
    const started = clock.elapsed();
    const { page, after, isCircle } = await reader.read(state, (at) => server.records(at, signal), signal);
    if (!page) return { state: after, counts: NO_COUNTS };
    const records = plan.keep ? await plan.keep(page.records, state.fromDay) : page.records;
    const counts = await writePage({ records, deleted: page.deleted }, { papers, clock, signal });
    const read = state.read + page.records.length + page.deleted.length + page.skipped.length;
    const stored = { ...after, read, busyMs: state.busyMs + Math.round(clock.elapsed() - started) };
    if (isCircle) return { state: await reader.leaveCircle(stored), counts };
    return { state: page.next ? stored : await ended(stored), counts };
  }

  async function ended(state: HarvestState): Promise<HarvestState> {
    if (state.read === 0) {
      // The server may have answered before the day's papers came, so this list says nothing.
      if (state.completeTo !== undefined || !plan.isChecked) return { ...state, phase: 'rest' };
      throw new SourceError('broken-answer', 'arXiv’s list of papers is empty.');
    }
    if (!plan.isChecked) return finished(state);
    await store.strike(name);
    const { seenDay: _, fromDay: __, ...checked } = state;
    // From where the list began, not from where it was taken up again.
    return { ...checked, ...compact({ fromDay: startOf(state) }), phase: 'check' };
  }

  async function check(state: HarvestState, signal: AbortSignal): Promise<StepResult> {
    const { page, after, isCircle } = await reader.read(
      state,
      (at) => server.identifiers(at, signal),
      signal,
    );
    if (page) await noteAll(store, name, page.listed);
    if (isCircle) return { state: await reader.leaveCircle(after), counts: NO_COUNTS };
    const isLast = page && page.next === undefined;
    return { state: isLast ? { ...after, phase: 'fetch', stalls: 0 } : after, counts: NO_COUNTS };
  }

  async function fetch(state: HarvestState, signal: AbortSignal): Promise<StepResult> {
    const { count, first } = await store.missing(name);
    if (!first) return { state: finished(state), counts: NO_COUNTS };
    if (count > MOST_SINGLE && state.rounds < MOST_ROUNDS) {
      await store.strike(name);
      const { seenDay: _, ...rest } = state;
      const rounds = state.rounds + 1;
      return { state: { ...rest, phase: 'list', fromDay: first.day, rounds, stalls: 0 }, counts: NO_COUNTS };
    }
    const counts = await fetchOne(state, first, signal);
    await store.strike(name, first);
    return { state: { ...state, stalls: 0 }, counts };
  }

  async function fetchOne(
    state: HarvestState,
    { id }: ListedPaper,
    signal: AbortSignal,
  ): Promise<ImportCounts> {
    try {
      const record = await reader.patiently(() => server.record(id, signal), signal);
      return await writePage({ records: record ? [record] : [], deleted: [] }, { papers, clock, signal });
    } catch (error) {
      const isOfRecord = error instanceof SourceError && ['broken-answer', 'refused'].includes(error.kind);
      if (!isOfRecord) throw error;
      // One record that arXiv cannot send must not hold up all others for ever.
      if (state.stalls + 1 >= MOST_STALLS) return NO_COUNTS;
      await store.save({ ...state, stalls: state.stalls + 1 });
      throw error;
    }
  }

  function finished(state: HarvestState): HarvestState {
    const { token: _, tokenUntil: __, listDay, seenDay: ___, ...rest } = state;
    const completedAt = clock.now().toISOString();
    return { ...rest, phase: 'rest', ...compact({ completeTo: listDay }), completedAt };
  }

  const steps = { list, check, fetch };
  return {
    async run(untilMs, signal) {
      const all: ImportCounts[] = [];
      let state = await begun(plan, await store.get(name));
      await store.save(state);
      try {
        do {
          if (state.phase === 'rest') break;
          signal.throwIfAborted();
          const step = await steps[state.phase](state, signal);
          all.push(step.counts);
          state = step.state;
          await store.save(state);
        } while (clock.elapsed() < untilMs);
      } catch (error) {
        // After a failure, runs are further apart. One that got on is none, unless the server named a time.
        const isFailure = !(error instanceof SourceError) || error.retryAfterMs !== undefined;
        if (isFailure || signal.aborted || all.length === 0) throw error;
        return { ...sumCounts(all), isUnfinished: true, isEmpty: false };
      }
      const isUnfinished = state.phase !== 'rest';
      return { ...sumCounts(all), isUnfinished, isEmpty: !isUnfinished && state.read === 0 };
    },
  };
}

/** Begins the next list of a harvest that rests. */
async function begun(
  { name, startDay }: HarvestPlan,
  state: HarvestState | undefined,
): Promise<HarvestState> {
  if (state && state.phase !== 'rest') return state;
  const { since, completeTo, completedAt } = state ?? { since: await startDay?.() };
  return {
    ...{ name, phase: 'list', stalls: 0, rounds: 0, read: 0, busyMs: 0 },
    ...compact({ since, completeTo, completedAt, fromDay: startOf({ ...compact({ since, completeTo }) }) }),
  };
}

function startOf({ completeTo, since }: Pick<HarvestState, 'completeTo' | 'since'>): Day | undefined {
  return completeTo === undefined ? since : daysBefore(completeTo, OVERLAP_DAYS);
}

/** Ids in one call of the store thread. */
const NOTED = 1_000;

async function noteAll(store: HarvestStore, name: string, listed: readonly ListedPaper[]): Promise<void> {
  for (let from = 0; from < listed.length; from += NOTED) {
    await store.noteMissing(name, listed.slice(from, from + NOTED));
  }
}
