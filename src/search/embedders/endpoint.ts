/**
 * Embedder over any server with OpenAI's embeddings API, such as vLLM, Ollama or llama.cpp.
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
  /** `EMBEDDINGS_BASE_URL`, including `/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly model: string;
  readonly clock: Clock;
  /** Approximate milliseconds before the second attempt. */
  readonly retryDelayMs?: number;
  readonly random?: Random;
}

const SOURCE = 'The embedder';
/** 32 vectors of 3,072 numbers are 2 MB of JSON, which takes a few milliseconds to parse. */
const BATCH = 32;
/** A local server can take long for its first batch. */
const TIMEOUT_MS = 60_000;
/** Pause after a 429 without a time, doubled by each further one. Most servers count requests per minute. */
const PAUSE_AFTER_429_MS = 5_000;
/** More pauses than this mean more than a busy minute. */
const MAX_PAUSES = 5;
/** A server that asks for a longer pause is retried in the next round. */
const LONGEST_PAUSE_MS = 600_000;
const BACKOFF = { firstMs: PAUSE_AFTER_429_MS, longestMs: LONGEST_PAUSE_MS };
/** A token has at least three characters in English, so this fits the usual limit of 8,192 tokens. */
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

  /** Waits as long as the server asks, so that a backfill of hours continues by itself. */
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
        // A query does not wait behind a batch of papers.
        const { text } =
          purpose === 'question'
            ? await fetchText({ ...request, source: SOURCE }, clock)
            : await embedWithRetries(request);
        return readVectors(parseJson(text, SOURCE), input.length);
      };
      const words = texts.map(wordsOf);
      // A user waits for a single query, so it is not split.
      return purpose === 'question' && words.length === 1
        ? embedBatch(words)
        : embedInHalves(words, embedBatch);
    },
  };
}

/** Never empty, because the API rejects empty text. */
function wordsOf({ title, abstract }: EmbeddedText): string {
  const words = [title, abstract].filter((part) => part !== '').join('\n\n');
  return beginning(words, MAX_CHARACTERS) || '-';
}

/** @throws SourceError unless there is one vector per text, all of the same length */
function readVectors(answer: unknown, count: number): Array<Float32Array | undefined> {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw broken('no vectors');
  const vectors: Array<Float32Array | undefined> = Array.from({ length: count }, () => undefined);
  for (const { index, embedding } of parsed.data.data) vectors[index] = toUnit(Float32Array.from(embedding));
  const lengths = new Set(parsed.data.data.map(({ embedding }) => embedding.length));
  const embedded = new Set(parsed.data.data.map(({ index }) => index));
  if (vectors.length !== count || embedded.size !== count)
    throw broken('a different number of vectors than texts');
  if (lengths.size !== 1) throw broken('vectors of different lengths');
  return vectors;
}

function broken(what: string): SourceError {
  return new SourceError('broken-answer', `${SOURCE} returned ${what}.`);
}
