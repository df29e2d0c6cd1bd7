/** The list of network sources. */
import type { PolledSource } from '../papers/source-names.ts';
import type { OpenSharedPace } from '../resilience/rate-limiter.ts';
import type { Clock } from '../time/clock.ts';
import { type Arxiv, openArxiv } from './arxiv/arxiv.ts';
import { openArxivSource } from './arxiv/arxiv-source.ts';
import { openHarvestSource } from './arxiv/harvest-source.ts';
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
    readonly oaiUrl: string;
    readonly categories: readonly string[];
    readonly sets: readonly string[];
  };
  readonly semanticScholar: { readonly apiUrl: string; readonly apiKey?: string | undefined };
}

interface OpenOptions {
  readonly settings: SourceSettings;
  readonly clock: Clock;
  /** The one client of arXiv, whose rate limit is for all of its servers together. */
  readonly arxiv: () => Arxiv;
}

const OPENERS: Readonly<Record<PolledSource, (options: OpenOptions) => Source>> = {
  'hugging-face': ({ settings, clock }) => openHuggingFaceSource({ ...settings.huggingFace, clock }),
  arxiv: ({ settings, clock, arxiv }) =>
    openArxivSource({ arxiv: arxiv(), categories: settings.arxiv.categories, clock }),
  'arxiv-all': ({ settings, clock, arxiv }) =>
    openHarvestSource({ arxiv: arxiv(), sets: settings.arxiv.sets, clock }),
  'semantic-scholar': ({ settings, clock }) => {
    const { apiUrl, apiKey } = settings.semanticScholar;
    return openSemanticScholarSource({ url: apiUrl, apiKey, clock });
  },
};

/**
 * Opens each source once per process, because all callers share its rate limit.
 * @param openSharedPace for several processes: arXiv counts the requests of a whole site
 */
export function openSources(
  settings: SourceSettings,
  clock: Clock,
  openSharedPace?: OpenSharedPace,
): Source[] {
  let opened: Arxiv | undefined;
  const arxiv = () => {
    opened ??= openArxiv({ ...settings.arxiv, clock, ...(openSharedPace && { openSharedPace }) });
    return opened;
  };
  return settings.sources.map((name) => OPENERS[name]({ settings, clock, arxiv }));
}

export async function closeSources(sources: readonly Source[]): Promise<void> {
  await Promise.all(sources.map((source) => source.close?.()));
}
