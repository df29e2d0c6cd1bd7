/** Finds papers that may be recommended: by the words of an interest, and by people who saved the same. */
import type { DatabaseConnection } from '../db/connection.ts';
import { openWordSearch } from '../search/matching/word-search.ts';
import { readQuery, scoredWords } from '../search/query/query.ts';
import { allOf, anyOf, type WordMatch } from '../search/query/word-match.ts';
import { inverseFrequency } from '../search/ranking/bm25.ts';
import { openCandidateStore } from '../search/retrieval/candidate-store.ts';
import { openCategoryStore } from '../search/retrieval/category-store.ts';
import { type Condition, EVERYTHING, openFilterStore } from '../search/retrieval/filter-store.ts';
import { openSomeWords } from '../search/retrieval/newest-store.ts';
import { openTermStore } from '../search/retrieval/term-store.ts';
import { termOf } from '../search/text/term-vector.ts';
import { foldedWords, stemOf } from '../search/text/words.ts';
import { openWordIndexOf } from '../search/word-index/index-reader.ts';
import { strongestTerms, type TermWeights } from './ranking/interests.ts';
import type { RecommendQuery } from './recommend.ts';

interface PaperText {
  readonly title: string;
  readonly abstract: string;
}

/** Terms that are looked up. With 48 or 100, the benchmark finds the same papers. */
const MOST_TERMS = 24;
/** Terms to choose from, so that common ones can be passed over. */
const TERMS_READ = 40;
/** Entries of the index to read, as a share of all papers, and at least. Common terms are passed over. */
const ENTRIES_READ = 0.6;
const FEWEST_ENTRIES = 20_000;
/** Entries below which common terms are looked up, too; how many, and their weight. */
const FEWEST_HELD = 20;
const MOST_COMMON = 6;
const COMMON = 0.01;
/** A term that takes more than this share of them, or that more than this share of all papers have. */
const TOO_COMMON = { entries: 1 / 3, papers: 0.4 } as const;
const MOST_FOUND = 200;
/** The best ones with each word, so that each interest has some. */
const FOUND_BY_WORD = 6;
/** More are found than needed, because papers that the person knows match best. */
const MOST_KNOWN = 600;
/** The newest papers are searched on their own too, as few of them are among the best of all. */
const NEW_KEYS = 3_000;
const NEW_FOUND = 60;
/** With fewer papers that have all words of the subject, any of them counts. */
const FEWEST_ON_SUBJECT = 10;
/** Watched authors, and papers of each. */
const MOST_AUTHORS = 10;
const OF_AUTHOR = 5;
const MOST_REMEMBERED = 40_000;

export function openCandidateFinder(connection: DatabaseConnection) {
  const index = openWordIndexOf(connection);
  const candidates = openCandidateStore(connection);
  const some = openSomeWords(connection);
  const terms = openTermStore(connection, index, some);
  const words = openWordSearch(connection, index, some);
  const categories = openCategoryStore(connection);
  const filters = openFilterStore(connection, categories, (name) => words.inField('authors', name));
  const wordOf = new Map<number, string>();

  function learnWords({ title, abstract }: PaperText): void {
    if (wordOf.size > MOST_REMEMBERED) wordOf.clear();
    for (const word of foldedWords(`${title} ${abstract}`)) wordOf.set(termOf(stemOf(word)), word);
  }

  /** The index is searched by words, but an interest has only terms. */
  function toWords(
    interest: ReadonlyMap<number, number>,
    sources: readonly TermWeights[],
    textsWith: (terms: number[]) => PaperText[],
  ): Array<{ readonly word: string; readonly weight: number }> {
    const strongest = strongestTerms(interest, sources, TERMS_READ);
    const unknown = strongest.filter((term) => !wordOf.has(term));
    if (unknown.length > 0) for (const text of textsWith(unknown)) learnWords(text);
    const papers = terms.papers();
    const most = Math.max(FEWEST_ENTRIES, papers * ENTRIES_READ);
    const isTooCommon = (held: number) =>
      held > most * TOO_COMMON.entries || held > papers * TOO_COMMON.papers;
    let entries = 0;
    const chosen = strongest
      .flatMap((term) => {
        const word = wordOf.get(term);
        const held = word === undefined ? 0 : terms.papersWith(stemOf(word));
        if (word === undefined || isTooCommon(held) || entries + held > most) return [];
        entries += held;
        return [{ word, weight: (interest.get(term) ?? 0) * inverseFrequency(papers, held) }];
      })
      .slice(0, MOST_TERMS);
    if (entries >= FEWEST_HELD) return chosen;
    // In a small store about one subject, all papers have the same words.
    const common = strongest.flatMap((term) => wordOf.get(term) ?? []).slice(0, MOST_COMMON);
    return [...chosen, ...common.map((word) => ({ word, weight: COMMON }))];
  }

  async function aboutSubject(text: string, condition: Condition): Promise<number[]> {
    const query = readQuery(text);
    if (query.words.length === 0 && query.phrases.length === 0) return [];
    const scored = { terms: terms.weigh(scoredWords(query)) };
    const find = (match: WordMatch) => words.ranked(match, scored, condition, MOST_FOUND);
    const strict = find(allOf(query));
    if (strict.length >= FEWEST_ON_SUBJECT) return strict;
    return [...new Set([...strict, ...find(anyOf(query, query.words))])];
  }

  return {
    toCondition: (filter: RecommendQuery['filter']) => filters.toCondition(filter),

    /**
     * The papers with most of the interest's terms, and the same among the newest.
     * @param textsWith texts in which these terms occur
     * @param known papers that are left out
     */
    async byWords(
      interest: ReadonlyMap<number, number>,
      sources: readonly TermWeights[],
      textsWith: (terms: number[]) => PaperText[],
      condition: Condition,
      known: ReadonlySet<number>,
    ): Promise<number[]> {
      const chosen = toWords(interest, sources, textsWith);
      if (chosen.length === 0) return [];
      if (condition !== EVERYTHING) {
        const match: WordMatch = { any: chosen.map(({ word }) => word), all: [], none: [] };
        const scored = chosen.map(({ word, weight }) => ({ term: termOf(stemOf(word)), weight }));
        return words.ranked(
          match,
          { terms: scored },
          condition,
          MOST_FOUND + Math.min(known.size, MOST_KNOWN),
        );
      }
      const papers = terms.papers();
      const scores = new Float32Array(papers + 1);
      const holders = chosen.map(({ word }) => words.holders(word));
      for (const [at, { weight }] of chosen.entries()) {
        for (const key of holders[at] ?? []) scores[key] = (scores[key] ?? 0) + weight;
      }
      for (const key of known) scores[key] = 0;
      const all = keysFrom(scores, 0);
      return [
        ...new Set([
          ...highest(all, scores, MOST_FOUND),
          ...highest(keysFrom(scores, Math.max(1, papers - NEW_KEYS)), scores, NEW_FOUND),
          ...holders.flatMap((keys) => highest(keys, scores, FOUND_BY_WORD)),
        ]),
      ];
    },

    aboutSubject,

    /** The newest papers of these authors, with the name. */
    writtenBy(authors: readonly string[], filter: RecommendQuery['filter']): ReadonlyMap<number, string> {
      const found = new Map<number, string>();
      for (const author of authors.slice(0, MOST_AUTHORS)) {
        const condition = filters.toCondition({ ...filter, author });
        for (const key of candidates.passing(condition, 'newest', OF_AUTHOR, 0)) found.set(key, author);
      }
      return found;
    },

    papersOf: (keys: readonly number[]) => candidates.papers(keys),
    NEW_KEYS,
  };
}

/** The keys that have a score. */
function keysFrom(scores: Float32Array, from: number): number[] {
  const keys: number[] = [];
  for (let key = from; key < scores.length; key++) if ((scores[key] as number) > 0) keys.push(key);
  return keys;
}

/** The keys with the highest scores above 0. */
function highest(keys: readonly number[], scores: Float32Array, count: number): number[] {
  // Keeps few, because sorting all of them takes long.
  const best: number[] = [];
  let least = 0;
  for (const key of keys) {
    if ((scores[key] as number) <= least) continue;
    best.push(key);
    if (best.length < 2 * count) continue;
    sortBy(best, scores);
    best.length = count;
    least = scores[best[count - 1] as number] as number;
  }
  return sortBy(best, scores).slice(0, count);
}

function sortBy(keys: number[], scores: Float32Array): number[] {
  return keys.sort((a, b) => (scores[b] as number) - (scores[a] as number) || b - a);
}
