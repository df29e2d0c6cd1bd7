/** Client of arXiv's query API and daily feeds, at the rate that arXiv allows. */
import { labelOf } from '../../papers/source-names.ts';
import type { Clock } from '../../time/clock.ts';
import { addressUnder, openHttpClient } from '../http/http-client.ts';
import type { ArxivFeed } from './arxiv-feed.ts';
import { openFeedParser } from './xml-parsing.ts';

export interface ArxivOptions {
  /** `ARXIV_API_URL` and `ARXIV_RSS_URL`. */
  readonly apiUrl: string;
  readonly rssUrl: string;
  readonly clock: Clock;
  readonly retryDelayMs?: number;
}

/**
 * A search in arXiv's query language (`cat:cs.LG AND abs:routing`), a list of ids, or a search among these
 * ids.
 */
export interface ArxivQuery {
  readonly search?: string;
  readonly ids?: readonly string[];
  /** From 0. */
  readonly start?: number;
  /** Up to 2,000; 100 when absent. */
  readonly max?: number;
  readonly sortBy?: 'relevance' | 'submittedDate' | 'lastUpdatedDate';
  readonly signal?: AbortSignal;
}

export interface ArxivList extends ArxivFeed {
  readonly etag?: string;
}

export interface Arxiv {
  /** @throws SourceError, with arXiv's own message when it rejects the query */
  query(query: ArxivQuery): Promise<ArxivFeed>;
  /** Returns the new and cross-listed papers of the latest announcement; none on weekends. */
  daily(
    categories: readonly string[],
    options?: { readonly etag?: string; readonly signal?: AbortSignal },
  ): Promise<ArxivList | 'unchanged'>;
  /** Stops the parser thread. */
  close(): Promise<void>;
}

// https://info.arxiv.org/help/api/tou.html: one request every three seconds and one connection, over all
// hosts.
const EVERY_MS = 3_000;
const PAUSE_AFTER_429_MS = 10 * 60_000;
const MAX_RESULTS = 2_000;

export function openArxiv({ apiUrl, rssUrl, clock, retryDelayMs }: ArxivOptions): Arxiv {
  const parser = openFeedParser();
  const request = openHttpClient({
    source: labelOf('arxiv'),
    clock,
    connections: 1,
    everyMs: EVERY_MS,
    pauseMs: PAUSE_AFTER_429_MS,
    ...(retryDelayMs !== undefined && { retryDelayMs }),
  });

  return {
    async query({ search, ids, start = 0, max = 100, sortBy, signal }) {
      const url = addressUnder(apiUrl, '/api/query');
      url.search = new URLSearchParams({
        ...(search !== undefined && { search_query: search }),
        ...(ids !== undefined && { id_list: ids.join(',') }),
        start: String(start),
        max_results: String(Math.min(max, MAX_RESULTS)),
        ...(sortBy !== undefined && { sortBy, sortOrder: 'descending' }),
      }).toString();
      // The error feed with the reason has status 400.
      const { text } = await request({
        url: url.href,
        format: 'xml',
        allow: [400],
        ...(signal && { signal }),
      });
      return parser.fromQueryFeed(text);
    },

    async daily(categories, options) {
      const url = addressUnder(rssUrl, `/atom/${categories.join('+')}`);
      const { status, text, etag } = await request({ url: url.href, format: 'xml', ...options });
      if (status === 304) return 'unchanged';
      return { ...(await parser.fromDailyFeed(text)), ...(etag !== undefined && { etag }) };
    },

    close: () => parser.close(),
  };
}
