/** Summaries by a language model, each point with its supporting sentence. */
import type { Requester } from '../model/budget.ts';
import { ground } from '../model/grounding.ts';
import { ModelError } from '../model/language-model.ts';
import { listOf, readReply, statement } from '../model/reply.ts';
import type { Generated } from '../model/text-generator.ts';
import type { GeneratedPoint, GenerationCache } from './generation-cache.ts';
import { paperMaterial, SUMMARY_INSTRUCTIONS } from './prompt.ts';
import { splitSentences } from './sentences.ts';
import type { Level, SummaryInput } from './summary.ts';

export type SummaryGenerator = (
  level: Level,
  paper: SummaryInput,
  requester: Requester,
) => Promise<Generated<GeneratedPoint[]>>;

const schema = listOf(statement);

/** Most points per level. */
const MOST: Readonly<Record<Level, number>> = { line: 1, short: 4, newcomers: 5 };

export function openSummaryGenerator(write: GenerationCache): SummaryGenerator {
  return (level, paper, requester) => {
    const instructions = SUMMARY_INSTRUCTIONS[level];
    const sentences = splitSentences(paper.abstract);
    const sources = sentences.map((sentence) => ({ sentence }));
    const read = (reply: string) => {
      const { points } = readReply(schema, reply);
      const grounded = ground(points, sources, instructions, paper.title).slice(0, MOST[level]);
      if (grounded.length === 0) throw new ModelError('unfit', 'nothing in the answer rests on the abstract');
      return grounded.map(({ text, basis }) => ({ text, basis: basis.sentence }));
    };
    return write(paper, { level, instructions, material: paperMaterial(paper, sentences), read }, requester);
  };
}
