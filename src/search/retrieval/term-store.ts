/** Counts papers by stem. Cached, because SQLite reads the whole posting list to count it. */
import type { DatabaseConnection } from '../../db/connection.ts';
import { type Compound, LONG_QUERY, type QueryWord } from '../query/query.ts';
import { inverseFrequency, type WeightedTerm } from '../ranking/bm25.ts';
import type { QueryTerm } from '../ranking/hits.ts';
import { pairOf, termOf } from '../text/term-vector.ts';
import type { WordIndexReader } from '../word-index/index-reader.ts';
import { openSomeWords } from './newest-store.ts';
import type { SomeWords } from './word-search-port.ts';

export interface TermStore {
  /** Approximate number of papers; includes the few that were merged into others. */
  papers(): number;
  papersWith(stem: string): number;
  /** BM25 weights: rarity times the count in the query, or the root of the count in a short query. */
  weigh(words: readonly QueryWord[]): QueryTerm[];
  /** Weighs compounds by the rarer of their two words. */
  weighCompounds(compounds: readonly Compound[]): QueryTerm[];
  /** Weighs adjacent words by the less rare of the two. */
  weighPairs(words: readonly QueryWord[]): WeightedTerm[];
}

/** Reduced weight, because its two words and their pair count as well. */
const COMPOUND = 0.5;
const MAX_REMEMBERED = 100_000;
/** Growth of the store after which rarities are counted again. */
const GROWTH = 0.1;

/**
 * @param index counts papers without reading their list, once it is ready
 * @param some counts them until then, and those with a stop word
 */
export function openTermStore(
  connection: DatabaseConnection,
  index: WordIndexReader | undefined,
  some: Pick<SomeWords, 'papersWith' | 'papers'> = openSomeWords(connection),
): TermStore {
  const newest = connection.prepare<[], number | null>('SELECT max(pk) FROM papers').pluck();
  const remembered = new Map<string, number>();
  let countedAt = 0;

  function papers(): number {
    const now = newest.get() ?? 0;
    const stale = now < countedAt || now > countedAt * (1 + GROWTH);
    if (stale || remembered.size >= MAX_REMEMBERED) {
      remembered.clear();
      countedAt = now;
    }
    return now;
  }

  /** From the papers of a large store that are known. */
  function estimated(stem: string): number {
    return Math.ceil((some.papersWith(stem) * countedAt) / Math.max(1, some.papers(countedAt)));
  }

  function papersWith(stem: string): number {
    let known = remembered.get(stem);
    if (known === undefined) {
      // The index has no stop words.
      known = index?.search((segments) => segments.papersWith(termOf(stem))) || estimated(stem);
      remembered.set(stem, known);
    }
    return known;
  }

  return {
    papers,
    papersWith,
    weigh(words) {
      const all = papers();
      const isLong = words.length > LONG_QUERY;
      return words.map(({ text, stem, times }) => ({
        text,
        term: termOf(stem),
        weight: (isLong ? times : Math.sqrt(times)) * inverseFrequency(all, papersWith(stem)),
      }));
    },

    weighCompounds(compounds) {
      const all = papers();
      return compounds.map(({ text, stem, parts }) => {
        const rarities = parts.map((part) => inverseFrequency(all, papersWith(part)));
        return { text, term: termOf(stem), weight: COMPOUND * Math.max(...rarities) };
      });
    },

    weighPairs(words) {
      const all = papers();
      const rarity = ({ stem }: QueryWord) => inverseFrequency(all, papersWith(stem));
      return words.slice(1).flatMap((word, at) => {
        const before = words[at];
        if (!before) return [];
        const term = pairOf(termOf(before.stem), termOf(word.stem));
        return [{ term, weight: Math.min(rarity(before), rarity(word)) }];
      });
    },
  };
}
