/** How many papers hold a stem. SQLite counts by reading the whole list of them, so what it said is remembered. */
import type { Connection } from '../../db/open.ts';
import { type Compound, LONG_QUERY, type QueryWord } from '../query/query.ts';
import { inverseFrequency, type WeightedTerm } from '../ranking/bm25.ts';
import type { QueryTerm } from '../ranking/hits.ts';
import { pairOf, termOf } from '../text/term-vector.ts';

export interface TermStore {
  /** About how many papers there are: the few that were merged into others count too. */
  papers(): number;
  papersWith(stem: string): number;
  /** BM25 weights: rarity times the count in the query, or the root of the count in a short query. */
  weigh(words: readonly QueryWord[]): QueryTerm[];
  /** Joined forms: of each it is known that its rarer word is no rarer. */
  weighCompounds(compounds: readonly Compound[]): QueryTerm[];
  /** Neighbours among the words, as common as the more common of the two. */
  weighPairs(words: readonly QueryWord[]): WeightedTerm[];
}

/** Its two words count already, and what they count side by side. */
const COMPOUND = 0.5;
const MAX_REMEMBERED = 100_000;
/** Rarities change slowly: only a store that has grown by this part is counted again. */
const GROWTH = 0.1;

export function openTermStore(connection: Connection): TermStore {
  const newest = connection.prepare<[], number | null>('SELECT max(pk) FROM papers').pluck();
  const count = connection
    .prepare<[string], number>('SELECT doc FROM papers_fts_terms WHERE term = ?')
    .pluck();
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

  function papersWith(stem: string): number {
    let known = remembered.get(stem);
    if (known === undefined) {
      known = count.get(stem) ?? 0;
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
