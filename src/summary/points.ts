/** The points under the one sentence: what was wrong before, how it was done, what came out. */
import { contentWords, similarity } from './content-words.ts';
import {
  ANNOUNCES,
  APPROACHES,
  AVAILABILITY,
  BACKGROUND,
  CONTRASTS,
  FINDS,
  PROBLEMS,
  RESULTS,
} from './cues.ts';
import type { PointKind, SummaryPoint } from './summary.ts';

interface Candidate {
  readonly text: string;
  /** Position in the abstract, from 0. */
  readonly index: number;
}

/** From this cosine on, two sentences say the same. */
const SAME = 0.8;

/** How many signs a sentence has of being of a kind; 0 is none. `isAfter` tells its side of the one sentence. */
type Signs = (text: string, isAfter: boolean) => number;

const SIGNS: Readonly<Record<PointKind, Signs>> = {
  problem: (text, isAfter) => {
    if (ANNOUNCES.test(text) || FINDS.test(text)) return 0;
    if (isAfter) return Number(CONTRASTS.test(text) && PROBLEMS.test(text));
    return 2 * Number(PROBLEMS.test(text)) + Number(CONTRASTS.test(text));
  },
  approach: (text, isAfter) => {
    if (FINDS.test(text)) return 0;
    if (ANNOUNCES.test(text)) return RESULTS.test(text) ? 2 : 4;
    if (!isAfter || RESULTS.test(text)) return 0;
    if (APPROACHES.test(text)) return 3;
    // After the announcement even a sentence without a cue most likely goes on about how.
    return PROBLEMS.test(text) || BACKGROUND.test(text) ? 0 : 1;
  },
  result: (text, isAfter) => {
    const signs = Number(RESULTS.test(text)) + Number(FINDS.test(text));
    return signs === 0 ? 0 : signs + Number(isAfter) + Number(/\d/.test(text));
  },
};

/** The kind with the clearest signs takes its sentence first. */
const CHOOSING_ORDER: readonly PointKind[] = ['result', 'problem', 'approach'];
const SHOWING_ORDER: readonly PointKind[] = ['problem', 'approach', 'result'];

/** At most one sentence of each kind, none like another or like `done`, the sentence that says what the paper did. */
export function findPoints(sentences: readonly Candidate[], done: Candidate): SummaryPoint[] {
  const taken = [contentWords(done.text)];
  const chosen = new Map<PointKind, string>();
  for (const kind of CHOOSING_ORDER) {
    const text = clearest(kind, sentences, done, taken);
    if (text === undefined) continue;
    chosen.set(kind, text);
    taken.push(contentWords(text));
  }
  return SHOWING_ORDER.flatMap((kind) => {
    const text = chosen.get(kind);
    return text === undefined ? [] : [{ kind, text }];
  });
}

/** The first of those with the most signs. */
function clearest(
  kind: PointKind,
  sentences: readonly Candidate[],
  done: Candidate,
  taken: readonly ReadonlySet<string>[],
): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const { text, index } of sentences) {
    const signs = index === done.index || AVAILABILITY.test(text) ? 0 : SIGNS[kind](text, index > done.index);
    if (signs <= most) continue;
    const words = contentWords(text);
    if (taken.some((other) => similarity(other, words) >= SAME)) continue;
    best = text;
    most = signs;
  }
  return best;
}
