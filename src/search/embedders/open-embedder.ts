/** The embedder that the settings name. */
import type { Clock } from '../../time/clock.ts';
import type { Embedder } from './embedding-provider.ts';
import { openEndpoint } from './endpoint.ts';
import { openLocal } from './local.ts';

interface EmbedderSettings {
  /** Absent for a model that runs in this process. */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly model: string;
}

export function openEmbedder({ baseUrl, apiKey, model }: EmbedderSettings, clock: Clock): Embedder {
  return baseUrl === undefined ? openLocal(model) : openEndpoint({ baseUrl, apiKey, model, clock });
}
