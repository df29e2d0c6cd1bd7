/** Chooses the sentences of an abstract that state what the paper does, its problem, approach and result. */
import { isPlainSentence } from '../model/plain-sentence.ts';
import type { Section } from '../text/sentences/sections.ts';
import { readSentences, type Sentence } from '../text/sentences/sentences.ts';
import { pointsBack, pointsWithin, standAlone, withSubject } from '../text/shortening/standalone.ts';
import { contentWords, countShared, similarity } from './content-words.ts';
import { AVAILABILITY, CONTINUES, PROPOSES } from './cues.ts';
import { type RoleScores, scoreRoles } from './scoring/scorer.ts';
import type { PointKind } from './summary.ts';

export interface ScoredSentence extends Sentence {
  /** The sentence as it can be read without the others, in the paper's own words. */
  readonly shown: string;
  readonly words: ReadonlySet<string>;
  /** Position in the abstract, from 0. */
  readonly index: number;
  readonly scores: RoleScores;
}

/** A role that the abstract does not have is absent. */
export interface Chosen extends Readonly<Partial<Record<PointKind, ScoredSentence>>> {
  readonly line: ScoredSentence;
  /** Other sentences that could be the line, the best first. */
  readonly others: readonly ScoredSentence[];
}

/** Share of a sentence's words in the title from which it only repeats the title. */
const ECHO = 0.8;
/** Cosine similarity from which two sentences say the same. */
const SAME = 0.8;
const SUMMING: ReadonlySet<Section> = new Set(['objective', 'results', 'conclusions']);

/** Sections of a structured abstract for each role, the best first. */
const TOLD: Readonly<Record<PointKind, readonly Section[]>> = {
  problem: ['background', 'objective'],
  approach: ['methods'],
  result: ['results', 'conclusions'],
};
/** The role whose sentence is clearest chooses first. The approach mostly has more than one sentence. */
const CHOOSING_ORDER: readonly PointKind[] = ['result', 'problem', 'approach'];
/**
 * What a sentence loses that points at another one, at its beginning or within: it is the line only when
 * nothing is about as good. Points stand below the line, where “it” mostly means the paper's method.
 */
const POINTING = { line: 0.8, within: 0.25, point: 0.03 } as const;
/** What a result loses that only adds to the one before: “Additionally, …”. */
const FURTHER = 0.1;
/** What the approach loses that is no sentence but a place or a number: “Setting: Two hospitals.” */
const FRAGMENT = 1;
const LONGEST_FRAGMENT = 5;
const VERB = /\b(?:we|is|are|was|were|\p{Ll}+ed)\b/iu;
/** Scores below this mean that the abstract does not have the role. */
const FEWEST: Readonly<Record<PointKind, number>> = { problem: 0.2, approach: 0.12, result: 0.2 };

/**
 * Returns `undefined` when no sentence says more than the title. Sentences with links or mentions, and
 * keywords, are ignored.
 */
export function chooseSentences(
  { title, abstract }: { readonly title: string; readonly abstract: string },
  score: typeof scoreRoles = scoreRoles,
): Chosen | undefined {
  const sentences = readSentences(abstract);
  const titleWords = contentWords(title);
  const scores = score(
    title,
    sentences.map(({ text }) => text),
  );
  const candidates = sentences.flatMap((sentence, index): ScoredSentence[] => {
    const scored = scores[index];
    const words = contentWords(sentence.text);
    const isUsable =
      sentence.section !== 'other' && !echoes(words, titleWords) && isPlainSentence(sentence.text);
    if (!isUsable || !scored) return [];
    const shown = alone(sentence.text, sentences[index - 1]?.text);
    return [{ ...sentence, shown, words, index, scores: lowered(scored, sentence, shown) }];
  });
  const [line, ...others] = summing(candidates).toSorted((a, b) => b.scores.line - a.scores.line);
  return line && { line, others, ...choosePoints(candidates, line) };
}

/** Without what links it to others, and with the name that “It” means if that is certain. */
function alone(sentence: string, before: string | undefined): string {
  const { text } = standAlone(sentence);
  return (before !== undefined && pointsBack(text) && withSubject(text, before)) || text;
}

function lowered(scores: RoleScores, { text, section }: Sentence, shown: string): RoleScores {
  const { line, problem, approach, result } = scores;
  const isFurther = CONTINUES.test(text);
  // A question, too, is nothing without what follows.
  const isBack = pointsBack(shown) || shown.endsWith('?');
  const within = pointsWithin(shown) ? POINTING.within : 0;
  const point = isBack ? POINTING.point : 0;
  return {
    line: line - (isBack ? POINTING.line : within),
    problem: problem - point,
    approach: approach - point - (section === 'methods' && isFragment(text) ? FRAGMENT : 0),
    result: result - point - (isFurther ? FURTHER : 0),
  };
}

function isFragment(sentence: string): boolean {
  return sentence.split(' ').length <= LONGEST_FRAGMENT && !VERB.test(sentence);
}

/** At most one sentence per role, none similar to another or to the line. */
function choosePoints(
  candidates: readonly ScoredSentence[],
  line: ScoredSentence,
): Partial<Record<PointKind, ScoredSentence>> {
  const chosen: Partial<Record<PointKind, ScoredSentence>> = {};
  const taken = [line];
  for (const role of CHOOSING_ORDER) {
    const free = candidates.filter((candidate) => isFree(candidate, taken));
    const found = best(free, (candidate) => candidate.scores[role] + told(role, candidate.section));
    if (!found || found.scores[role] + told(role, found.section) < FEWEST[role]) continue;
    chosen[role] = found;
    taken.push(found);
  }
  return chosen;
}

function isFree({ text, words, index }: ScoredSentence, taken: readonly ScoredSentence[]): boolean {
  return (
    !AVAILABILITY.test(text) &&
    taken.every((other) => other.index !== index && similarity(other.words, words) < SAME)
  );
}

/** The authors' own label of a section counts more than any score. */
function told(role: PointKind, section: Section | undefined): number {
  if (section === undefined) return 0;
  const place = TOLD[role].indexOf(section);
  return place < 0 ? -2 : 2 - place;
}

/**
 * Returns the sentences of a structured abstract that can summarise it. “To find out whether …” is a
 * fragment. If there is only one sentence about the methods, it is reserved for the approach.
 */
function summing(candidates: readonly ScoredSentence[]): readonly ScoredSentence[] {
  const sections = new Set(
    candidates.map(({ section }) => section).filter((section) => section !== undefined),
  );
  if (sections.size < 2) return candidates;
  const methods = candidates.filter(({ section }) => section === 'methods');
  const telling = candidates.filter(({ text, section }) =>
    section === 'methods'
      ? methods.length > 1 && PROPOSES.test(text)
      : section !== undefined && SUMMING.has(section) && !/^To /.test(text),
  );
  return telling.length > 0 ? telling : candidates;
}

function echoes(words: ReadonlySet<string>, titleWords: ReadonlySet<string>): boolean {
  return countShared(words, titleWords) >= ECHO * words.size;
}

/** The first of the highest. */
function best<Item>(items: readonly Item[], value: (item: Item) => number): Item | undefined {
  let found: Item | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const reached = value(item);
    if (reached <= highest) continue;
    found = item;
    highest = reached;
  }
  return found;
}
