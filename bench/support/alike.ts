/**
 * Papers that are alike, for similar papers and pasted abstracts: in a retrieval set, those that are relevant
 * to the same query; among arXiv papers, those of the same authors.
 */

import { readArxivPapers } from './papers.ts';
import type { RetrievalSet } from './retrieval-sets.ts';
import { readRetrievalSets, toArxivId } from './retrieval-sets.ts';

export interface AlikeQuery {
  /** Index of the paper. */
  readonly self: number;
  /** Gain of each paper like it, by the index of its record. Never empty. */
  readonly relevant: ReadonlyMap<number, number>;
}

export interface AlikeSet extends Pick<RetrievalSet, 'name' | 'records'> {
  readonly queries: readonly AlikeQuery[];
}

/** A paper without an abstract is no long query. */
const FEWEST_CHARACTERS = 200;
/** Left out of the texts that the shipped vectors are learned from. */
export const ARXIV_PAPERS = 10_000;
/** Two shared authors show a common subject; one may be a namesake. */
const SHARED = 2;
/** Names with more papers are several people. */
const MOST_PAPERS = 30;

export async function readAlikeSets(data: string): Promise<AlikeSet[]> {
  const sets = (await readRetrievalSets(data)).map(relevantTogether);
  const arxiv = await sameAuthors(data);
  return [...sets, ...(arxiv ? [arxiv] : [])].filter(({ queries }) => queries.length > 0);
}

function relevantTogether({ name, records, queries }: RetrievalSet): AlikeSet {
  const alike = new Map<number, Map<number, number>>();
  for (const { relevant } of queries) {
    for (const self of relevant.keys()) {
      for (const other of relevant.keys()) if (other !== self) add(alike, self, other);
    }
  }
  return { name, records, queries: queriesOf({ records }, alike, 1) };
}

async function sameAuthors(data: string): Promise<AlikeSet | undefined> {
  const papers = await readArxivPapers(data, ARXIV_PAPERS);
  if (!papers) return undefined;
  const byName = new Map<string, number[]>();
  for (const [index, { authors = [] }] of papers.entries()) {
    for (const name of new Set(authors)) byName.set(name, [...(byName.get(name) ?? []), index]);
  }
  const alike = new Map<number, Map<number, number>>();
  for (const indexes of byName.values()) {
    if (indexes.length > MOST_PAPERS) continue;
    for (const self of indexes) for (const other of indexes) if (other !== self) add(alike, self, other);
  }
  // Without authors, whose names the index would find.
  const records = papers.map(({ title, abstract }, index) => ({ id: toArxivId(index), title, abstract }));
  return { name: 'arxiv', records, queries: queriesOf({ records }, alike, SHARED) };
}

function add(alike: Map<number, Map<number, number>>, self: number, other: number): void {
  const others = alike.get(self) ?? new Map<number, number>();
  alike.set(self, others.set(other, (others.get(other) ?? 0) + 1));
}

function queriesOf(
  { records }: Pick<AlikeSet, 'records'>,
  alike: ReadonlyMap<number, ReadonlyMap<number, number>>,
  least: number,
): AlikeQuery[] {
  return [...alike]
    .sort(([a], [b]) => a - b)
    .map(([self, others]) => ({
      self,
      relevant: new Map([...others].filter(([, shared]) => shared >= least).map(([other]) => [other, 1])),
    }))
    .filter(({ self, relevant }) => {
      return relevant.size > 0 && (records[self]?.abstract.length ?? 0) >= FEWEST_CHARACTERS;
    });
}
