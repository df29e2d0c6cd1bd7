/** Client of arXiv's query API, daily feeds and lists of metadata, at the rate that arXiv allows over all. */
import { labelOf } from '../../papers/source-names.ts';
import type { OpenSharedPace } from '../../resilience/rate-limiter.ts';
import type { Clock } from '../../time/clock.ts';
import type { MetadataServer } from '../harvest/metadata-server.ts';
import { addressUnder, type HttpClient, openHttpClient } from '../http/http-client.ts';
import { SourceError } from '../http/source-error.ts';
import { openOaiClient } from './oai-client.ts';
import type { ArxivFeed } from './parsing/arxiv-feed.ts';
import type { DailyFeed } from './parsing/daily-feed.ts';
import { openXmlParser } from './parsing/xml-parsing.ts';

export interface ArxivOptions {
  /** `ARXIV_API_URL`, `ARXIV_RSS_URL` and `ARXIV_OAI_URL`. */
  readonly apiUrl: string;
  readonly rssUrl: string;
  readonly oaiUrl: string;
  readonly clock: Clock;
  readonly retryDelayMs?: number;
  /** Milliseconds between requests, in place of arXiv's three seconds. */
  readonly everyMs?: number;
  /** Absent if there is only one process. */
  readonly openSharedPace?: OpenSharedPace;
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

export interface ArxivList extends DailyFeed {
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
  /** Its lists, which take long. They make way for the other requests. */
  readonly metadata: MetadataServer;
  /** Stops the parser thread. */
  close(): Promise<void>;
}

// https://info.arxiv.org/help/api/tou.html: one request every three seconds and one connection, over all
// hosts.
const EVERY_MS = 3_000;
const PAUSE_AFTER_429_MS = 10 * 60_000;
const MAX_RESULTS = 2_000;

/** Times that one page of metadata makes way. With a page for each, a busy bot would never get further. */
const MOST_YIELDS = 3;

export function openArxiv(options: ArxivOptions): Arxiv {
  const { apiUrl, rssUrl, oaiUrl, clock, retryDelayMs, everyMs = EVERY_MS, openSharedPace } = options;
  const parser = openXmlParser();
  const send = openHttpClient({
    source: labelOf('arxiv'),
    clock,
    connections: 1,
    everyMs,
    pauseMs: PAUSE_AFTER_429_MS,
    ...(retryDelayMs !== undefined && { retryDelayMs }),
    ...(openSharedPace && { openSharedPace }),
  });
  const { request, requestPage } = openPrecedence(send);

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
      const { status, text, etag } = await request({
        url: url.href,
        format: 'xml',
        allow: [400],
        ...options,
      });
      if (status === 304) return 'unchanged';
      const rejected = new SourceError('refused', `${labelOf('arxiv')} rejected the request (status 400).`);
      const feed = await parser.fromDailyFeed(text).catch((error: unknown) => {
        // A feed may tell the reason; any other page is only the rejection.
        const isReason = error instanceof SourceError && error.kind === 'refused';
        throw status === 400 && !isReason ? rejected : error;
      });
      if (status === 400) throw rejected;
      return { ...feed, ...(etag !== undefined && { etag }) };
    },

    metadata: openOaiClient({ url: oaiUrl, request: requestPage, parser }),
    close: () => parser.close(),
  };
}

/**
 * arXiv allows one connection, and a page of metadata can take minutes. A person who waits for a paper would
 * wait for the page, so it is given up for any other request, and requested again afterwards.
 */
function openPrecedence(send: HttpClient): {
  readonly request: HttpClient;
  readonly requestPage: HttpClient;
} {
  let page: AbortController | undefined;

  async function requestPage({ signal, ...request }: Parameters<HttpClient>[0]) {
    for (let yields = 0; yields < MOST_YIELDS; yields++) {
      const attempt = new AbortController();
      page = attempt;
      try {
        const limits = signal ? [signal, attempt.signal] : [attempt.signal];
        return await send({ ...request, signal: AbortSignal.any(limits) });
      } catch (error) {
        signal?.throwIfAborted();
        if (!attempt.signal.aborted) throw error;
      } finally {
        if (page === attempt) page = undefined;
      }
    }
    return send({ ...request, ...(signal && { signal }) });
  }

  return {
    requestPage,
    request(options) {
      page?.abort();
      return send(options);
    },
  };
}
