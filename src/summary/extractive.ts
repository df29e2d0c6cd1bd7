/** Builds summaries from the abstract's own sentences, without a model or a network. */
import { readable } from '../text/readable.ts';
import { fitSentence } from '../text/shortening/clauses.ts';
import { pointsBack, pointsWithin } from '../text/shortening/standalone.ts';
import { type Chosen, chooseSentences, type ScoredSentence } from './selection.ts';
import { LINE_LENGTH, POINT_KINDS, type Summary, type SummaryPoint } from './summary.ts';

/** How much less likely another sentence may be than the best one, if it fits and that one does not. */
const ABOUT_AS_GOOD = 0.5;
/** Characters from which a clause of a longer sentence is enough, and those from which it beats a cut one. */
const TELLING = 80;
const BETTER_THAN_CUT = 60;

/** Returns `undefined` when no sentence says more than the title. */
export function extractSummary(paper: {
  readonly title: string;
  readonly abstract: string;
}): Summary | undefined {
  const chosen = chooseSentences(paper);
  if (!chosen) return undefined;
  const points = POINT_KINDS.flatMap((kind): SummaryPoint[] => {
    const found = chosen[kind];
    return found ? [{ kind, text: found.shown }] : [];
  });
  const { line } = chosen;
  const fitting = fittingLine(chosen);
  const shown = [line, ...POINT_KINDS.flatMap((kind) => chosen[kind] ?? [])];
  return {
    tldr: line.shown,
    ...(line.shown !== line.text && { sentence: line.text }),
    ...(fitting !== undefined && fitting !== line.shown && { line: fitting }),
    points,
    madeBy: 'extracted',
    isShortened: shown.some(({ text, shown }) => text !== shown),
  };
}

/**
 * A whole sentence for a place with room for a line: the best one, a clause of it, or another one that says
 * about as much. `undefined` if there is none.
 */
function fittingLine({ line, others }: Chosen): string | undefined {
  const own = fitted(line);
  if (own !== undefined && (own === line.shown || own.length >= TELLING)) return own;
  const other = others.find(
    ({ shown, scores }) =>
      scores.line > line.scores.line - ABOUT_AS_GOOD &&
      readable(shown).length <= LINE_LENGTH &&
      !pointsBack(shown) &&
      !pointsWithin(shown),
  );
  if (other) return other.shown;
  // “We propose Flow-OPD.” says less than a longer beginning with “…”.
  const last = own ?? fitSentence(readable(line.shown), LINE_LENGTH, true);
  return last !== undefined && last.length >= BETTER_THAN_CUT ? last : undefined;
}

/** LaTeX takes more room than what is shown. */
function fitted({ shown }: ScoredSentence): string | undefined {
  const text = readable(shown);
  return text.length <= LINE_LENGTH ? shown : fitSentence(text, LINE_LENGTH);
}
