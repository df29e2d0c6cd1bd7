/** Summaries as the rest of the program asks for them. */
import { extractSummary } from './extractive.ts';
import type { SummaryService } from './summary.ts';

/** Every summary is extracted: a millisecond's work that no cache would make shorter. */
export function openSummaryService(): SummaryService {
  return { summarise: async (paper) => extractSummary(paper) };
}
