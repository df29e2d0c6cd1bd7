/**
 * How much closeness in meaning should count for an embedder, found on the store itself: titles are taken off some papers and
 * asked for, and the share that finds their papers best among the others is taken. Nobody has to judge anything.
 */

import type { EmbeddedText } from '../embedders/embedding-provider.ts';
import { inverseFrequency, scoreProfiles } from '../ranking/bm25.ts';
import { fuseScores } from '../ranking/fusion.ts';
import { type Profile, toProfile } from '../text/term-vector.ts';
import { pack, toUnit } from '../text/vector.ts';

/** A paper without its title, and that title. */
export interface HeldOut {
  readonly question: EmbeddedText;
  readonly rest: EmbeddedText;
}

/** Each with its place; where one has none, neither counts. */
export type Rehearsal = ReadonlyArray<
  HeldOut & {
    readonly questionPlace: Float32Array | undefined;
    readonly restPlace: Float32Array | undefined;
  }
>;

const SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
/** Titles flatter: where 0.4 to 0.6 was best for them, 0.2 was best for what people ask (docs/decisions/search.md). */
const TITLES_FLATTER = 0.45;
const FEWEST_CHARACTERS = 200;

/** A title is what its authors would ask for to find their paper. `undefined` for too short an abstract. */
export function holdOut({ title, abstract }: EmbeddedText): HeldOut | undefined {
  if (abstract.length < FEWEST_CHARACTERS) return undefined;
  return { question: { title: '', abstract: title }, rest: { title: '', abstract } };
}

/** From the share with the best mean reciprocal rank; of equals the smallest. */
export async function chooseShare(rehearsal: Rehearsal, pause: () => Promise<void>): Promise<number> {
  const placed = rehearsal.filter(({ questionPlace, restPlace }) => questionPlace && restPlace);
  const profiles = placed.map(({ rest }) => toProfile(rest));
  const places = placed.map(({ restPlace }) => restPlace && pack(restPlace));
  const holders = countHolders(profiles);
  const sums = SHARES.map(() => 0);
  for (const [asked, { question, questionPlace }] of placed.entries()) {
    const terms = Array.from(toProfile(question).terms, (term) => ({
      term,
      weight: inverseFrequency(profiles.length, holders.get(term) ?? 0),
    }));
    const words = scoreProfiles(profiles, terms);
    const place = questionPlace && toUnit(questionPlace);
    for (const [at, share] of SHARES.entries()) {
      const scores = fuseScores(words, places, place && { place, share }).map(
        (parts) => parts.words + parts.meaning,
      );
      const own = scores[asked] ?? 0;
      const better = scores.filter((score) => score > own).length;
      sums[at] = (sums[at] ?? 0) + 1 / (1 + better);
    }
    await pause();
  }
  const best = Math.max(...sums);
  return TITLES_FLATTER * (SHARES[sums.indexOf(best)] ?? 0);
}

function countHolders(profiles: readonly Profile[]): ReadonlyMap<number, number> {
  const holders = new Map<number, number>();
  for (const { terms } of profiles) {
    for (const term of terms) holders.set(term, (holders.get(term) ?? 0) + 1);
  }
  return holders;
}
