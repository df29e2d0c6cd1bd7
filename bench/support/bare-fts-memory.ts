/**
 * The plain index for whole texts, in memory: the same ranking as FTS5's `bm25()`, which takes up to a second
 * for the words of an abstract.
 */
import type { DatabaseConnection } from '../../src/db/connection.ts';

/** Constants of FTS5: https://www.sqlite.org/fts5.html#the_bm25_function */
const K1 = 1.2;
const B = 0.75;
/** FTS5 gives a word that is in more than half of the papers this rarity. */
const LEAST_IDF = 1e-6;
const TITLE = 2;

interface Instance {
  readonly term: string;
  readonly doc: number;
  readonly col: 'title' | 'abstract';
}

/**
 * Ranks papers for the words of a stored paper.
 * @param connection with the filled table `bare`
 */
export function openBareRanking(connection: DatabaseConnection, limit: number) {
  connection.exec("CREATE VIRTUAL TABLE bare_words USING fts5vocab (bare, 'instance')");
  // Counts by paper, in which a word of the title counts twice.
  const holders = new Map<string, Map<number, number>>();
  const lengths = new Map<number, number>();
  const words = new Map<number, Readonly<Record<Instance['col'], string[]>>>();
  const instances = connection.prepare<[], Instance>('SELECT term, doc, col FROM bare_words').iterate();
  for (const { term, doc, col } of instances) {
    const counts = holders.get(term) ?? new Map<number, number>();
    holders.set(term, counts.set(doc, (counts.get(doc) ?? 0) + (col === 'title' ? TITLE : 1)));
    lengths.set(doc, (lengths.get(doc) ?? 0) + 1);
    const own = words.get(doc) ?? { title: [], abstract: [] };
    own[col].push(term);
    words.set(doc, own);
  }
  const papers = lengths.size;
  const average = [...lengths.values()].reduce((sum, length) => sum + length, 0) / papers;

  /** As FTS5 does for words joined by OR: a word counts as often as it is in the text. */
  return (paper: number, columns: ReadonlyArray<Instance['col']>): number[] => {
    const times = new Map<string, number>();
    for (const term of columns.flatMap((col) => words.get(paper)?.[col] ?? [])) {
      times.set(term, (times.get(term) ?? 0) + 1);
    }
    const scores = new Map<number, number>();
    for (const [term, count] of times) {
      const counts = holders.get(term) ?? new Map<number, number>();
      const idf = Math.max(LEAST_IDF, Math.log((papers - counts.size + 0.5) / (counts.size + 0.5)));
      for (const [doc, frequency] of counts) {
        const length = (lengths.get(doc) ?? 0) / average;
        const score = (idf * frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * length));
        scores.set(doc, (scores.get(doc) ?? 0) + count * score);
      }
    }
    return [...scores]
      .sort(([docA, a], [docB, b]) => b - a || docA - docB)
      .slice(0, limit)
      .map(([doc]) => doc);
  };
}
