/** Opens the models that the settings name: a language model, and one that embeds. */
import type { Logger } from '../base/log.ts';
import type { Config } from '../config/config.ts';
import { openTextGenerator, type TextGenerator, type TextGeneratorOptions } from '../model/text-generator.ts';
import type { Embedder } from '../search/embedders/embedding-provider.ts';
import { openEmbedder } from '../search/embedders/open-embedder.ts';
import { openQueryEmbedders } from '../search/embedders/query-embedders.ts';
import { withQueryEmbedder } from '../search/hybrid-search.ts';
import type { SearchService } from '../search/search.ts';
import type { WarmSearchService } from '../search/search-service.ts';
import type { Clock } from '../time/clock.ts';

/** Loads the client on demand, because most installations have no language model. */
export async function openConfiguredGenerator(
  { languageModel }: Config,
  options: Pick<TextGeneratorOptions, 'budget' | 'clock' | 'log' | 'onOutcome'>,
): Promise<TextGenerator | undefined> {
  if (!languageModel) return undefined;
  const { openLanguageModel } = await import('../model/openai.ts');
  const { allowance, ...settings } = languageModel;
  return openTextGenerator({ ...options, model: openLanguageModel(settings), allowance });
}

interface QuerySearch {
  /** Absent with the built-in model. */
  readonly embedder?: Embedder;
  readonly search: SearchService;
}

/** Adds the configured embedder to the search. */
export function openQuerySearch(
  { embeddings }: Pick<Config, 'embeddings'>,
  search: WarmSearchService,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): QuerySearch {
  if (!embeddings) return { search };
  const embedder = openEmbedder(embeddings, clock);
  const embedders = openQueryEmbedders({
    embedder,
    openNamed: (model) => openEmbedder({ ...embeddings, model }, clock),
    clock,
    onChange: (model, answers) => log.warn({ model, answers }, 'embedder: state changed'),
  });
  return { embedder, search: withQueryEmbedder(search, embedders) };
}
