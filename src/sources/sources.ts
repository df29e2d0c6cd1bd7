/** The list of network sources. */
import type { PolledSource } from '../papers/source-names.ts';
import type { Clock } from '../time/clock.ts';
import { openArxivSource } from './arxiv/arxiv-source.ts';
import { openHuggingFaceSource } from './hugging-face/hugging-face-source.ts';
import { openSemanticScholarSource } from './semantic-scholar/semantic-scholar-source.ts';
import type { Source } from './source.ts';

export interface SourceSettings {
  /** The sources to open. */
  readonly sources: readonly PolledSource[];
  readonly huggingFace: { readonly endpoint: string; readonly token?: string | undefined };
  readonly arxiv: {
    readonly apiUrl: string;
    readonly rssUrl: string;
    readonly categories: readonly string[];
  };
  readonly semanticScholar: { readonly apiUrl: string; readonly apiKey?: string | undefined };
}

const OPENERS: Readonly<Record<PolledSource, (settings: SourceSettings, clock: Clock) => Source>> = {
  'hugging-face': ({ huggingFace }, clock) => openHuggingFaceSource({ ...huggingFace, clock }),
  arxiv: ({ arxiv }, clock) => openArxivSource({ ...arxiv, clock }),
  'semantic-scholar': ({ semanticScholar: { apiUrl, apiKey } }, clock) =>
    openSemanticScholarSource({ url: apiUrl, apiKey, clock }),
};

/** Opens each source once per process, because all callers share its rate limit. */
export function openSources(settings: SourceSettings, clock: Clock): Source[] {
  return settings.sources.map((name) => OPENERS[name](settings, clock));
}

export async function closeSources(sources: readonly Source[]): Promise<void> {
  await Promise.all(sources.map((source) => source.close?.()));
}
