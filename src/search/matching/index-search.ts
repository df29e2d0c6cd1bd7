/**
 * Finds papers by words with the word index. It has no stop words and no positions, so it finds the papers
 * with all words of a phrase, most of them as neighbours, and their texts are checked.
 */
import { sql } from 'kysely';
import type { DatabaseConnection } from '../../db/connection.ts';
import { isUnspaced } from '../../text/index-text.ts';
import type { Matching } from '../postings/matching.ts';
import type { Restriction } from '../postings/segment-search.ts';
import type { SegmentSet } from '../postings/segment-set.ts';
import type { ScoredKey } from '../postings/top-list.ts';
import type { WordMatch } from '../query/word-match.ts';
import type { WeightedTerm } from '../ranking/bm25.ts';
import {
  type Condition,
  EVERYTHING,
  type ListOrder,
  ORDERS,
  openConditionReader,
} from '../retrieval/filter-store.ts';
import { openTextChecks } from '../retrieval/text-check.ts';
import type { IndexSearch } from '../retrieval/word-search-port.ts';
import { type IndexedField, longestBeginning } from '../text/beginnings.ts';
import { neighbourTerm } from '../text/neighbours.ts';
import { toPhrase } from '../text/phrases.ts';
import { STOP_WORDS } from '../text/stop-words.ts';
import { termOf } from '../text/term-vector.ts';
import type { Ways } from '../text/units.ts';
import { beginningOf, foldWord, stemOf } from '../text/words.ts';
import type { WordIndexReader } from '../word-index/index-reader.ts';

/** Words of a whole text that are looked up; with more, results are no better (docs/decisions/index.md). */
const MAX_WORDS_OF_TEXT = 40;
/** More matches are not sorted: papers are read from the newest on until enough of them match. */
const MOST_SORTED = 5_000;

export function openIndexSearch(connection: DatabaseConnection, index: WordIndexReader): IndexSearch {
  const conditions = openConditionReader(connection);
  const texts = openTextChecks(connection);

  /** @returns `undefined` if the index knows none of the words */
  function restrictionOf(match: WordMatch, condition: Condition): Restriction | undefined {
    const limits = limitsOf(match);
    if (limits === undefined) return undefined;
    const isInText = limits.isExact ? undefined : texts.toCheck(match);
    const isPassing = condition === EVERYTHING ? undefined : conditions.checkOf(condition);
    const among = condition === EVERYTHING ? undefined : conditions.keysOf(condition);
    const passes = both(isPassing, isInText);
    return {
      ...(limits.matching && { matching: limits.matching }),
      ...(among && { among }),
      ...(passes && { passes }),
    };
  }

  /** Like `restrictionOf`, for a search that does not score papers by their words. */
  function unscored(match: WordMatch, condition: Condition): Restriction | undefined {
    const restriction = restrictionOf(match, condition);
    if (restriction === undefined || restriction.matching !== undefined) return restriction;
    return { ...restriction, matching: { any: match.any.flatMap(leavesOf) } };
  }

  /** Keys of the newest, or most voted, of given papers. */
  function first(keys: readonly number[], order: ListOrder, passes: (pk: number) => boolean, limit: number) {
    if (order === 'votes' || keys.length <= MOST_SORTED) {
      const sorted = sql`SELECT p.pk FROM json_each(${JSON.stringify(keys)}) k
        JOIN papers p ON p.pk = CAST(k.value AS BIGINT) ORDER BY ${ORDERS[order]}`;
      return conditions.first(sorted, passes, limit);
    }
    const wanted = new Set(keys);
    const all = sql`SELECT p.pk FROM papers p ORDER BY ${ORDERS.newest}`;
    return conditions.first(all, (pk) => wanted.has(pk) && passes(pk), limit);
  }

  return {
    ranked(match, { terms, isText = false }, condition, limit) {
      return index.search((segments) => {
        const restriction = restrictionOf(match, condition);
        if (!restriction) return undefined;
        const profile = isText ? 'text' : 'question';
        const looked = isText ? strongest(terms) : terms;
        const ranking = { profile, limit, ...restriction } as const;
        const best = firstPassing(segments, looked, ranking) ?? segments.rank(looked, ranking);
        // Without terms that they must have, the papers among given ones may have none of the words.
        return best.filter(({ score }) => restriction.matching || score > 0).map(({ pk }) => pk);
      });
    },

    listed(match, order, condition, limit) {
      return index.search((segments) => {
        const restriction = unscored(match, condition);
        if (!restriction) return undefined;
        const { passes = () => true, ...unchecked } = restriction;
        return first(everyMatch(segments, unchecked), order, passes, limit);
      });
    },

    count(match, condition, limit) {
      return index.search((segments) => {
        const restriction = unscored(match, condition);
        return restriction && segments.match(restriction, limit).length;
      });
    },

    among(match, keys) {
      return index.search((segments) => {
        const restriction = unscored(match, EVERYTHING);
        if (!restriction) return undefined;
        return everyMatch(segments, { ...restriction, among: Uint32Array.from(keys).sort() });
      });
    },

    holders(word) {
      return index.search((segments) => {
        const terms = termsOf(word);
        return terms.length === 0
          ? undefined
          : everyMatch(segments, { matching: { all: terms.map(toLeaf) } });
      });
    },

    inField(field, fieldWords, beginning) {
      return index.search((segments) => {
        const all = fieldWords.flatMap((word) => termsInField(field, word));
        if (beginning !== undefined) all.push(...termsBegunWith(field, beginning));
        return all.length === 0 ? undefined : everyMatch(segments, { matching: { all: all.map(toLeaf) } });
      });
    },
  };
}

/** How many times as many papers are ranked as are wanted, if a part of them passes. */
const RANKED_TIMES = 3;
/** Papers after which it is known how many pass. */
const SAMPLED = 60;

/**
 * Ranks more papers than are wanted, and checks the best ones. To check each paper that is among the best of
 * those before it takes several times as many checks.
 * @returns the same as `rank`; `undefined` if too few pass
 */
function firstPassing(
  segments: SegmentSet,
  terms: readonly WeightedTerm[],
  { passes, limit, ...ranking }: Parameters<SegmentSet['rank']>[1],
): ScoredKey[] | undefined {
  if (passes === undefined) return undefined;
  const ranked = segments.rank(terms, { ...ranking, limit: RANKED_TIMES * limit });
  const found: ScoredKey[] = [];
  for (const [at, each] of ranked.entries()) {
    if (passes(each.pk)) found.push(each);
    if (found.length === limit) return found;
    if (at === SAMPLED && found.length * RANKED_TIMES < SAMPLED) return undefined;
  }
  return ranked.length < RANKED_TIMES * limit ? found : undefined;
}

function everyMatch(segments: SegmentSet, restriction: Restriction): number[] {
  return segments.match(restriction, Number.POSITIVE_INFINITY);
}

function strongest(terms: readonly WeightedTerm[]): readonly WeightedTerm[] {
  return terms.toSorted((a, b) => b.weight - a.weight).slice(0, MAX_WORDS_OF_TEXT);
}

function both(
  first: ((pk: number) => boolean) | undefined,
  second: ((pk: number) => boolean) | undefined,
): ((pk: number) => boolean) | undefined {
  if (!first || !second) return first ?? second;
  return (pk) => first(pk) && second(pk);
}

interface Limits {
  /** Absent if every paper with a scored word may match. */
  readonly matching?: Matching;
  /** False if a paper within the limits may not match. */
  readonly isExact: boolean;
}

/** @returns `undefined` if the index has none of the words */
function limitsOf({ any, all, none, isInText = false }: WordMatch): Limits | undefined {
  const wanted = all.map(limitsOfWays);
  if (any.length > 0) {
    const isExact = any.every((word) => isOneTerm(word));
    wanted.push({ isExact, ...(isExact && { matching: { any: any.flatMap(leavesOf) } }) });
  }
  const unwanted = none.map(limitsOfWays);
  // To exclude more papers than meant would lose some.
  const excluded = unwanted.flatMap(({ matching, isExact }) => (matching && isExact ? [matching] : []));
  const known = wanted.flatMap(({ matching }) => matching ?? []);
  if (known.length === 0) return undefined;
  const isExact = !isInText && [...wanted, ...unwanted].every((each) => each.isExact);
  if (all.length === 0 && none.length === 0) return { isExact };
  return { matching: { all: known, none: excluded }, isExact };
}

function limitsOfWays(ways: Ways): Limits {
  const phrases = ways.flat();
  const isExact = phrases.every((phrase) => isOneTerm(phrase));
  const leaves = ways.map((way) => way.flatMap(leavesOf));
  // A way of nothing but stop words may be in any paper.
  if (leaves.some((each) => each.length === 0)) return { isExact: false };
  const any = leaves.map((each): Matching => ({ all: each }));
  const [only] = any;
  return { matching: any.length === 1 && only ? only : { any }, isExact };
}

function isOneTerm(phrase: string): boolean {
  return !phrase.includes(' ') && leavesOf(phrase).length === 1;
}

/** What the index knows of a phrase: its words that are not stop words, and which of them are neighbours. */
function leavesOf(phrase: string): Matching[] {
  const terms = phrase.split(' ').flatMap(termsOf);
  const neighbours = terms.flatMap((term, at) => {
    const before = terms[at - 1];
    return before && term ? [neighbourTerm(before, term)] : [];
  });
  return [...terms.filter((term) => term !== STOP_WORD), ...neighbours].map(toLeaf);
}

const STOP_WORD = 0;

/** The terms of a word, mostly one. */
function termsOf(word: string): number[] {
  return STOP_WORDS.has(foldWord(word)) ? [STOP_WORD] : toPhrase(word).stems.map(termOf);
}

/** Two Chinese, Japanese or Korean signs are a whole word. */
function termsBegunWith(field: IndexedField, beginning: string): number[] {
  const whole = beginning.length > 1 && isUnspaced(beginning) ? termsOf(beginning) : [];
  return [longestBeginning(field, beginning) ?? [], whole].flat();
}

/** The word itself can be anywhere in the paper; its beginning says that it is in the field. */
function termsInField(field: IndexedField, word: string): number[] {
  // An initial is the beginning of a name.
  if (field === 'authors' && word.length === 1) return [];
  const anywhere = termsOf(word).filter((term) => term !== STOP_WORD);
  // Names and stop words are as they are.
  const isWhole = field === 'authors' || anywhere.length === 0;
  const begun = isWhole ? word : beginningOf(stemOf(word));
  return [longestBeginning(field, begun) ?? [], anywhere].flat();
}

function toLeaf(term: number): Matching {
  return { term };
}
