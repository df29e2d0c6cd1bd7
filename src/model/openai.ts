/** A language model behind any server that speaks OpenAI's chat completions: OpenAI itself, vLLM, llama.cpp, Ollama. */
import OpenAI, { APIError } from 'openai';
import { messageOf } from '../base/errors.ts';
import { type LanguageModel, ModelError } from './language-model.ts';

export interface OpenAiSettings {
  /** `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Absent for a local server that asks for none. */
  readonly apiKey: string | undefined;
  readonly model: string;
}

/** The client refuses to start without a key. */
const NO_KEY = 'none';

export function openLanguageModel({ baseUrl, apiKey = NO_KEY, model }: OpenAiSettings): LanguageModel {
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey,
    // Whoever asks waits seconds, and falls back to extraction: a second attempt would come too late.
    maxRetries: 0,
    // A key must go nowhere but to the address that was configured.
    fetchOptions: { redirect: 'error' },
    fetch: boundedFetch,
    logLevel: 'off',
    // These would come from variables of the environment that no setting of ours names.
    organization: null,
    project: null,
  });

  return {
    name: model,
    async write({ instructions, material }, signal) {
      // Neither temperature, nor length, nor a form of the answer is asked for: servers differ in which of them they refuse.
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
      // The types promise what a server may not keep: an HTML page with status 200 arrives as a string.
      const [choice] = (completion as Partial<typeof completion>).choices ?? [];
      const { content, refusal } = choice?.message ?? {};
      if (refusal) throw new ModelError('refused', 'the model refused');
      if (typeof content !== 'string' || content.trim() === '')
        throw new ModelError('unfit', 'the answer holds no text');
      return content;
    },
  };
}

/** Without the bodies of requests or answers: they hold abstracts, and an answer might hold the key. */
function toModelError(error: unknown): ModelError {
  if (error instanceof APIError && error.status !== undefined)
    return new ModelError('down', `the server answered with status ${error.status}`, {
      status: error.status,
    });
  return new ModelError('down', messageOf(error));
}

// `fetch` that reads no more of an answer than a summary can be long: a server that sends on and on is cut off.

/** Of decoded bytes. A summary has 2,000; a model that thinks aloud in between sends some tens of thousands. */
const MAX_BYTES = 256 * 1024;

const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.body) return response;
  let bytes = 0;
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) controller.error(new Error(`the answer has more than ${MAX_BYTES / 1024} kB`));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bound), { status, statusText, headers });
};
