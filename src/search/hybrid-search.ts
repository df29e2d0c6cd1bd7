/** Search with an external embedder: searches by words first, and then again with the vector of the query. */
import type { QueryEmbedderOf } from './embedders/query-embedders.ts';
import type { SearchService } from './search.ts';
import type { WarmSearchService } from './search-service.ts';

/** Repeats the search with the vector, if an embedder for the active model is available. */
export function withQueryEmbedder(
  search: WarmSearchService,
  queryEmbedderOf: QueryEmbedderOf,
): SearchService {
  return {
    async search(query) {
      const page = await search.search(query);
      if (!page.embedWith) return page;
      const vector = await queryEmbedderOf(page.embedWith)?.embed(query.text);
      return vector ? search.search(query, { ...page.embedWith, vector }) : page;
    },
    count: (query, limit) => search.count(query, limit),
    similar: (query) => search.similar(query),
    suggestPapers: (typed, limit) => search.suggestPapers(typed, limit),
    suggestAuthors: (typed, limit) => search.suggestAuthors(typed, limit),
    suggestCategories: (typed, limit) => search.suggestCategories(typed, limit),
  };
}
