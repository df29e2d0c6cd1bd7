/** Embeds queries with a deadline, because the embedder can be slow or down. */
import { openCircuitBreaker } from '../../resilience/circuit-breaker.ts';
import { withDeadline } from '../../resilience/deadline.ts';
import type { Clock } from '../../time/clock.ts';
import type { Embedder } from './embedding-provider.ts';

export interface QueryEmbedderOptions {
  readonly embedder: Embedder;
  readonly clock: Clock;
  /** Called when the embedder stops answering, and when it answers again. */
  readonly onChange: (answers: boolean) => void;
}

export interface QueryEmbedder {
  /** Returns `undefined` without an answer in time. Never rejects. */
  embed(text: string): Promise<Float32Array | undefined>;
}

/** Users would notice a longer wait. */
const DEADLINE_MS = 300;
/** Skips the embedder for a while after two failures, so that not every query waits for the deadline. */
const BREAKER = { failures: 2, openMs: 30_000 };
/** Cached queries, for further pages and repeated searches. */
const REMEMBERED = 200;

export function openQueryEmbedder({ embedder, clock, onChange }: QueryEmbedderOptions): QueryEmbedder {
  const remembered = new Map<string, Float32Array>();
  const breaker = openCircuitBreaker(BREAKER, clock, {
    onOpen: () => onChange(false),
    onRecovered: () => onChange(true),
  });

  function remember(text: string, vector: Float32Array) {
    const [oldest] = remembered.keys();
    if (remembered.size >= REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(text, vector);
  }

  async function ask(text: string): Promise<Float32Array | undefined> {
    try {
      const [vector] = await withDeadline({ ms: DEADLINE_MS, clock }, (signal) =>
        embedder.embed([{ title: '', abstract: text }], 'question', signal),
      );
      return vector;
    } catch {
      return undefined;
    }
  }

  return {
    async embed(text) {
      const known = remembered.get(text);
      if (known) return known;
      if (breaker.isOpen()) return undefined;
      const began = clock.elapsed();
      const vector = await ask(text);
      if (!vector) {
        breaker.failed(began);
        return undefined;
      }
      breaker.succeeded();
      remember(text, vector);
      return vector;
    },
  };
}
