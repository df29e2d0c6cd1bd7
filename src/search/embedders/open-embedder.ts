/** Opens the embedder from the settings. */
import type { Clock } from '../../time/clock.ts';
import type { Embedder } from './embedding-provider.ts';
import { openEndpoint } from './endpoint.ts';
import { openLocal } from './local.ts';

interface EmbedderSettings {
  /** Absent for a local model. */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly model: string;
}

export function openEmbedder({ baseUrl, apiKey, model }: EmbedderSettings, clock: Clock): Embedder {
  return baseUrl === undefined ? openLocal(model) : openEndpoint({ baseUrl, apiKey, model, clock });
}
