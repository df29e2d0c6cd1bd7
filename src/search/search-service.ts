/** Search over one open database: what somebody typed becomes a page of papers. */
import type { Connection } from '../db/open.ts';
import type { WeightedTerm } from './bm25.ts';
import { openCandidateStore } from './candidate-store.ts';
import { openCategoryStore } from './category-store.ts';
import { openFilterStore } from './filter-store.ts';
import { planSteps, type Step } from './plan.ts';
import type { SearchHit, SearchPage, SearchQuery, SearchService } from './port.ts';
import { readQuery, scoredWords, type TextQuery, toMatch } from './query.ts';
import { type Ranked, rankCandidates } from './ranking.ts';
import { readReference } from './reference.ts';
import { tellingTerms } from './similar.ts';
import { chooseSnippet } from './snippet.ts';
import { correctSpelling } from './spelling.ts';
import { openSuggestionStore } from './suggestion-store.ts';
import { openTermStore } from './term-store.ts';
import { openVocabularyStore } from './vocabulary-store.ts';
import { foldWord, splitWords, stemOf } from './words.ts';

/** Candidates that are scored, and so the end of the last page: nobody reads further, and 100 are needed for recall. */
const MAX_CANDIDATES = 200;
/** Where counting stops when nothing is scored. */
const MAX_COUNTED = 1_000;
/** A title of fewer words is as likely a subject (“Continual Learning”): its papers come first, but not alone. */
const TELLING_TITLE_WORDS = 4;
const MAX_TITLE = 1_000;

export interface WarmSearchService extends SearchService {
  /** Reads ahead what the first corrections of spelling need; resolves when it is there. */
  warmUp(): Promise<void>;
}

type Page = Pick<SearchQuery, 'limit' | 'offset'>;
type Condition = ReturnType<ReturnType<typeof openFilterStore>['toCondition']>;

/**
 * Answers in the calling thread: the program runs it in search-thread.ts.
 * @param connection read-only is enough
 */
export function openSearchService(connection: Connection): WarmSearchService {
  const candidates = openCandidateStore(connection);
  const categories = openCategoryStore(connection);
  const filters = openFilterStore(connection, categories);
  const terms = openTermStore(connection);
  const vocabulary = openVocabularyStore(connection);
  const suggestions = openSuggestionStore(connection);

  async function hitsOf(ranked: readonly Ranked[], weighted: readonly WeightedTerm[]): Promise<SearchHit[]> {
    const papers = await candidates.papers(ranked.map(({ pk }) => pk));
    return papers.map((paper, at) => {
      const snippet = chooseSnippet(paper.abstract, weighted);
      return { paper, score: ranked[at]?.score ?? 0, ...(snippet !== undefined && { snippet }) };
    });
  }

  async function pageOf(
    by: SearchPage['by'],
    ranked: readonly Ranked[],
    { limit, offset }: Page,
    weighted: readonly WeightedTerm[] = [],
  ): Promise<SearchPage> {
    const hits = await hitsOf(ranked.slice(offset, offset + limit), weighted);
    return { by, hits, total: ranked.length, totalIsFloor: ranked.length >= MAX_CANDIDATES };
  }

  async function browse({ filter, sort, limit, offset }: SearchQuery): Promise<SearchPage> {
    const condition = filters.toCondition(filter);
    const order = sort === 'votes' ? 'votes' : 'newest';
    const keys = await candidates.passing(condition, order, limit, offset);
    const counted = await candidates.countPassing(condition, MAX_COUNTED + 1);
    return {
      by: 'filter',
      hits: await hitsOf(
        keys.map((pk) => ({ pk, score: 0 })),
        [],
      ),
      total: Math.min(counted, MAX_COUNTED),
      totalIsFloor: counted > MAX_COUNTED,
    };
  }

  /** One list of keys a step, until there are enough. */
  async function find(steps: readonly Step[], enough: number, condition: Condition): Promise<number[][]> {
    const groups: number[][] = [];
    const found = new Set<number>();
    for (const { match, order } of steps) {
      const keys = await candidates.matching(match, condition, order, MAX_CANDIDATES);
      groups.push(keys);
      for (const key of keys) found.add(key);
      if (found.size >= enough) break;
    }
    return groups;
  }

  async function rank(
    groups: ReadonlyArray<readonly number[]>,
    weighted: readonly WeightedTerm[],
    sort: SearchQuery['sort'],
  ): Promise<Ranked[]> {
    const keys = [...new Set(groups.flat())].slice(0, MAX_CANDIDATES);
    return rankCandidates(await candidates.texts(keys), weighted, groups, sort);
  }

  async function correctionOf(query: SearchQuery, typed: TextQuery): Promise<SearchPage['correction']> {
    const known = (word: string) => terms.papersWith(stemOf(foldWord(word))) > 0;
    const words = await vocabulary.current();
    const text = words && correctSpelling(query.text, typed, words, known);
    if (text === undefined) return undefined;
    const corrected = readQuery(text);
    const condition = filters.toCondition(query.filter);
    for (const operator of ['AND', 'OR'] as const) {
      const match = toMatch(corrected, corrected.words, operator);
      const total = await candidates.countMatching(match, condition, MAX_COUNTED);
      if (total > 0) return { text, total };
    }
    return undefined;
  }

  async function searchWords(query: SearchQuery, typed: TextQuery): Promise<SearchPage> {
    const condition = filters.toCondition(query.filter);
    const titled = await candidates.byTitle(query.text.slice(0, MAX_TITLE), condition, MAX_CANDIDATES);
    const weighted = terms.weigh(scoredWords(typed));
    if (titled.length > 0 && splitWords(query.text).length >= TELLING_TITLE_WORDS) {
      return pageOf('title', await rank([titled], weighted, query.sort), query, weighted);
    }
    const { steps, enough } = planSteps(typed, query.sort, terms);
    const found = await find(steps, enough, condition);
    const groups = query.sort === 'relevance' ? [titled, ...found] : found;
    const page = await pageOf('words', await rank(groups, weighted, query.sort), query, weighted);
    if (page.total > 0) return page;
    const correction = await correctionOf(query, typed);
    return { ...page, ...(correction && { correction }) };
  }

  return {
    warmUp: () => vocabulary.read(),

    async search(query) {
      const id = readReference(query.text);
      if (id !== undefined) {
        const named = await candidates.byId(id, filters.toCondition(query.filter));
        return pageOf(
          'reference',
          named.map((pk) => ({ pk, score: 1 })),
          query,
        );
      }
      if (query.text.trim() === '') return browse(query);
      const typed = readQuery(query.text);
      const wordless = typed.words.length === 0 && typed.phrases.length === 0;
      return wordless ? pageOf('words', [], query) : searchWords(query, typed);
    },

    async similar(id, limit, offset) {
      const everything = filters.toCondition({});
      const [self] = await candidates.byId(id, everything);
      const [text] = self === undefined ? [] : await candidates.texts([self]);
      if (text === undefined) return pageOf('words', [], { limit, offset });
      const telling = tellingTerms(text, terms);
      if (telling.words.length === 0) return pageOf('words', [], { limit, offset });
      const match = toMatch({ words: telling.words, phrases: [], excluded: [] }, telling.words, 'OR');
      const keys = await candidates.matching(match, everything, 'relevance', MAX_CANDIDATES + 1);
      const others = keys.filter((pk) => pk !== self);
      return pageOf(
        'words',
        await rank([others], telling.terms, 'relevance'),
        { limit, offset },
        telling.terms,
      );
    },

    suggestPapers: async (typed, limit) => suggestions.papers(typed, limit),
    suggestAuthors: async (typed, limit) => suggestions.authors(typed, limit),
    suggestCategories: async (typed, limit) => categories.beginningWith(typed, limit),
  };
}
