/** Caches text that a language model wrote about a paper. Concurrent requests share one call. */
import { createHash } from 'node:crypto';
import type { Requester } from '../model/budget.ts';
import type { SecretInstructions } from '../model/prompt-leak.ts';
import type { Generated, TextGenerator } from '../model/text-generator.ts';
import type { Clock } from '../time/clock.ts';
import type { Level, SummaryInput } from './summary.ts';

export interface GeneratedPoint {
  readonly text: string;
  /** The supporting sentence of the abstract. */
  readonly basis: string;
  /** Topic of the point, when requested. */
  readonly kind?: string | undefined;
}

export interface SummaryKey {
  /** The paper's id. */
  readonly paper: string;
  readonly level: Level | 'aspects';
  readonly model: string;
  /** Version of the instructions. */
  readonly prompt: string;
  /** Version of title and abstract. */
  readonly version: string;
}

export interface SummaryStore {
  find(key: SummaryKey): Promise<GeneratedPoint[] | undefined>;
  /** Replaces the points of an older version. */
  keep(key: SummaryKey, points: readonly GeneratedPoint[], at: string): Promise<void>;
}

/** One kind of text to generate for a paper. */
export interface GenerationRequest {
  readonly level: SummaryKey['level'];
  readonly instructions: SecretInstructions;
  readonly material: string;
  /** @throws ModelError when the reply cannot be used */
  read(reply: string): GeneratedPoint[];
}

export type GenerationCache = (
  paper: SummaryInput,
  request: GenerationRequest,
  requester: Requester,
) => Promise<Generated<GeneratedPoint[]>>;

export interface GenerationCacheOptions {
  readonly generator: TextGenerator;
  readonly store: SummaryStore;
  readonly clock: Clock;
}

export function openGenerationCache({ generator, store, clock }: GenerationCacheOptions): GenerationCache {
  const underWay = new Map<string, Promise<Generated<GeneratedPoint[]>>>();

  async function obtain(
    key: SummaryKey,
    request: GenerationRequest,
    requester: Requester,
  ): Promise<Generated<GeneratedPoint[]>> {
    const kept = await store.find(key);
    if (kept) return { kind: 'generated', value: kept, by: generator.model };
    const prompt = { instructions: request.instructions.text, material: request.material };
    const generated = await generator.write(prompt, request.read, requester);
    if (generated.kind === 'generated') await store.keep(key, generated.value, clock.now().toISOString());
    return generated;
  }

  return async (paper, request, requester) => {
    const { level, instructions } = request;
    const { model } = generator;
    const key = { paper: paper.id, level, model, prompt: instructions.version, version: versionOf(paper) };
    const name = JSON.stringify(key);
    // The first requester may have no calls left while a waiting one still has.
    for (let others = underWay.get(name); others; others = underWay.get(name)) {
      const theirs = await others;
      if (theirs.kind === 'generated' || theirs.fault !== 'person') return theirs;
    }
    const call = obtain(key, request, requester).finally(() => underWay.delete(name));
    underWay.set(name, call);
    return call;
  };
}

function versionOf({ title, abstract }: SummaryInput): string {
  return createHash('sha256').update(`${title}\n${abstract}`).digest('base64url').slice(0, 22);
}
