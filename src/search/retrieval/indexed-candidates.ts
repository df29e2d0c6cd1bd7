/**
 * Candidates from the word index, in place of FTS5, which reads all postings of a word. Phrases, authors and
 * queries of nothing but stop words are left to FTS5.
 */
import type { Matching } from '../postings/matching.ts';
import type { Restriction } from '../postings/segment-search.ts';
import type { TextQuery } from '../query/query.ts';
import type { WeightedTerm } from '../ranking/bm25.ts';
import type { WeightedQuery } from '../ranking/ranking.ts';
import { STOP_WORDS } from '../text/stop-words.ts';
import { termOf } from '../text/term-vector.ts';
import type { Ways } from '../text/units.ts';
import { foldWord, stemOf } from '../text/words.ts';
import type { WordIndexReader } from '../word-index/index-reader.ts';
import type { CandidateStore } from './candidate-store.ts';
import { type Condition, EVERYTHING } from './filter-store.ts';
import type { QueryStep } from './plan.ts';

export interface IndexedCandidates {
  /**
   * Returns the best candidates by words alone, the best first.
   * @returns `undefined` if the index is not ready, or cannot answer this
   */
  matching(
    step: QueryStep,
    query: TextQuery,
    scored: WeightedQuery,
    condition: Condition,
    limit: number,
  ): number[] | undefined;
}

export function openIndexedCandidates(
  index: WordIndexReader,
  candidates: Pick<CandidateStore, 'keysOf' | 'checkOf'>,
): IndexedCandidates {
  function restrictionOf(step: QueryStep, query: TextQuery, condition: Condition): Restriction | undefined {
    const matching = toMatching(step, query);
    if (matching === undefined || condition.hasAuthor === true) return undefined;
    const limits = matching === EVERY_PAPER ? {} : { matching };
    if (condition === EVERYTHING) return limits;
    const among = candidates.keysOf(condition);
    const passes = candidates.checkOf(condition);
    return { ...limits, ...(among && { among }), ...(passes && { passes }) };
  }

  return {
    matching(step, query, { terms, isText }, condition, limit) {
      if (step.order !== 'relevance') return undefined;
      return index.search((segments) => {
        const restriction = restrictionOf(step, query, condition);
        if (!restriction) return undefined;
        const profile = isText ? 'text' : 'question';
        return segments
          .rank(strongest(terms, isText), { profile, limit, ...restriction })
          .map(({ pk }) => pk);
      });
    },
  };
}

/** Words of a whole text that are looked up; more change nothing (docs/decisions/search.md). */
const MAX_WORDS_OF_TEXT = 60;

function strongest(terms: readonly WeightedTerm[], isText = false): readonly WeightedTerm[] {
  if (!isText) return terms;
  return terms.toSorted((a, b) => b.weight - a.weight).slice(0, MAX_WORDS_OF_TEXT);
}

/** Any paper with a word of the query. */
const EVERY_PAPER: Matching = { all: [] };

function toMatching({ wants }: QueryStep, query: TextQuery): Matching | undefined {
  const { words, phrases, units, excludedWays } = query;
  if (phrases.length > 0 || words.some(({ text }) => STOP_WORDS.has(foldWord(text)))) return undefined;
  const excluded = excludedWays.map(matchingOfWays);
  if (wants === 'any' && excluded.length === 0) return EVERY_PAPER;
  const wanted =
    wants === 'any'
      ? [{ any: words.map(({ stem }) => ({ term: termOf(stem) })) }]
      : units.map(({ ways }) => matchingOfWays(ways));
  const all = wanted.filter((each) => each !== undefined);
  const none = excluded.filter((each) => each !== undefined);
  return all.length === wanted.length && none.length === excluded.length ? { all, none } : undefined;
}

/** @returns `undefined` if words must be adjacent, or are not in the index */
function matchingOfWays(ways: Ways): Matching | undefined {
  const phrases = ways.flat();
  if (phrases.some((phrase) => phrase.includes(' ') || STOP_WORDS.has(foldWord(phrase)))) return undefined;
  const any = ways.map(
    (way): Matching => ({ all: way.map((word) => ({ term: termOf(stemOf(foldWord(word))) })) }),
  );
  const [only] = any;
  return any.length === 1 && only ? only : { any };
}
