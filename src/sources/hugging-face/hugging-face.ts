/** Client of Hugging Face Papers: lists of days, weeks and months, and single papers. */

import { DateTime } from 'luxon';
import { UserError } from '../../base/errors.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { labelOf } from '../../papers/source-names.ts';
import type { Clock, Day } from '../../time/clock.ts';
import { dayOf } from '../../time/clock.ts';
import { parseJson } from '../http/http.ts';
import { addressUnder, openHttpClient } from '../http/http-client.ts';
import { SourceError } from '../http/source-error.ts';
import { type DailyRows, fromDailyRows, fromPaperDetail, fromPeriodRows } from './hugging-face-rows.ts';

export interface HuggingFaceOptions {
  /** `HF_ENDPOINT`. */
  readonly endpoint: string;
  readonly token?: string | undefined;
  readonly clock: Clock;
  readonly retryDelayMs?: number;
}

export interface PaperList extends DailyRows {
  /** Time of the response, as an ISO 8601 instant. */
  readonly at: string;
  readonly etag?: string;
}

interface ListOptions {
  readonly signal?: AbortSignal;
}

export interface HuggingFace {
  /**
   * Fetches the list of a day. It can be empty: weekends have no list, and today's fills during the day.
   * @param etag of the last response for this day; the result is then `unchanged` when nothing is new
   * @throws UserError for an invalid or future date; SourceError
   */
  day(day: Day, options?: ListOptions & { readonly etag?: string }): Promise<PaperList | 'unchanged'>;
  /** @param week `2026-W09` */
  week(week: string, options?: ListOptions): Promise<PaperList>;
  /** @param month `2026-02` */
  month(month: string, options?: ListOptions): Promise<PaperList>;
  /** Returns `undefined` when Hugging Face has no page for the paper, which is common. */
  paper(id: string, options?: ListOptions): Promise<PaperRecord | undefined>;
}

const SOURCE = labelOf('hugging-face');
/** The API's maximum. Its default of 50 truncates a full day. */
const PAGE_SIZE = 100;
/** Guard against endless pages. The largest months have about 1,000 papers. */
const MAX_PAGES = 50;

export function openHuggingFace({ endpoint, token, clock, retryDelayMs }: HuggingFaceOptions): HuggingFace {
  const request = openHttpClient({
    source: SOURCE,
    clock,
    connections: 2,
    everyMs: 0,
    pauseMs: 60_000,
    ...(retryDelayMs !== undefined && { retryDelayMs }),
  });
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };

  async function fetchPage(
    query: Readonly<Record<string, string>>,
    page: number,
    options: ListOptions & { readonly etag?: string },
  ) {
    const url = addressUnder(endpoint, '/api/daily_papers');
    url.search = new URLSearchParams({ ...query, limit: String(PAGE_SIZE), p: String(page) }).toString();
    const answer = await request({ url: url.href, format: 'json', headers, ...options });
    if (answer.status === 304) return 'unchanged';
    const rows = parseJson(answer.text, SOURCE);
    if (!Array.isArray(rows))
      throw new SourceError('broken-answer', `${SOURCE} returned something that is not a list.`);
    return { rows: rows as readonly unknown[], ...(answer.etag !== undefined && { etag: answer.etag }) };
  }

  /** Reads all pages. A paper that moves to the next page in the meantime is kept once. */
  async function collect(
    query: Readonly<Record<string, string>>,
    read: (rows: readonly unknown[], at: string, firstPosition: number) => DailyRows,
    { etag, signal }: ListOptions & { readonly etag?: string } = {},
  ): Promise<PaperList | 'unchanged'> {
    const at = clock.now().toISOString();
    const records = new Map<string | undefined, PaperRecord>();
    const skipped: Array<DailyRows['skipped'][number]> = [];
    let firstEtag: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await fetchPage(query, page, {
        ...(signal && { signal }),
        ...(page === 0 && etag !== undefined && { etag }),
      });
      if (answer === 'unchanged') return answer;
      if (page === 0) firstEtag = answer.etag;
      const known = records.size;
      const found = read(answer.rows, at, page * PAGE_SIZE + 1);
      for (const record of found.records) if (!records.has(record.id)) records.set(record.id, record);
      skipped.push(...found.skipped);
      // A page without new papers means that the server ignores the page number.
      if (answer.rows.length < PAGE_SIZE || records.size === known) break;
    }
    // A list without a single usable row is an error, not an empty list.
    if (records.size === 0 && skipped.length > 0) {
      throw new SourceError(
        'broken-answer',
        `${SOURCE} returned rows in an unknown format: ${skipped[0]?.reason}.`,
      );
    }
    return {
      records: [...records.values()],
      skipped,
      at,
      ...(firstEtag !== undefined && { etag: firstEtag }),
    };
  }

  async function collectPeriod(
    query: Readonly<Record<string, string>>,
    options?: ListOptions,
  ): Promise<PaperList> {
    const ranks = new Map<Day, number>();
    const list = await collect(query, (rows, at, first) => fromPeriodRows(rows, at, ranks, first), options);
    if (list === 'unchanged')
      throw new SourceError('broken-answer', `${SOURCE} returned “unchanged” to a first request.`);
    return list;
  }

  return {
    async day(day, options) {
      requirePastDay(day, clock.now());
      return collect({ date: day }, (rows, at, first) => fromDailyRows(rows, day, at, first), options);
    },
    async week(week, options) {
      requirePastWeek(week, clock.now());
      return collectPeriod({ week }, options);
    },
    async month(month, options) {
      requirePastMonth(month, clock.now());
      return collectPeriod({ month }, options);
    },
    async paper(id, options) {
      try {
        const url = addressUnder(endpoint, `/api/papers/${encodeURIComponent(id)}`);
        const { text } = await request({ url: url.href, format: 'json', headers, ...options });
        return fromPaperDetail(parseJson(text, SOURCE));
      } catch (error) {
        if (error instanceof SourceError && error.kind === 'not-found') return undefined;
        throw error;
      }
    },
  };
}

/** @throws UserError unless `day` is a date (`2026-05-29`) up to today in UTC */
function requirePastDay(day: string, now: Date): asserts day is Day {
  requirePast(day, /^\d{4}-\d\d-\d\d$/, 'a day', '2026-05-29', now);
}

/** @throws UserError unless `week` is an ISO week (`2026-W09`) that has begun */
function requirePastWeek(week: string, now: Date): void {
  requirePast(week, /^\d{4}-W\d\d$/, 'a week', '2026-W09', now);
}

/** @throws UserError unless `month` (`2026-02`) has begun */
function requirePastMonth(month: string, now: Date): void {
  requirePast(month, /^\d{4}-\d\d$/, 'a month', '2026-02', now);
}

function requirePast(text: string, pattern: RegExp, what: string, example: string, now: Date): void {
  const start = DateTime.fromISO(text, { zone: 'utc' });
  if (!pattern.test(text) || !start.isValid) {
    throw new UserError(`“${text.slice(0, 40)}” is not ${what}. Write it like ${example}.`);
  }
  if (start.toMillis() > now.getTime()) {
    throw new UserError(`${text} is in the future. Use ${what} up to ${dayOf(now)}.`);
  }
}
