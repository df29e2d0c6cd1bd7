/** The search service over one open database: ranks papers by words and by similarity. */

import type { DatabaseConnection } from '../db/connection.ts';
import { searchText } from '../text/search-text.ts';
import { openWordSearch } from './matching/word-search.ts';
import type { NearestReader } from './nearest/nearest-reader.ts';
import {
  LONG_QUERY,
  type QueryWord,
  readQuery,
  readReference,
  scoredWords,
  type TextQuery,
} from './query/query.ts';
import { correctSpelling } from './query/spelling.ts';
import { allInTextOf, allOf, anyOf } from './query/word-match.ts';
import { type QueryTerm, toHit } from './ranking/hits.ts';
import { type RankedCandidate, rankCandidates, type WeightedQuery } from './ranking/ranking.ts';
import { openCandidateStore } from './retrieval/candidate-store.ts';
import { openCategoryStore } from './retrieval/category-store.ts';
import {
  type Condition,
  EVERYTHING,
  openConditionReader,
  openFilterStore,
} from './retrieval/filter-store.ts';
import { openSomeWords } from './retrieval/newest-store.ts';
import { FEW_WORDS, type Plan, planSteps, planText, type QueryStep } from './retrieval/plan.ts';
import {
  embedPapers,
  embedQuery,
  openNearestCandidates,
  type QueryEmbedding,
  type SemanticPlan,
} from './retrieval/query-embedding.ts';
import { openNoteReader } from './retrieval/saved-store.ts';
import { queryOfPapers } from './retrieval/similar.ts';
import { openSuggestionStore } from './retrieval/suggestion-store.ts';
import { openTermStore } from './retrieval/term-store.ts';
import { openVectorReader } from './retrieval/vector-reader-store.ts';
import { openVocabularyStore } from './retrieval/vocabulary-store.ts';
import type { SearchPage, SearchQuery, SearchService } from './search.ts';
import { foldWord, splitWords, stemOf } from './text/words.ts';
import { openWordIndexOf } from './word-index/index-reader.ts';

/**
 * Candidates to score, which is also the end of the last page. Recall needs 100; users do not read further.
 */
const MAX_CANDIDATES = 200;
/** For a long query, candidates are ranked by some words only, so the best papers may be further down. */
const SCORED_OF_LONG = 400;
/** For a short query, the order of candidates is close to ours, so lower results are not scored again. */
const SCORED_OF_SHORT = 50;
/** Limit for counting in an unscored list. */
const MAX_COUNTED = 1_000;
/**
 * A shorter title may also be a topic (“Continual Learning”): its papers are first, but not the only results.
 */
const DISTINCTIVE_TITLE_WORDS = 4;
const MAX_TITLE = 1_000;
/** Words of a paper that choose the sentence to show of a similar one. */
const SHOWN_TERMS = 24;

export interface WarmSearchService extends SearchService {
  /** @param given vector of the query from an external embedder */
  search(query: SearchQuery, given?: QueryEmbedding): Promise<SearchPage>;
  /** Reads the vocabulary for spelling corrections in advance. */
  warmUp(): Promise<void>;
}

/** In a thread, which starts before the database can be opened. */
export interface SearchThreadService extends WarmSearchService {
  /** Opens the database and the indexes in advance. */
  open(): Promise<void>;
}

type Page = Pick<SearchQuery, 'limit' | 'offset'>;

function mostScored({ isText = false }: WeightedQuery): number {
  return isText ? SCORED_OF_LONG : MAX_CANDIDATES;
}

/** The query without excluded words. In a text, a word counts as often as it occurs. */
function textToEmbed({ compounds }: TextQuery, words: readonly QueryWord[]): string {
  const timesOf = ({ times }: QueryWord) => (words.length > LONG_QUERY ? times : 1);
  const repeated = [...words, ...compounds].flatMap((word) => Array<string>(timesOf(word)).fill(word.text));
  return repeated.join(' ');
}

/**
 * Runs in the calling thread; the program uses it in `search-worker.ts`.
 * @param connection read-only is enough
 * @param nearest finds candidates by meaning, beside those by words
 */
export function openSearchService(
  connection: DatabaseConnection,
  index = openWordIndexOf(connection),
  nearest?: NearestReader,
): WarmSearchService {
  const candidates = openCandidateStore(connection);
  const categories = openCategoryStore(connection);
  const some = openSomeWords(connection);
  const terms = openTermStore(connection, index, some);
  const words = openWordSearch(connection, index, some);
  const filters = openFilterStore(connection, categories, (name) => words.inField('authors', name));
  const vectors = openVectorReader(connection);
  const byMeaning = nearest && openNearestCandidates(nearest, openConditionReader(connection));
  const vocabulary = openVocabularyStore(connection);
  const suggestions = openSuggestionStore(connection, words);
  const notes = openNoteReader(connection);

  function pageOf(
    by: SearchPage['by'],
    ranked: readonly RankedCandidate[],
    { limit, offset }: Page,
    {
      asked = [],
      state: semantic = 'none',
      embedWith,
    }: Partial<SemanticPlan> & { asked?: readonly QueryTerm[] } = {},
  ): SearchPage {
    const shown = ranked.slice(offset, offset + limit);
    const papers = candidates.papers(shown.map(({ pk }) => pk));
    const hits = papers.map((paper, at) => toHit(paper, shown[at] ?? { pk: 0, score: 0 }, asked));
    const found = { by, hits, semantic, ...(embedWith && { embedWith }) };
    return { ...found, total: ranked.length, totalIsFloor: ranked.length >= MAX_CANDIDATES };
  }

  function browse({ filter, sort, limit, offset }: SearchQuery): SearchPage {
    const condition = filters.toCondition(filter);
    const order = sort === 'votes' ? 'votes' : 'newest';
    const keys = candidates.passing(condition, order, limit, offset);
    const counted = candidates.countPassing(condition, MAX_COUNTED + 1);
    const ranked = keys.map((pk) => ({ pk, score: 0 }));
    return {
      ...pageOf('filter', ranked, { limit, offset: 0 }),
      total: Math.min(counted, MAX_COUNTED),
      totalIsFloor: counted > MAX_COUNTED,
    };
  }

  function matching(step: QueryStep, scored: WeightedQuery, condition: Condition, most: number): number[] {
    const { match, order } = step;
    return order === 'relevance'
      ? words.ranked(match, scored, condition, most)
      : words.listed(match, order, condition, most);
  }

  /** Returns one list of keys per step, until there are enough. */
  function find({ steps, enough }: Plan, scored: WeightedQuery, condition: Condition): number[][] {
    const groups: number[][] = [];
    const found = new Set<number>();
    for (const step of steps) {
      const keys = matching(step, scored, condition, mostScored(scored));
      groups.push(keys);
      for (const key of keys) found.add(key);
      if (found.size >= enough) break;
    }
    return groups;
  }

  function rank(
    groups: ReadonlyArray<readonly number[]>,
    asked: WeightedQuery,
    sort: SearchQuery['sort'],
    { model, semantic }: Partial<SemanticPlan> = {},
  ): RankedCandidate[] {
    const keys = [...new Set(groups.flat())].slice(0, mostScored(asked));
    const isShort = sort === 'relevance' && asked.terms.length <= FEW_WORDS;
    const scored = isShort ? keys.slice(0, SCORED_OF_SHORT) : keys;
    const ranked = rankCandidates(vectors.candidates(scored, model), asked, groups, sort, semantic);
    const rest = keys.slice(scored.length).map((pk) => ({ pk, score: 0 }));
    return [...ranked, ...rest].slice(0, MAX_CANDIDATES);
  }

  /** The words and vectors of papers as a query. */
  function likePapers(keys: readonly number[]) {
    const query = queryOfPapers(candidates.texts(keys), terms);
    const asked = terms.weigh(query.words);
    return { query, asked, embedded: embedPapers(vectors, keys) };
  }

  /** Ranks the others again if the abstract of a stored paper was pasted, because its title is known then. */
  function rankLike(groups: readonly number[][], itself: number): RankedCandidate[] {
    const { asked, embedded } = likePapers([itself]);
    const others = groups.map((group) => group.filter((pk) => pk !== itself));
    return rank(others, { terms: asked, isText: true }, 'relevance', embedded);
  }

  async function correctionOf(query: SearchQuery, typed: TextQuery): Promise<SearchPage['correction']> {
    const known = (word: string) => terms.papersWith(stemOf(foldWord(word))) > 0;
    const spellings = await vocabulary.current();
    const text = spellings && correctSpelling(searchText(query.text), typed, spellings, known);
    if (text === undefined) return undefined;
    const corrected = readQuery(text);
    const condition = filters.toCondition(query.filter);
    for (const match of [allOf(corrected), anyOf(corrected, corrected.words)]) {
      const total = words.count(match, condition, MAX_COUNTED);
      if (total > 0) return { text, total };
    }
    return undefined;
  }

  /**
   * A note that has all the words is the best answer to the person who wrote it. As with papers, some of the
   * words are only looked for while there are not enough candidates.
   */
  async function withNotes(
    groups: number[][],
    { filter: { saved, savedBy } }: SearchQuery,
    typed: TextQuery,
    enough: number,
  ): Promise<number[][]> {
    if (saved === undefined || savedBy === undefined) return groups;
    const all = await notes.all(typed, savedBy, saved, MAX_CANDIDATES);
    const found = new Set([all, ...groups].flat()).size;
    if (typed.words.length <= 1 || found >= enough) return [all, ...groups];
    return [all, ...groups, await notes.some(typed, savedBy, saved, MAX_CANDIDATES)];
  }

  async function searchWords(
    query: SearchQuery,
    typed: TextQuery,
    given?: QueryEmbedding,
  ): Promise<SearchPage> {
    const { sort } = query;
    const condition = filters.toCondition(query.filter);
    const titled = candidates.byTitle(query.text.slice(0, MAX_TITLE), condition, MAX_CANDIDATES);
    const typedWords = scoredWords(typed);
    const asked = terms.weigh(typedWords);
    const isText = typedWords.length > LONG_QUERY;
    const scored: WeightedQuery = isText
      ? { terms: asked, isText }
      : {
          terms: [...asked, ...terms.weighCompounds(typed.compounds)],
          pairs: terms.weighPairs(typedWords),
        };
    if (titled.length > 0 && splitWords(query.text).length >= DISTINCTIVE_TITLE_WORDS) {
      return pageOf('title', rank([titled], scored, sort), query, { asked });
    }
    const plan = planSteps(typed, sort, terms);
    const found = find(plan, scored, condition);
    const papers = sort === 'relevance' ? [titled, ...found] : found;
    const embedded: SemanticPlan =
      sort === 'relevance' ? embedQuery(vectors, textToEmbed(typed, typedWords), given) : { state: 'none' };
    const isQuestion = plan.steps.every(({ match: { all, none } }) => all.length + none.length === 0);
    const near = isQuestion && byMeaning?.beside(papers, embedded, condition, mostScored(scored));
    const groups = await withNotes(near || papers, query, typed, plan.enough);
    const first = rank(groups, scored, sort, embedded);
    const [itself] = first.filter(({ isItself }) => sort === 'relevance' && isItself === true);
    const ranked = itself ? [itself, ...rankLike(groups, itself.pk)].slice(0, MAX_CANDIDATES) : first;
    const page = pageOf('words', ranked, query, { asked, ...embedded });
    if (page.total > 0) return page;
    const correction = await correctionOf(query, typed);
    return { ...page, ...(correction && { correction }) };
  }

  return {
    warmUp: () => vocabulary.read(),

    async search(query, given) {
      const id = readReference(query.text);
      if (id !== undefined) {
        const named = candidates.byId(id, filters.toCondition(query.filter));
        const ranked = named.map((pk) => ({ pk, score: 1 }));
        return pageOf('reference', ranked, query);
      }
      if (query.text.trim() === '') return browse(query);
      const typed = readQuery(query.text);
      const wordless = typed.words.length === 0 && typed.phrases.length === 0;
      return wordless ? pageOf('words', [], query) : searchWords(query, typed, given);
    },

    async count({ text, filter }, limit) {
      const condition = filters.toCondition(filter);
      if (text.trim() === '') return candidates.countPassing(condition, limit);
      const typed = readQuery(text);
      const wordless = typed.words.length === 0 && typed.phrases.length === 0;
      return wordless ? 0 : words.count(allInTextOf(typed), condition, limit);
    },

    async similar({ ids, filter, ...page }) {
      const selves = [...new Set(ids.flatMap((id) => candidates.byId(id, EVERYTHING)))];
      const { query, asked, embedded } = likePapers(selves);
      if (query.words.length === 0) return pageOf('words', [], page);
      const scored: WeightedQuery = { terms: asked, isText: true };
      const condition = filters.toCondition(filter);
      const most = SCORED_OF_LONG + selves.length;
      const keys = matching(planText(query, terms), scored, condition, most);
      const groups = byMeaning?.beside([keys], embedded, condition, most) ?? [keys];
      const others = groups.flat().filter((pk) => !selves.includes(pk));
      const ranked = rank([others], scored, 'relevance', embedded);
      return pageOf('words', ranked, page, { asked: asked.slice(0, SHOWN_TERMS), ...embedded });
    },

    suggestPapers: async (typed, limit) => suggestions.papers(typed, limit),
    suggestAuthors: async (typed, limit) => suggestions.authors(typed, limit),
    suggestCategories: async (typed, limit) => categories.beginningWith(typed, limit),
  };
}
