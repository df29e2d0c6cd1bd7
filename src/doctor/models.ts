/** Checks the language model and the embeddings server with one small request each. */

import { type Diagnostic, failing, info, ok } from '../base/diagnostic.ts';
import { messageOf } from '../base/errors.ts';
import type { parseConfig } from '../config/config.ts';
import { ModelError } from '../model/language-model.ts';
import { openLanguageModel } from '../model/openai.ts';
import { PATIENCE_MS } from '../model/text-generator.ts';
import { timeoutSignal } from '../resilience/deadline.ts';
import { openEndpoint } from '../search/embedders/endpoint.ts';
import { SourceError } from '../sources/http/source-error.ts';
import { systemClock } from '../time/clock.ts';

type Config = ReturnType<typeof parseConfig>;

const MODEL = 'language model';
const EMBEDDINGS = 'embeddings';
/** Milliseconds. A local server may have to load its model first. */
const TIMEOUT_MS = 60_000;

/** Uses a few tokens on each server. Never throws. */
export function examineModels({ languageModel, embeddings }: Config): Promise<Diagnostic[]> {
  return Promise.all([examineLanguageModel(languageModel), examineEmbeddings(embeddings)]);
}

/** Uses a few tokens. Never throws. */
export async function examineLanguageModel(settings: Config['languageModel']): Promise<Diagnostic> {
  if (!settings)
    return info(MODEL, 'not set up: summaries and answers are extracted. Set OPENAI_MODEL to use one.');
  const { model, baseUrl } = settings;
  const prompt = { instructions: 'You answer with one word.', material: 'Are you there?' };
  const from = performance.now();
  try {
    await openLanguageModel(settings).write(prompt, timeoutSignal(TIMEOUT_MS));
  } catch (error) {
    return failing(MODEL, whyNoModel(error, model, baseUrl));
  }
  const ms = performance.now() - from;
  const took = `${model} responds in ${(ms / 1_000).toFixed(1)} s`;
  if (ms <= PATIENCE_MS) return ok(MODEL, took);
  return info(
    MODEL,
    `${took}, but people get extracted text after ${PATIENCE_MS / 1_000} s. Keep the model loaded, or choose a faster one.`,
  );
}

function whyNoModel(error: unknown, model: string, baseUrl: string): string {
  if (!(error instanceof ModelError))
    return `${model} does not respond within ${TIMEOUT_MS / 1_000} seconds. Check that the server is not overloaded and can run the model.`;
  const { fault, status } = error;
  if (fault === 'unfit')
    return `${baseUrl} does not return text. Check OPENAI_BASE_URL, which usually ends with /v1.`;
  if (fault === 'refused') return `${model} refuses to answer. Set OPENAI_MODEL to another model.`;
  if (status === undefined)
    return `${baseUrl} cannot be reached (${error.message}). Check OPENAI_BASE_URL, and that the server is running.`;
  return whyRefused({ status, server: baseUrl, model, prefix: 'OPENAI' });
}

interface Refusal {
  readonly status: number;
  readonly server: string;
  readonly model: string;
  /** Prefix of the settings. */
  readonly prefix: 'OPENAI' | 'EMBEDDINGS';
}

/** Explains status codes of OpenAI's API. */
function whyRefused({ status, server, model, prefix }: Refusal): string {
  switch (status) {
    case 401:
    case 403:
      return `${server} rejects the API key (status ${status}). Set ${prefix}_API_KEY to a key that may use ${model}.`;
    case 400:
    case 404:
      return `${server} does not have ${model} (status ${status}). Set ${prefix}_MODEL to a model that it has, or check ${prefix}_BASE_URL.`;
    case 429:
      return `${server} accepts no more requests for now (status 429). Check the account’s limits and credit.`;
    default:
      return `${server} returns status ${status}. Try again later, or ask the server’s administrator.`;
  }
}

async function examineEmbeddings(settings: Config['embeddings']): Promise<Diagnostic> {
  if (!settings) return info(EMBEDDINGS, 'no server is set up: embeddings are learned from your papers.');
  const { baseUrl, apiKey, model } = settings;
  if (baseUrl === undefined)
    return info(EMBEDDINGS, `${model} runs inside the bot. If it fails, the log says why.`);
  const endpoint = openEndpoint({ baseUrl, apiKey, model, clock: systemClock });
  const text = { title: 'Attention Is All You Need', abstract: '' };
  try {
    const [vector] = await endpoint.embed([text], 'question', timeoutSignal(TIMEOUT_MS));
    return ok(EMBEDDINGS, `${model} responds with vectors of ${vector?.length ?? 0} numbers`);
  } catch (error) {
    return failing(EMBEDDINGS, whyNoEmbeddings(error, model, baseUrl));
  }
}

function whyNoEmbeddings(error: unknown, model: string, server: string): string {
  if (!(error instanceof SourceError)) return `${messageOf(error)} Check EMBEDDINGS_BASE_URL.`;
  const status = STATUS[error.kind] ?? Number(/status (\d{3})/.exec(error.message)?.[1]);
  if (status >= 400 && status < 500) return whyRefused({ status, server, model, prefix: 'EMBEDDINGS' });
  return `${error.message} Check EMBEDDINGS_BASE_URL, which usually ends with /v1, and that the server is running.`;
}

/** Statuses that follow from the kind of error. */
const STATUS: Partial<Record<SourceError['kind'], number>> = { 'not-found': 404, 'rate-limited': 429 };
