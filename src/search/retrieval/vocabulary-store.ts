/**
 * Reads the original words of titles and abstracts for spelling suggestions, because the index contains only
 * stems.
 */
import { setImmediate } from 'node:timers/promises';
import type { DatabaseConnection } from '../../db/connection.ts';
import { withDeadline } from '../../resilience/deadline.ts';
import { systemClock } from '../../time/clock.ts';
import { toVocabulary, type Vocabulary } from '../query/spelling.ts';
import { foldedWords } from '../text/words.ts';

export interface VocabularyStore {
  /**
   * Returns the latest vocabulary. There is none until a large store has been read once; while it is read
   * again, the former one is returned.
   */
  current(): Promise<Vocabulary | undefined>;
  /** Resolves when the store has been read. */
  read(): Promise<void>;
}

/**
 * Abstracts add few words that no title has, so the newest are enough. All arXiv titles would take a minute.
 */
const MAX_TITLES = 300_000;
const MAX_ABSTRACTS = 5_000;
/** Papers per read, so that other queries run after a few milliseconds. */
const SLICE = 200;
const GROWTH = 0.1;
/** A query waits for a store of this size to be read; for a larger one it waits at most `PATIENCE`. */
const SMALL = 3_000;
const PATIENCE = { ms: 20, clock: systemClock };

export function openVocabularyStore(connection: DatabaseConnection): VocabularyStore {
  const newest = connection.prepare<[], number | null>('SELECT max(pk) FROM papers').pluck();
  const titles = connection
    .prepare<[number, number], string>('SELECT title FROM papers WHERE pk > ? AND pk <= ?')
    .pluck();
  const abstracts = connection
    .prepare<[number, number], string>('SELECT abstract FROM papers WHERE pk > ? AND pk <= ?')
    .pluck();
  let known: Vocabulary | undefined;
  let reading: Promise<void> | undefined;
  let readTo = 0;

  async function readAll(last: number): Promise<void> {
    const counts = new Map<string, number>();
    const add = (text: string) => {
      for (const word of foldedWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    };
    for (let to = last; to > Math.max(0, last - MAX_TITLES); to -= SLICE) {
      titles.all(to - SLICE, to).forEach(add);
      if (to > last - MAX_ABSTRACTS) abstracts.all(to - SLICE, to).forEach(add);
      await setImmediate();
    }
    known = toVocabulary(counts);
  }

  function read(): Promise<void> {
    const now = newest.get() ?? 0;
    if (!reading || now < readTo || now > readTo * (1 + GROWTH)) {
      if (now <= SMALL) known = undefined;
      readTo = now;
      reading = readAll(now);
    }
    return reading;
  }

  return {
    read,
    async current() {
      const done = read();
      if (known) return known;
      // A large store is read on in the background.
      await (readTo <= SMALL
        ? done
        : withDeadline(
            PATIENCE,
            () => done,
            () => undefined,
          ));
      return known;
    },
  };
}
