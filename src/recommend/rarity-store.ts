/** Estimates how many papers have a term, from a sample: the index knows words, not the terms of papers. */
import { setImmediate } from 'node:timers/promises';
import type { DatabaseConnection } from '../db/connection.ts';
import { openTrainingStore } from '../search/indexing/training-store.ts';
import { inverseFrequency } from '../search/ranking/bm25.ts';
import type { TermRarity } from './ranking/interests.ts';

/** Papers to read: the estimates of terms that matter here are within a tenth, and it takes 100 ms. */
const SAMPLED = 6_000;
/** Terms between which others get their turn. */
const COUNTED_AT_ONCE = 20_000;
/** Growth of the store after which it is sampled again. */
const GROWTH = 0.25;

export interface RarityStore {
  current(): Promise<TermRarity>;
}

export function openRarityStore(connection: DatabaseConnection): RarityStore {
  const training = openTrainingStore(connection);
  const newest = connection.prepare<[], number | null>('SELECT max(pk) FROM papers').pluck();
  let readTo = 0;
  let reading: Promise<TermRarity> | undefined;

  async function read(): Promise<TermRarity> {
    const { starts, terms } = await training.sample(SAMPLED, async () => {
      await setImmediate();
    });
    const holders = new Map<number, number>();
    for (const [at, term] of terms.entries()) {
      if (at % COUNTED_AT_ONCE === 0) await setImmediate();
      holders.set(term, (holders.get(term) ?? 0) + 1);
    }
    // Replaced in place, as there are a hundred thousand terms.
    const papers = Math.max(1, starts.length - 1);
    const unseen = inverseFrequency(papers, 0);
    let replaced = 0;
    for (const [term, count] of holders) {
      if (++replaced % COUNTED_AT_ONCE === 0) await setImmediate();
      holders.set(term, inverseFrequency(papers, count));
    }
    return { of: (term) => holders.get(term) ?? unseen };
  }

  return {
    current() {
      const now = newest.get() ?? 0;
      if (!reading || now < readTo || now > readTo * (1 + GROWTH)) {
        readTo = now;
        reading = read();
        reading.catch(() => {
          reading = undefined;
        });
      }
      return reading;
    },
  };
}
