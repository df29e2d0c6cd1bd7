/** Places questions by an embedder that may be slow or down, without anybody waiting for it for long. */
import type { Clock } from '../../time/clock.ts';
import type { Embedder } from './embedding-provider.ts';

export interface QueryEmbedderOptions {
  readonly embedder: Embedder;
  readonly clock: Clock;
  /** Told when it stops answering, and when it answers again. */
  readonly onChange: (answers: boolean) => void;
}

export interface QueryEmbedder {
  /** `undefined` when the embedder does not answer in time. Never rejects. */
  embed(text: string): Promise<Float32Array | undefined>;
}

/** Longer, and people would notice. */
const DEADLINE_MS = 300;
/** One that did not answer twice in a row is left alone for a while: not every question pays the deadline. */
const FAILURES = 2;
const REST_MS = 30_000;
/** Pages of one question, and what is asked again. */
const REMEMBERED = 200;

export function openQueryEmbedder({ embedder, clock, onChange }: QueryEmbedderOptions): QueryEmbedder {
  const remembered = new Map<string, Float32Array>();
  let failures = 0;
  let restsUntil = 0;

  function remember(text: string, vector: Float32Array) {
    const [oldest] = remembered.keys();
    if (remembered.size >= REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(text, vector);
  }

  function count(answered: boolean) {
    const before = failures;
    failures = answered ? 0 : failures + 1;
    if (failures >= FAILURES) restsUntil = clock.now().getTime() + REST_MS;
    if (failures === FAILURES) onChange(false);
    if (answered && before >= FAILURES) onChange(true);
  }

  async function ask(text: string): Promise<Float32Array | undefined> {
    const controller = new AbortController();
    const late = clock.sleep(DEADLINE_MS, controller.signal).then(() => undefined);
    const vectors = embedder.embed([{ title: '', abstract: text }], 'question', controller.signal);
    try {
      return (await Promise.race([vectors, late]))?.[0];
    } catch {
      return undefined;
    } finally {
      // Whichever lost the race ends here, and nobody is left to hear of it.
      controller.abort();
      await Promise.allSettled([late]);
      vectors.catch(() => {});
    }
  }

  return {
    async embed(text) {
      const known = remembered.get(text);
      if (known) return known;
      if (clock.now().getTime() < restsUntil) return undefined;
      const vector = await ask(text);
      count(vector !== undefined);
      if (vector) remember(text, vector);
      return vector;
    },
  };
}
