/** Summaries by a language model: asked for once, however many wait, and kept. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Asker } from '../model/budget.ts';
import { ground } from '../model/grounding.ts';
import { ModelError } from '../model/language-model.ts';
import { readReply, statements } from '../model/reply.ts';
import type { Writer, Written } from '../model/writer.ts';
import { INSTRUCTIONS, materialOf, PROMPT_VERSION } from './prompt.ts';
import { splitSentences } from './sentences.ts';
import type { Level, Summed } from './summary.ts';

export interface WrittenPoint {
  readonly text: string;
  /** The sentence of the abstract that it rests on. */
  readonly basis: string;
}

export interface SummaryKey {
  /** The paper's id. */
  readonly paper: string;
  readonly level: Level;
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

export type SummaryWriter = (level: Level, paper: Summed, asker: Asker) => Promise<Written<WrittenPoint[]>>;

export interface SummaryWriterOptions {
  readonly writer: Writer;
  readonly store: SummaryStore;
  readonly clock: Clock;
}

const form = z.object({ points: statements });

/** Points of a level, at most. */
const MOST: Readonly<Record<Level, number>> = { line: 1, short: 4, newcomers: 5 };

export function openSummaryWriter({ writer, store, clock }: SummaryWriterOptions): SummaryWriter {
  const underWay = new Map<string, Promise<Written<WrittenPoint[]>>>();

  async function obtain(key: SummaryKey, paper: Summed, asker: Asker): Promise<Written<WrittenPoint[]>> {
    const kept = await store.find(key);
    if (kept) return { kind: 'written', value: kept, by: writer.model };
    const sentences = splitSentences(paper.abstract);
    const instructions = INSTRUCTIONS[key.level];
    const prompt = { instructions: instructions.text, material: materialOf(paper, sentences) };
    const sources = sentences.map((sentence) => ({ sentence }));
    const written = await writer.write(
      prompt,
      (reply) => {
        const { points } = readReply(form, reply);
        const grounded = ground(points, sources, instructions, paper.title).slice(0, MOST[key.level]);
        if (grounded.length === 0)
          throw new ModelError('unfit', 'nothing in the answer rests on the abstract');
        return grounded.map(({ text, basis }) => ({ text, basis: basis.sentence }));
      },
      asker,
    );
    if (written.kind === 'written') await store.keep(key, written.value, clock.now().toISOString());
    return written;
  }

  return (level, paper, asker) => {
    const key = {
      paper: paper.id,
      level,
      model: writer.model,
      prompt: PROMPT_VERSION,
      version: versionOf(paper),
    };
    const name = JSON.stringify(key);
    const call = underWay.get(name) ?? obtain(key, paper, asker).finally(() => underWay.delete(name));
    underWay.set(name, call);
    return call;
  };
}

function versionOf({ title, abstract }: Summed): string {
  return createHash('sha256').update(`${title}\n${abstract}`).digest('base64url').slice(0, 22);
}
