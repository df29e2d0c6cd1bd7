/** What a language model wrote about a paper: asked for once, however many wait, and kept. */
import { createHash } from 'node:crypto';
import type { Asker } from '../model/budget.ts';
import type { SecretInstructions } from '../model/prompt-leak.ts';
import type { Writer, Written } from '../model/text-generator.ts';
import type { Clock } from '../time/clock.ts';
import type { Level, Summed } from './summary.ts';

export interface WrittenPoint {
  readonly text: string;
  /** The sentence of the abstract that it rests on. */
  readonly basis: string;
  /** What the point is about, where that was asked for. */
  readonly kind?: string | undefined;
}

export interface SummaryKey {
  /** The paper's id. */
  readonly paper: string;
  readonly level: Level | 'aspects';
  readonly model: string;
  /** Of the instructions. */
  readonly prompt: string;
  /** Of title and abstract. */
  readonly version: string;
}

export interface SummaryStore {
  find(key: SummaryKey): Promise<WrittenPoint[] | undefined>;
  /** In the place of an older version's. */
  keep(key: SummaryKey, points: readonly WrittenPoint[], at: string): Promise<void>;
}

/** What is wanted of a paper. */
export interface Wanted {
  readonly level: SummaryKey['level'];
  readonly instructions: SecretInstructions;
  readonly material: string;
  /** @throws ModelError when the reply cannot be used */
  read(reply: string): WrittenPoint[];
}

export type KeptWriter = (paper: Summed, wanted: Wanted, asker: Asker) => Promise<Written<WrittenPoint[]>>;

export interface KeptWriterOptions {
  readonly writer: Writer;
  readonly store: SummaryStore;
  readonly clock: Clock;
}

export function openKeptWriter({ writer, store, clock }: KeptWriterOptions): KeptWriter {
  const underWay = new Map<string, Promise<Written<WrittenPoint[]>>>();

  async function obtain(key: SummaryKey, wanted: Wanted, asker: Asker): Promise<Written<WrittenPoint[]>> {
    const kept = await store.find(key);
    if (kept) return { kind: 'written', value: kept, by: writer.model };
    const prompt = { instructions: wanted.instructions.text, material: wanted.material };
    const written = await writer.write(prompt, wanted.read, asker);
    if (written.kind === 'written') await store.keep(key, written.value, clock.now().toISOString());
    return written;
  }

  return async (paper, wanted, asker) => {
    const { level, instructions } = wanted;
    const { model } = writer;
    const key = { paper: paper.id, level, model, prompt: instructions.version, version: versionOf(paper) };
    const name = JSON.stringify(key);
    // Whoever asked first may have no calls left; those who waited with them have.
    for (let others = underWay.get(name); others; others = underWay.get(name)) {
      const theirs = await others;
      if (theirs.kind === 'written' || theirs.fault !== 'person') return theirs;
    }
    const call = obtain(key, wanted, asker).finally(() => underWay.delete(name));
    underWay.set(name, call);
    return call;
  };
}

function versionOf({ title, abstract }: Summed): string {
  return createHash('sha256').update(`${title}\n${abstract}`).digest('base64url').slice(0, 22);
}
