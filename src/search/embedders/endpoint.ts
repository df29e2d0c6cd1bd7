/**
 * Any server that speaks OpenAI's embeddings, such as vLLM, Ollama or llama.cpp.
 * https://platform.openai.com/docs/api-reference/embeddings
 */
import { z } from 'zod';
import { backoffDelay, type Random } from '../../resilience/backoff.ts';
import { retry } from '../../resilience/retry.ts';
import { fetchText, parseJson } from '../../sources/http/http.ts';
import { addressUnder, openHttpClient } from '../../sources/http/http-client.ts';
import { SourceError } from '../../sources/http/source-error.ts';
import type { Clock } from '../../time/clock.ts';
import { toUnit } from '../text/vector.ts';
import type { EmbeddedText, Embedder } from './embedding-provider.ts';
import { beginning, embedInHalves } from './endpoint-refusals.ts';

export interface EndpointOptions {
  /** `EMBEDDINGS_BASE_URL`: up to and with `/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly model: string;
  readonly clock: Clock;
  /** Milliseconds before a second attempt, at least. */
  readonly retryDelayMs?: number;
  readonly random?: Random;
}

const SOURCE = 'The embedder';
/** 32 vectors of 3,072 numbers are two megabytes of JSON, which are parsed within some milliseconds. */
const BATCH = 32;
/** A local model may take long for its first batch. */
const TIMEOUT_MS = 60_000;
/** After a 429 that names no time; each further one in a row doubles it. Most servers count by the minute. */
const PAUSE_AFTER_429_MS = 5_000;
/** So many in a row are more than a busy minute. */
const MAX_PAUSES = 5;
/** A server that wants a longer pause is asked again by the next round, which nobody waits for either. */
const LONGEST_PAUSE_MS = 600_000;
const BACKOFF = { firstMs: PAUSE_AFTER_429_MS, longestMs: LONGEST_PAUSE_MS };
/** Tokens are at least three characters in English: within the 8,192 that the usual models read. */
const MAX_CHARACTERS = 20_000;

const answerSchema = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

export function openEndpoint({
  baseUrl,
  apiKey,
  model,
  clock,
  retryDelayMs,
  random,
}: EndpointOptions): Embedder {
  const embedOneByOne = openHttpClient({
    source: SOURCE,
    clock,
    connections: 1,
    everyMs: 0,
    pauseMs: PAUSE_AFTER_429_MS,
    random,
    ...(retryDelayMs !== undefined && { retryDelayMs }),
  });
  const url = addressUnder(baseUrl, '/embeddings').href;

  /** Waits as long as the server wants, so that a backfill of hours goes on by itself. */
  function embedWithRetries(request: Parameters<typeof embedOneByOne>[0]) {
    return retry(() => embedOneByOne(request), {
      retries: MAX_PAUSES,
      pauseAfter(error, failures) {
        if (!(error instanceof SourceError && error.kind === 'rate-limited')) return undefined;
        const least = error.retryAfterMs ?? PAUSE_AFTER_429_MS;
        const pause = Math.max(least, backoffDelay(BACKOFF, failures, random));
        return pause > LONGEST_PAUSE_MS ? undefined : pause;
      },
      clock,
      signal: request.signal,
    });
  }

  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };

  return {
    maker: 'endpoint',
    name: model,
    batch: BATCH,
    embed(texts, purpose, signal) {
      const embedBatch = async (input: readonly string[]) => {
        const request = {
          url,
          format: 'json',
          body: { model, input },
          headers,
          timeoutMs: TIMEOUT_MS,
          signal,
        } as const;
        // A question waits in no queue behind a batch of papers.
        const { text } =
          purpose === 'question'
            ? await fetchText({ ...request, source: SOURCE }, clock)
            : await embedWithRetries(request);
        return readVectors(parseJson(text, SOURCE), input.length);
      };
      const words = texts.map(wordsOf);
      // Somebody waits for the question that comes alone.
      return purpose === 'question' && words.length === 1
        ? embedBatch(words)
        : embedInHalves(words, embedBatch);
    },
  };
}

/** The API refuses an empty text. */
function wordsOf({ title, abstract }: EmbeddedText): string {
  const words = [title, abstract].filter((part) => part !== '').join('\n\n');
  return beginning(words, MAX_CHARACTERS) || '-';
}

/** @throws SourceError for an answer that is not one vector a text, all of one length */
function readVectors(answer: unknown, count: number): Array<Float32Array | undefined> {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw broken('no vectors');
  const vectors: Array<Float32Array | undefined> = Array.from({ length: count }, () => undefined);
  for (const { index, embedding } of parsed.data.data) vectors[index] = toUnit(Float32Array.from(embedding));
  const lengths = new Set(parsed.data.data.map(({ embedding }) => embedding.length));
  const embedded = new Set(parsed.data.data.map(({ index }) => index));
  if (vectors.length !== count || embedded.size !== count)
    throw broken('another number of vectors than of texts');
  if (lengths.size !== 1) throw broken('vectors of different lengths');
  return vectors;
}

function broken(what: string): SourceError {
  return new SourceError('broken-answer', `${SOURCE} answered with ${what}.`);
}
