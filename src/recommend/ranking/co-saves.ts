/**
 * Papers that the same people saved. Item-based collaborative filtering (Sarwar et al., 2001) with shrinkage,
 * and with less weight for people who saved much (Karypis, 2001). It counts people and names nobody.
 */

/** A saved paper, a note or a liked paper, and how much it says. */
export interface WeightedPaper {
  readonly paper: number;
  readonly weight: number;
}

export interface CoSaves {
  /** Scores of papers that enough people saved together with these. */
  scores(of: readonly WeightedPaper[]): Map<number, number>;
  /** The one of these papers that most people saved together with `paper`, if these are enough people. */
  closest(paper: number, of: readonly WeightedPaper[]): number | undefined;
}

/**
 * People who must have saved both papers. So nothing in a list shows what one or two people saved: in a small
 * group, recommendations come from the words of papers alone.
 */
export const FEWEST_READERS = 3;
/** Pairs that few people saved are less certain. */
const SHRINKAGE = 4;
/** How far the popularity of the recommended paper is divided out; the rest is that of the saved one. */
const POPULARITY = 0.3;
/** People of one paper, and papers of one person, the newest. More add time and no knowledge. */
const MOST_COUNTED = { people: 100, papers: 500 } as const;

/**
 * @param people numbers of people from 0, one for each save
 * @param papers keys of papers, one for each save; no save occurs twice
 */
export function toCoSaves(people: Uint32Array, papers: Uint32Array): CoSaves {
  const byPerson = groupBy(people, papers);
  const byPaper = groupBy(papers, people);
  const sizeOf = (person: number) => byPerson.starts[person + 1] as number;
  const trust = Float32Array.from(
    { length: byPerson.starts.length - 1 },
    (_, person) => 1 / Math.sqrt(Math.max(1, sizeOf(person) - (byPerson.starts[person] as number))),
  );
  const popularity = new Float32Array(byPaper.starts.length);
  for (let at = 0; at < papers.length; at++) {
    const paper = papers[at] as number;
    popularity[paper] = (popularity[paper] as number) + (trust[people[at] as number] as number);
  }
  const commonness = popularity.map((people) => people ** POPULARITY);
  const scored = new Float32Array(byPaper.starts.length);
  const together = new Float32Array(byPaper.starts.length);
  const counts = new Uint16Array(byPaper.starts.length);

  /** Calls `visit` with each paper that somebody saved together with `paper`. */
  function neighbours(paper: number, visit: (other: number, weight: number, people: number) => void): void {
    const touched: number[] = [];
    for (const person of membersOf(byPaper, paper, MOST_COUNTED.people)) {
      const weight = trust[person] as number;
      for (const other of membersOf(byPerson, person, MOST_COUNTED.papers)) {
        if (counts[other] === 0) touched.push(other);
        counts[other] = (counts[other] as number) + 1;
        together[other] = (together[other] as number) + weight;
      }
    }
    for (const other of touched) {
      if (other !== paper) visit(other, together[other] as number, counts[other] as number);
      counts[other] = 0;
      together[other] = 0;
    }
  }

  return {
    scores(of) {
      const touched: number[] = [];
      let sum = 0;
      for (const { paper, weight } of of) {
        sum += weight;
        const factor = weight / (popularity[paper] ?? 0) ** (1 - POPULARITY);
        neighbours(paper, (other, shared, readers) => {
          if (readers < FEWEST_READERS) return;
          const before = scored[other] as number;
          if (before === 0) touched.push(other);
          const certain = readers / (readers + SHRINKAGE);
          scored[other] = before + (factor * shared * certain) / (commonness[other] as number);
        });
      }
      const scores = new Map<number, number>();
      for (const paper of touched) {
        scores.set(paper, (scored[paper] as number) / Math.sqrt(sum));
        scored[paper] = 0;
      }
      return scores;
    },

    closest(paper, of) {
      const wanted = new Set(of.map((each) => each.paper));
      let best: number | undefined;
      let most = FEWEST_READERS - 1;
      neighbours(paper, (other, _, readers) => {
        if (readers <= most || !wanted.has(other)) return;
        best = other;
        most = readers;
      });
      return best;
    },
  };
}

/** Members of group n are at `starts[n]` to `starts[n + 1]`. */
interface Groups {
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
}

function groupBy(keys: Uint32Array, members: Uint32Array): Groups {
  const last = keys.reduce((most, key) => Math.max(most, key), -1);
  const starts = new Uint32Array(last + 2);
  for (const key of keys) starts[key + 1] = (starts[key + 1] as number) + 1;
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  const next = starts.slice();
  const grouped = new Uint32Array(members.length);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as number;
    grouped[next[key] as number] = members[at] as number;
    next[key] = (next[key] as number) + 1;
  }
  return { starts, members: grouped };
}

/** The last ones, at most `most`. */
function membersOf({ starts, members }: Groups, key: number, most: number): Uint32Array {
  const from = starts[key] ?? members.length;
  const to = starts[key + 1] ?? from;
  return members.subarray(Math.max(from, to - most), to);
}
