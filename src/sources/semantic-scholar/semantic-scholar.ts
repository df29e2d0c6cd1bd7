/** Client of Semantic Scholar: citations and venues of stored papers. Never used while a command waits. */
import { z } from 'zod';
import { compact } from '../../base/compact.ts';
import type { Paper, PaperRecord } from '../../papers/paper.ts';
import { labelOf } from '../../papers/source-names.ts';
import { cleanText } from '../../text/clean.ts';
import { looksLikeArxivId } from '../../text/ids.ts';
import type { Clock } from '../../time/clock.ts';
import { parseJson } from '../http/http.ts';
import { addressUnder, openHttpClient } from '../http/http-client.ts';
import { SourceError } from '../http/source-error.ts';

export interface SemanticScholarOptions {
  /** `S2_API_URL`. */
  readonly url: string;
  readonly apiKey?: string | undefined;
  readonly clock: Clock;
  readonly retryDelayMs?: number;
}

export interface SemanticScholar {
  /**
   * Fetches facts about papers with an arXiv id. Other and unknown papers are omitted.
   * @param papers at most {@link BATCH_SIZE}
   * @throws SourceError
   */
  enrich(papers: readonly Paper[], signal?: AbortSignal): Promise<PaperRecord[]>;
}

const SOURCE = labelOf('semantic-scholar');
/** Ids per request, the limit of the API. */
export const BATCH_SIZE = 500;
/** A key allows one request per second. Without a key more than half of the requests are rejected anyway. */
const EVERY_MS = 1_100;
const PAUSE_AFTER_429_MS = 10 * 60_000;

const FIELDS = 'citationCount,venue,externalIds';

const factsSchema = z.object({
  citationCount: z.int().nonnegative().optional().catch(undefined),
  venue: z.string().optional().catch(undefined),
  externalIds: z.object({ DOI: z.string().optional() }).optional().catch(undefined),
});

const answerSchema = z.array(z.unknown());

export function openSemanticScholar({
  url,
  apiKey,
  clock,
  retryDelayMs,
}: SemanticScholarOptions): SemanticScholar {
  const request = openHttpClient({
    source: SOURCE,
    clock,
    connections: 1,
    everyMs: EVERY_MS,
    pauseMs: PAUSE_AFTER_429_MS,
    ...(retryDelayMs !== undefined && { retryDelayMs }),
  });

  return {
    async enrich(papers, signal) {
      const asked = papers.filter(({ id }) => looksLikeArxivId(id)).slice(0, BATCH_SIZE);
      if (asked.length === 0) return [];
      const address = addressUnder(url, '/graph/v1/paper/batch');
      address.search = new URLSearchParams({ fields: FIELDS }).toString();
      const { text } = await request({
        url: address.href,
        format: 'json',
        body: { ids: asked.map(({ id }) => `arXiv:${id}`) },
        ...(apiKey !== undefined && { headers: { 'x-api-key': apiKey } }),
        ...(signal && { signal }),
      });
      const answer = answerSchema.safeParse(parseJson(text, SOURCE));
      // Answers match papers by position only.
      if (!answer.success || answer.data.length !== asked.length) {
        throw new SourceError(
          'broken-answer',
          `${SOURCE} returned a different number of papers than requested.`,
        );
      }
      return asked.flatMap((paper, index) => toRecord(paper, answer.data[index]));
    },
  };
}

function toRecord({ id, title, abstract }: Paper, answer: unknown): PaperRecord[] {
  const facts = factsSchema.safeParse(answer);
  if (!facts.success) return [];
  const { citationCount, venue, externalIds } = facts.data;
  const added = compact({
    citations: citationCount,
    venue: venueOf(venue ?? ''),
    doi: doiOf(externalIds?.DOI ?? ''),
  });
  return Object.keys(added).length > 0 ? [{ id, title, abstract, ...added }] : [];
}

/** Ignores arXiv, which is not a publication venue. */
function venueOf(venue: string): string | undefined {
  const name = cleanText(venue);
  return name === '' || /^arxiv/i.test(name) ? undefined : name;
}

/** Ignores arXiv's own DOI (10.48550/arXiv…), which only repeats the id. */
function doiOf(text: string): string | undefined {
  const doi = cleanText(text);
  return /^10\.\d{4,9}\//.test(doi) && !/^10\.48550\/arxiv/i.test(doi) ? doi : undefined;
}
