/** Chooses the points below the TL;DR: problem, approach, result. */
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
import type { Section } from './sections.ts';
import type { PointKind, SummaryPoint } from './summary.ts';

interface Candidate {
  readonly text: string;
  /** Position in the abstract, from 0. */
  readonly index: number;
  readonly section?: Section;
}

/** Cosine similarity from which two sentences say the same. */
const SAME = 0.8;
/**
 * Penalty for similarity to chosen sentences, against the score of the kind: maximal marginal relevance
 * (Carbonell and Goldstein 1998, https://doi.org/10.1145/290941.291025).
 */
const REPETITION = 0.4;

/** Scores how well a sentence fits a kind; 0 means not at all. `isAfter` is true after the TL;DR sentence. */
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
    // After the announcement, even a sentence without a cue most likely describes the method.
    return PROBLEMS.test(text) || BACKGROUND.test(text) ? 0 : 1;
  },
  result: (text, isAfter) => {
    const signs = Number(RESULTS.test(text)) + Number(FINDS.test(text));
    return signs === 0 ? 0 : signs + Number(isAfter) + Number(/\d/.test(text));
  },
};

/** Sections of a structured abstract for each kind, the best first. */
const TOLD: Readonly<Record<PointKind, readonly Section[]>> = {
  problem: ['background', 'objective'],
  approach: ['methods'],
  result: ['results', 'conclusions'],
};

/** The authors' own section label counts more than any cue. */
function signsOf(kind: PointKind, cues: number, section: Section | undefined): number {
  if (section === undefined) return cues;
  const place = TOLD[kind].indexOf(section);
  return place < 0 ? 0 : 20 - 10 * place + cues;
}

/** The kind with the clearest signs chooses first. */
const CHOOSING_ORDER: readonly PointKind[] = ['result', 'problem', 'approach'];
const SHOWING_ORDER: readonly PointKind[] = ['problem', 'approach', 'result'];

/** Returns at most one sentence per kind, none similar to another one or to `done`, the TL;DR sentence. */
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

/** Returns the sentence with the best balance of score and novelty; the first of equals. */
function clearest(
  kind: PointKind,
  sentences: readonly Candidate[],
  done: Candidate,
  taken: readonly ReadonlySet<string>[],
): string | undefined {
  const signed = sentences
    .filter(({ text, index }) => index !== done.index && !AVAILABILITY.test(text))
    .map(({ text, index, section }) => ({
      text,
      signs: signsOf(kind, SIGNS[kind](text, index > done.index), section),
    }))
    .filter(({ signs }) => signs > 0);
  const most = Math.max(...signed.map(({ signs }) => signs));
  let best: string | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { text, signs } of signed) {
    const words = contentWords(text);
    const likeness = Math.max(...taken.map((other) => similarity(other, words)));
    const value = (1 - REPETITION) * (signs / most) - REPETITION * likeness;
    if (likeness >= SAME || value <= highest) continue;
    best = text;
    highest = value;
  }
  return best;
}
