/** Client for servers with OpenAI's chat completions: OpenAI, vLLM, llama.cpp, Ollama. */
import OpenAI, { APIError } from 'openai';
import { messageOf } from '../base/errors.ts';
import { type LanguageModel, ModelError } from './language-model.ts';

export interface OpenAiSettings {
  /** `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Absent for a local server that needs none. */
  readonly apiKey: string | undefined;
  readonly model: string;
}

/** The library requires a key. */
const NO_KEY = 'none';

export function openLanguageModel({ baseUrl, apiKey = NO_KEY, model }: OpenAiSettings): LanguageModel {
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey,
    // No retries: callers wait only seconds, then fall back to extraction.
    maxRetries: 0,
    // The key must only be sent to the configured address.
    fetchOptions: { redirect: 'error' },
    fetch: boundedFetch,
    logLevel: 'off',
    // Otherwise read from environment variables that are not our settings.
    organization: null,
    project: null,
  });

  return {
    name: model,
    async write({ instructions, material }, signal) {
      // No temperature, length or response format, because servers reject different ones.
      const completion = await client.chat.completions
        .create(
          {
            model,
            messages: [
              { role: 'system', content: instructions },
              { role: 'user', content: material },
            ],
          },
          { signal },
        )
        .catch((error: unknown) => {
          signal.throwIfAborted();
          throw toModelError(error);
        });
      // The types may not hold: an HTML page with status 200 arrives as a string.
      const [choice] = (completion as Partial<typeof completion>).choices ?? [];
      const { content, refusal } = choice?.message ?? {};
      if (refusal) throw new ModelError('refused', 'the model refused');
      if (typeof content !== 'string' || content.trim() === '')
        throw new ModelError('unfit', 'the reply has no text');
      return content;
    },
  };
}

/** Leaves out bodies, because a response might contain the key. */
function toModelError(error: unknown): ModelError {
  if (error instanceof APIError && error.status !== undefined)
    return new ModelError('down', `the server returned status ${error.status}`, {
      status: error.status,
    });
  return new ModelError('down', messageOf(error));
}

// `fetch` with a limit on the response's size, so that an endless response is cut off.

/** Decoded bytes. A summary has 2,000; one with visible reasoning has tens of thousands. */
const MAX_BYTES = 256 * 1024;

const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.body) return response;
  let bytes = 0;
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) controller.error(new Error(`the reply has more than ${MAX_BYTES / 1024} kB`));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bound), { status, statusText, headers });
};
