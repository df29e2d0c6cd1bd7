/** Checks the language model and the server that embeds: each is asked one small question. */

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
/** Milliseconds; a local server may have to load its model first. */
const TIMEOUT_MS = 60_000;

/** Costs a few tokens at each server that is set up. Never throws. */
export function examineModels({ languageModel, embeddings }: Config): Promise<Diagnostic[]> {
  return Promise.all([examineLanguageModel(languageModel), examineEmbeddings(embeddings)]);
}

/** Costs a few tokens. Never throws. */
export async function examineLanguageModel(settings: Config['languageModel']): Promise<Diagnostic> {
  if (!settings)
    return info(MODEL, 'none is set up: summaries and answers are extracted. OPENAI_MODEL names one.');
  const { model, baseUrl } = settings;
  const prompt = { instructions: 'You answer with one word.', material: 'Are you there?' };
  const from = performance.now();
  try {
    await openLanguageModel(settings).write(prompt, timeoutSignal(TIMEOUT_MS));
  } catch (error) {
    return failing(MODEL, whyNoModel(error, model, baseUrl));
  }
  const ms = performance.now() - from;
  const took = `${model} answers in ${(ms / 1_000).toFixed(1)} s`;
  if (ms <= PATIENCE_MS) return ok(MODEL, took);
  return info(
    MODEL,
    `${took}, and people wait ${PATIENCE_MS / 1_000} s before they are shown extracted text. Keep it loaded, or choose a faster one.`,
  );
}

function whyNoModel(error: unknown, model: string, baseUrl: string): string {
  if (!(error instanceof ModelError))
    return `${model} does not answer within ${TIMEOUT_MS / 1_000} seconds. Is the server busy, or the model too large for it?`;
  const { fault, status } = error;
  if (fault === 'unfit')
    return `${baseUrl} answers with something else than a text. Check OPENAI_BASE_URL: it mostly ends with /v1.`;
  if (fault === 'refused') return `${model} refuses to answer. Name another in OPENAI_MODEL.`;
  if (status === undefined)
    return `${baseUrl} cannot be reached (${error.message}). Check OPENAI_BASE_URL, and that the server runs.`;
  return whyRefused({ status, server: baseUrl, model, prefix: 'OPENAI' });
}

interface Refusal {
  readonly status: number;
  readonly server: string;
  readonly model: string;
  /** Of the settings' names. */
  readonly prefix: 'OPENAI' | 'EMBEDDINGS';
}

/** What the statuses of OpenAI's protocol mean, and what to do. */
function whyRefused({ status, server, model, prefix }: Refusal): string {
  switch (status) {
    case 401:
    case 403:
      return `${server} refuses the key (status ${status}). Set ${prefix}_API_KEY to one that may use ${model}.`;
    case 400:
    case 404:
      return `${server} does not know ${model} (status ${status}). Name a model in ${prefix}_MODEL that it has, or check ${prefix}_BASE_URL.`;
    case 429:
      return `${server} takes no more questions for now (status 429). Look at the account’s limits and credit.`;
    default:
      return `${server} answers with status ${status}. Ask whoever runs it, or try again later.`;
  }
}

async function examineEmbeddings(settings: Config['embeddings']): Promise<Diagnostic> {
  if (!settings) return info(EMBEDDINGS, 'none are set up: what papers mean is learned from them here.');
  const { baseUrl, apiKey, model } = settings;
  if (baseUrl === undefined)
    return info(EMBEDDINGS, `${model} runs within the bot, whose log says when it cannot.`);
  const endpoint = openEndpoint({ baseUrl, apiKey, model, clock: systemClock });
  const text = { title: 'Attention Is All You Need', abstract: '' };
  try {
    const [vector] = await endpoint.embed([text], 'question', timeoutSignal(TIMEOUT_MS));
    return ok(EMBEDDINGS, `${model} answers, with ${vector?.length ?? 0} numbers a text`);
  } catch (error) {
    return failing(EMBEDDINGS, whyNoEmbeddings(error, model, baseUrl));
  }
}

function whyNoEmbeddings(error: unknown, model: string, server: string): string {
  if (!(error instanceof SourceError)) return `${messageOf(error)} Check EMBEDDINGS_BASE_URL.`;
  const status = STATUS[error.kind] ?? Number(/status (\d{3})/.exec(error.message)?.[1]);
  if (status >= 400 && status < 500) return whyRefused({ status, server, model, prefix: 'EMBEDDINGS' });
  return `${error.message} Check EMBEDDINGS_BASE_URL, which mostly ends with /v1, and that the server runs.`;
}

/** Where the kind says it all. */
const STATUS: Partial<Record<SourceError['kind'], number>> = { 'not-found': 404, 'rate-limited': 429 };
