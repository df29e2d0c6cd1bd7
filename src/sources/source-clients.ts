/** The sources that are asked over the network, as the settings name them. */
import type { Clock } from '../time/clock.ts';
import { type Arxiv, openArxiv } from './arxiv/arxiv.ts';
import { type HuggingFace, openHuggingFace } from './hugging-face/hugging-face.ts';
import type { PolledSource } from './labels.ts';
import { openSemanticScholar, type SemanticScholar } from './semantic-scholar.ts';

export interface SourceClientsOptions {
  readonly sources: readonly PolledSource[];
  readonly huggingFace: { readonly endpoint: string; readonly token?: string | undefined };
  readonly arxiv: { readonly apiUrl: string; readonly rssUrl: string };
  readonly semanticScholar: { readonly apiUrl: string; readonly apiKey?: string | undefined };
}

/** One client a source for the whole process: arXiv's pace counts over everything that asks. */
export interface SourceClients {
  readonly huggingFace?: HuggingFace;
  readonly arxiv?: Arxiv;
  readonly semanticScholar?: SemanticScholar;
  close(): Promise<void>;
}

export function openSourceClients(
  { sources, huggingFace, arxiv, semanticScholar }: SourceClientsOptions,
  clock: Clock,
): SourceClients {
  const { endpoint, token } = huggingFace;
  const { apiUrl, apiKey } = semanticScholar;
  const openedArxiv = sources.includes('arxiv') ? openArxiv({ ...arxiv, clock }) : undefined;
  return {
    ...(sources.includes('hugging-face') && {
      huggingFace: openHuggingFace({ endpoint, clock, ...(token !== undefined && { token }) }),
    }),
    ...(openedArxiv && { arxiv: openedArxiv }),
    ...(sources.includes('semantic-scholar') && {
      semanticScholar: openSemanticScholar({ url: apiUrl, clock, ...(apiKey !== undefined && { apiKey }) }),
    }),
    close: async () => openedArxiv?.close(),
  };
}
