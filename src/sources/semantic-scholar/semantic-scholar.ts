/** Semantic Scholar: citations and venues for papers that we already have. Never on the way of a command. */
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
   * What it knows about papers with an arXiv id; the others, and those it does not know, are left out.
   * @param papers at most {@link BATCH_SIZE}
   * @throws SourceError
   */
  enrich(papers: readonly Paper[], signal?: AbortSignal): Promise<PaperRecord[]>;
}

const SOURCE = labelOf('semantic-scholar');
/** Ids in one request: the API's limit. */
export const BATCH_SIZE = 500;
/** One request a second is what a key allows; without one more than half of the requests are refused anyway. */
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
      // The answers have nothing but their order to tell whom they are about.
      if (!answer.success || answer.data.length !== asked.length) {
        throw new SourceError('broken-answer', `${SOURCE} did not answer paper by paper.`);
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

/** arXiv is where a paper waits for its venue. */
function venueOf(venue: string): string | undefined {
  const name = cleanText(venue);
  return name === '' || /^arxiv/i.test(name) ? undefined : name;
}

/** arXiv's own DOI (10.48550/arXiv…) says no more than the id. */
function doiOf(text: string): string | undefined {
  const doi = cleanText(text);
  return /^10\.\d{4,9}\//.test(doi) && !/^10\.48550\/arxiv/i.test(doi) ? doi : undefined;
}
