/** Search with an embedder outside of the thread that searches: the answer by words is there before anybody waits for a vector. */
import type { Embedder } from '../embedding/port.ts';
import type { Questions } from '../embedding/questions.ts';
import type { SearchService } from './port.ts';
import type { WarmSearchService } from './search-service.ts';

/** Asks a second time with the question's place when the serving model is one that this embedder places questions for. */
export function withQuestions(
  search: WarmSearchService,
  { maker, name }: Pick<Embedder, 'maker' | 'name'>,
  questions: Questions,
): SearchService {
  return {
    async search(query) {
      const page = await search.search(query);
      if (page.meaning !== 'missing') return page;
      const vector = await questions.place(query.text);
      return vector ? search.search(query, { maker, name, vector }) : page;
    },
    similar: (id, limit, offset) => search.similar(id, limit, offset),
    suggestPapers: (typed, limit) => search.suggestPapers(typed, limit),
    suggestAuthors: (typed, limit) => search.suggestAuthors(typed, limit),
    suggestCategories: (typed, limit) => search.suggestCategories(typed, limit),
  };
}
