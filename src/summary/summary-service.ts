/** The summary service: a language model if configured, otherwise extracted sentences. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { splitSentences } from '../text/sentences/sentences.ts';
import { pointsBack, standAlone } from '../text/shortening/standalone.ts';
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

/** Reaches every pattern: V8 compiles them apart for texts with letters beyond Latin-1. */
const SAMPLES = ['In most settings, models need data', 'In most “settings”, models need data'].map(
  (opening) => `${opening}, and we propose X, which is better by 3%. It helps, but we find gaps.`,
);
const PARTS: ReadonlyArray<(text: string) => unknown> = [
  standAlone,
  pointsBack,
  splitSentences,
  (abstract) => extractSummary({ title: 'A sample', abstract }),
];

/**
 * Runs each part of a summary twice, because V8 compiles its patterns at the first and second use: for
 * 150 ms, if the first summary did it.
 */
export async function warmUpSummaries(): Promise<void> {
  for (const text of [...SAMPLES, ...SAMPLES]) {
    for (const part of PARTS) {
      part(text);
      await yieldToEventLoop();
    }
  }
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
