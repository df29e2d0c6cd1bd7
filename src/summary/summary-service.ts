/** The summary service: a language model if configured, otherwise extracted sentences. */
import { extractSummary } from './extractive.ts';
import type { SummaryGenerator } from './generated-summary.ts';
import type { GeneratedPoint } from './generation-cache.ts';
import { POINT_KINDS, type Summary, type SummaryPoint, type SummaryService } from './summary.ts';

/**
 * Extraction takes a millisecond, so it is not cached. It is the fallback whenever the language model fails.
 * @param write absent when no language model is configured
 */
export function openSummaryService(write?: SummaryGenerator): SummaryService {
  return {
    summarise: async (paper) => extractSummary(paper),

    async summariseFor(level, paper, requester) {
      const extracted = extractSummary(paper);
      if (!extracted) return undefined;
      const shortened = level === 'line' ? { ...extracted, points: [] } : extracted;
      if (!write) return level === 'newcomers' ? { ...shortened, fallbackReason: NEEDS_MODEL } : shortened;
      const generated = await write(level, paper, requester);
      if (generated.kind === 'not-generated') return { ...shortened, fallbackReason: generated.why };
      return toSummary(generated.value, generated.by) ?? shortened;
    },
  };
}

const NEEDS_MODEL = 'summaries for newcomers need a language model, and none is set up';

/** The first point is the line if no other one is. */
function toSummary(generated: readonly GeneratedPoint[], madeBy: string): Summary | undefined {
  const line = generated.find(({ kind }) => kind === 'line') ?? generated[0];
  return (
    line && {
      tldr: line.text,
      basis: line.basis,
      points: generated.filter((point) => point !== line).map(toPoint),
      madeBy,
    }
  );
}

function toPoint({ text, basis, kind }: GeneratedPoint): SummaryPoint {
  const known = POINT_KINDS.find((each) => each === kind);
  return { text, basis, ...(known && { kind: known }) };
}
