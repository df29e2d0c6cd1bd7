/** Summaries by a language model, each point with the sentence that it rests on. */
import type { Asker } from '../model/budget.ts';
import { ground } from '../model/grounding.ts';
import { ModelError } from '../model/language-model.ts';
import { listOf, readReply, statement } from '../model/reply.ts';
import type { Written } from '../model/text-generator.ts';
import type { KeptWriter, WrittenPoint } from './generation-cache.ts';
import { INSTRUCTIONS, materialOf } from './prompt.ts';
import { splitSentences } from './sentences.ts';
import type { Level, Summed } from './summary.ts';

export type SummaryWriter = (level: Level, paper: Summed, asker: Asker) => Promise<Written<WrittenPoint[]>>;

const form = listOf(statement);

/** Points of a level, at most. */
const MOST: Readonly<Record<Level, number>> = { line: 1, short: 4, newcomers: 5 };

export function openSummaryWriter(write: KeptWriter): SummaryWriter {
  return (level, paper, asker) => {
    const instructions = INSTRUCTIONS[level];
    const sentences = splitSentences(paper.abstract);
    const sources = sentences.map((sentence) => ({ sentence }));
    const read = (reply: string) => {
      const { points } = readReply(form, reply);
      const grounded = ground(points, sources, instructions, paper.title).slice(0, MOST[level]);
      if (grounded.length === 0) throw new ModelError('unfit', 'nothing in the answer rests on the abstract');
      return grounded.map(({ text, basis }) => ({ text, basis: basis.sentence }));
    };
    return write(paper, { level, instructions, material: materialOf(paper, sentences), read }, asker);
  };
}
