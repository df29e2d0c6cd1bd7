/** Summaries as the rest of the program asks for them. */
import { extractSummary } from './extractive.ts';
import type { SummaryWriter } from './generated-summary.ts';
import type { WrittenPoint } from './generation-cache.ts';
import type { Summary, SummaryService } from './summary.ts';

/**
 * Extracting is a millisecond's work that no cache would make shorter; it stands in for the language model whenever that is of no use.
 * @param write absent where no language model is configured
 */
export function openSummaryService(write?: SummaryWriter): SummaryService {
  return {
    summarise: async (paper) => extractSummary(paper),

    async summariseFor(level, paper, asker) {
      const extracted = extractSummary(paper);
      if (!extracted) return undefined;
      const shortened = level === 'line' ? { ...extracted, points: [] } : extracted;
      if (!write) return level === 'newcomers' ? { ...shortened, instead: NEEDS_MODEL } : shortened;
      const written = await write(level, paper, asker);
      if (written.kind === 'not-written') return { ...shortened, instead: written.why };
      return toSummary(written.value, written.by) ?? shortened;
    },
  };
}

const NEEDS_MODEL = 'words for newcomers need a language model, and none is set up here';

function toSummary([first, ...points]: readonly WrittenPoint[], madeBy: string): Summary | undefined {
  return (
    first && {
      tldr: first.text,
      basis: first.basis,
      points: points.map(({ text, basis }) => ({ text, basis })),
      madeBy,
    }
  );
}
