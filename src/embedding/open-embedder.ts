/** The embedder that the settings name; none for the built-in one. */
import type { Clock } from '../clock.ts';
import { openEndpoint } from './endpoint.ts';
import { openLocal } from './local.ts';
import type { Embedder } from './port.ts';

interface EmbedderSettings {
  /** Absent for a model that runs in this process. */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly model: string;
}

export function openEmbedder(settings: EmbedderSettings | undefined, clock: Clock): Embedder | undefined {
  if (!settings) return undefined;
  const { baseUrl, apiKey, model } = settings;
  return baseUrl === undefined ? openLocal(model) : openEndpoint({ baseUrl, apiKey, model, clock });
}
