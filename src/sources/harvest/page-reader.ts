/**
 * Reads a server's list page by page, and finds a way on when a token is refused, pages repeat, or a page
 * cannot be read: the list begins again at the last day that was seen.
 */
import { compact } from '../../base/compact.ts';
import { backoffDelay, type Random } from '../../resilience/backoff.ts';
import { retry } from '../../resilience/retry.ts';
import type { Clock, Day } from '../../time/clock.ts';
import { dayOf } from '../../time/clock.ts';
import { SourceError } from '../http/source-error.ts';
import { DAY_MS } from '../polling/schedule.ts';
import type { HarvestState, HarvestStore } from './harvest-store.ts';
import {
  type IdentifierPage,
  type ListRange,
  type NextPage,
  type RecordPage,
  TokenRefused,
} from './metadata-server.ts';

interface PageReaderOptions {
  readonly set?: string;
  /** True if a check follows that finds the papers of a day that was left out. */
  readonly isChecked: boolean;
  /** Longest pause that the server can ask for without ending the run. */
  readonly longestPauseMs: number;
  readonly store: Pick<HarvestStore, 'save'>;
  readonly clock: Clock;
  readonly random: Random;
}

type Page = RecordPage | IdentifierPage;

export interface PageReader {
  /**
   * Requests the page at which a list is, and returns it with the state after it. Without a page, the list
   * begins again.
   * @throws SourceError when the server gives no usable page
   */
  read<Read extends Page>(
    state: HarvestState,
    ask: (at: ListRange | string) => Promise<Read>,
    signal: AbortSignal,
  ): Promise<{ readonly page?: Read; readonly after: HarvestState; readonly isCircle?: boolean }>;
  /** Begins the list again after a page that leads back to itself or to an earlier one. */
  leaveCircle(state: HarvestState): Promise<HarvestState>;
  /** Waits and asks again while that can help. */
  patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer>;
}

/** A page that cannot be read is requested this many times more in one run. */
const RETRIES = 6;
const PAGE_BACKOFF = { firstMs: 5_000, longestMs: 60_000 };
/** Times that a list begins again at the same day. After that, the rest of the day is left to the check. */
export const MOST_STALLS = 3;
/** Times that a page can be the same as the one before. */
const MOST_REPEATS = 2;

export function openPageReader(options: PageReaderOptions): PageReader {
  const { set, isChecked, longestPauseMs, store, clock, random } = options;
  /** Tokens of this list: it would go round in circles with one of them. */
  const tokens = new Set<string>();
  let previous = '';
  let repeats = 0;

  function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    const pauseAfter = (error: unknown, failures: number) => {
      if (!(error instanceof SourceError) || error.kind === 'refused' || error.kind === 'not-found') return;
      const pause = error.retryAfterMs ?? backoffDelay(PAGE_BACKOFF, failures, random);
      return pause <= longestPauseMs ? pause : undefined;
    };
    return retry(ask, { retries: RETRIES, pauseAfter, clock, signal });
  }

  function repeatsItself(page: Page): boolean {
    if (page.next === undefined) return false;
    const ids = 'listed' in page ? page.listed.map(({ id }) => id) : page.records.map(({ id }) => id);
    const key = `${ids.length} ${ids[0]} ${ids.at(-1)}`;
    repeats = key === previous ? repeats + 1 : 0;
    previous = key;
    return tokens.has(page.next.token) || repeats >= MOST_REPEATS;
  }

  /** @param isStuck counts even if the list got further since it began */
  async function startAgain(state: HarvestState, isStuck: boolean): Promise<HarvestState> {
    const { token: _, tokenUntil: __, fromDay, seenDay, ...rest } = state;
    const from = seenDay ?? fromDay;
    tokens.clear();
    repeats = 0;
    const stalls = from === fromDay || isStuck ? state.stalls + 1 : 0;
    const again = { ...rest, ...compact({ fromDay: from, seenDay }), stalls };
    if (stalls < MOST_STALLS) return again;
    if (isChecked && state.phase === 'list' && from !== undefined) {
      return { ...again, fromDay: daysBefore(from, -1), stalls: 0 };
    }
    await store.save({ ...again, stalls: 0 });
    throw new SourceError('broken-answer', 'arXiv’s list of papers cannot be read to its end.');
  }

  return {
    patiently,
    leaveCircle: (state) => startAgain(state, true),
    async read(state, ask, signal) {
      const { token, tokenUntil, fromDay } = state;
      if (token === undefined) tokens.clear();
      else tokens.add(token);
      const isOver = tokenUntil !== undefined && tokenUntil <= clock.now().toISOString();
      if (token !== undefined && isOver) return { after: await startAgain(state, false) };
      try {
        const page = await patiently(() => ask(token ?? compact({ set, from: fromDay })), signal);
        return { page, after: turned(state, page, clock.now()), isCircle: repeatsItself(page) };
      } catch (error) {
        if (error instanceof TokenRefused) return { after: await startAgain(state, false) };
        // Another way to the same records may help the next run.
        const isUnreadable = error instanceof SourceError && error.kind === 'broken-answer';
        if (isUnreadable) await store.save(await startAgain(state, true));
        throw error;
      }
    },
  };
}

/** The state after a page. */
function turned(state: HarvestState, { next, lastDay, serverDay }: Page, now: Date): HarvestState {
  const { token: _, tokenUntil: __, ...rest } = state;
  const { listDay = serverDay, seenDay } = state;
  // A few records have a day in the future.
  const isSeen =
    lastDay !== undefined && lastDay <= serverDay && (seenDay === undefined || lastDay > seenDay);
  return {
    ...rest,
    ...compact({ listDay, seenDay: isSeen ? lastDay : seenDay, size: next?.size }),
    ...(next && tokenOf(next, now)),
  };
}

function tokenOf({ token, validMs }: NextPage, now: Date) {
  const tokenUntil = validMs === undefined ? undefined : new Date(now.getTime() + validMs).toISOString();
  return { token, ...compact({ tokenUntil }) };
}

export function daysBefore(day: Day, days: number): Day {
  return dayOf(new Date(Date.parse(day) - days * DAY_MS));
}
