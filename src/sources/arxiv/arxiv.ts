/** arXiv: queries and the daily announcements, at the pace that it asks for. */
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

/** In arXiv's query language (`cat:cs.LG AND abs:routing`), or by ids, or the ones among the others. */
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
  /** @throws SourceError, also with arXiv's own sentence about a question that it cannot read */
  query(query: ArxivQuery): Promise<ArxivFeed>;
  /** New and cross-listed papers of the latest announcement; empty on weekends. */
  daily(
    categories: readonly string[],
    options?: { readonly etag?: string; readonly signal?: AbortSignal },
  ): Promise<ArxivList | 'unchanged'>;
  /** Ends the thread that parses. */
  close(): Promise<void>;
}

// https://info.arxiv.org/help/api/tou.html: one request every three seconds, one connection, over all of its hosts together.
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
      // Its error feed, which says why, comes with status 400.
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
