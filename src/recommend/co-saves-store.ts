/** Reads the saves of all people. People are numbered while they are read, and their names are not kept. */
import { setImmediate } from 'node:timers/promises';
import type { DatabaseConnection } from '../db/connection.ts';
import { type CoSaves, toCoSaves } from './ranking/co-saves.ts';

/** Papers whose saves are read at once. */
const SLICE = 5_000;
/** A caller waits for saves that are read within this time. Otherwise the former ones serve meanwhile. */
const PATIENCE_MS = 30;

export interface CoSaveReader {
  current(): Promise<CoSaves>;
}

interface Reading {
  readonly revision: number;
  readonly coSaves: CoSaves;
  readonly tookMs: number;
}

export function openCoSaveReader(connection: DatabaseConnection): CoSaveReader {
  const newest = connection.prepare<[], number | null>('SELECT max(pk) FROM papers').pluck();
  // Changes with every save that is added or removed.
  const revision = connection.prepare<[], number>('SELECT number FROM save_revision').pluck();
  const any = connection
    .prepare<[number, number], number>('SELECT 1 FROM saves WHERE paper > ? AND paper <= ? LIMIT 1')
    .pluck();
  const saves = connection.prepare<[number, number], { paper: number; who: string }>(
    `SELECT DISTINCT paper, platform || ' ' || workspace || ' ' || person AS who FROM saves
     WHERE paper > ? AND paper <= ?`,
  );
  let latest: Reading | undefined;
  let running: Promise<Reading> | undefined;

  async function readAll(): Promise<Reading> {
    const started = performance.now();
    const now = revision.get() ?? 0;
    const last = newest.get() ?? 0;
    const numbers = new Map<string, number>();
    const people: number[] = [];
    const papers: number[] = [];
    for (let from = 0; from < last; from += SLICE) {
      if (any.get(from, from + SLICE) === undefined) continue;
      for (const { paper, who } of saves.all(from, from + SLICE)) {
        const number = numbers.get(who) ?? numbers.size;
        numbers.set(who, number);
        people.push(number);
        papers.push(paper);
      }
      await setImmediate();
    }
    const coSaves = toCoSaves(Uint32Array.from(people), Uint32Array.from(papers));
    return { revision: now, coSaves, tookMs: performance.now() - started };
  }

  function read(): Promise<Reading> {
    running ??= readAll().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    async current() {
      if (latest !== undefined && latest.revision === revision.get()) return latest.coSaves;
      const reading = read().then((fresh) => {
        latest = fresh;
        return fresh;
      });
      if (latest === undefined || latest.tookMs <= PATIENCE_MS) return (await reading).coSaves;
      // The next call tries again after an error.
      reading.catch(() => {});
      return latest.coSaves;
    },
  };
}
