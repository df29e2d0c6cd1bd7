/** Summaries by a language model, each point with its supporting sentence. */
import { z } from 'zod';
import type { Requester } from '../model/budget.ts';
import { ground } from '../model/grounding.ts';
import { ModelError } from '../model/language-model.ts';
import { listOf, readReply, statement } from '../model/reply.ts';
import type { Generated } from '../model/text-generator.ts';
import { splitSentences } from '../text/sentences/sentences.ts';
import { pointsBack, standAlone } from '../text/shortening/standalone.ts';
import type { GeneratedPoint, GenerationCache } from './generation-cache.ts';
import { paperMaterial, SUMMARY_INSTRUCTIONS } from './prompt.ts';
import { ROLES, type Role } from './scoring/scorer.ts';
import { chooseSentences } from './selection.ts';
import type { Level, SummaryInput } from './summary.ts';

/** The abstract's own sentences take the place of statements that fail a check. */
function extractedPoints(paper: SummaryInput): ReadonlyMap<Role, GeneratedPoint> {
  const chosen = chooseSentences(paper);
  return new Map(
    ROLES.flatMap((role): [Role, GeneratedPoint][] => {
      const found = chosen?.[role];
      return found ? [[role, { text: found.shown, basis: found.text }]] : [];
    }),
  );
}

export type SummaryGenerator = (
  level: Level,
  paper: SummaryInput,
  requester: Requester,
) => Promise<Generated<GeneratedPoint[]>>;

/** A model that names no role, or another one, is understood as before. */
const schema = listOf(statement.extend({ role: z.enum(ROLES).optional().catch(undefined) }));

type Written = z.infer<typeof schema>['points'][number];

/** Most points per level. */
const MOST: Readonly<Record<Level, number>> = { line: 1, short: 4, newcomers: 5 };

export function openSummaryGenerator(write: GenerationCache): SummaryGenerator {
  return (level, paper, requester) => {
    const instructions = SUMMARY_INSTRUCTIONS[level];
    const sentences = splitSentences(paper.abstract);
    const sources = sentences.map((sentence) => ({ sentence }));
    const read = (reply: string) => {
      const { points } = readReply(schema, reply);
      const grounded = ground(points, sources, instructions, paper.title).flatMap(
        ({ text, basis, said }): (GeneratedPoint & { said: Written })[] => {
          const alone = standAlone(text).text;
          return said.role && pointsBack(alone)
            ? []
            : [{ text: alone, basis: basis.sentence, kind: said.role, said }];
        },
      );
      if (grounded.length === 0) throw new ModelError('unfit', 'nothing in the answer rests on the abstract');
      const extracted = extractedPoints(paper);
      return points
        .flatMap((said): GeneratedPoint[] => {
          const point =
            grounded.find((each) => each.said === said) ?? (said.role && extracted.get(said.role));
          return point ? [{ text: point.text, basis: point.basis, kind: said.role }] : [];
        })
        .slice(0, MOST[level]);
    };
    return write(paper, { level, instructions, material: paperMaterial(paper, sentences), read }, requester);
  };
}
