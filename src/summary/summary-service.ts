/** The summary service: a language model if configured, otherwise extracted sentences. */
import { extractSummary } from './extractive.ts';
import type { SummaryGenerator } from './generated-summary.ts';
import type { GeneratedPoint } from './generation-cache.ts';
import type { Summary, SummaryService } from './summary.ts';

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

function toSummary([first, ...points]: readonly GeneratedPoint[], madeBy: string): Summary | undefined {
  return (
    first && {
      tldr: first.text,
      basis: first.basis,
      points: points.map(({ text, basis }) => ({ text, basis })),
      madeBy,
    }
  );
}
