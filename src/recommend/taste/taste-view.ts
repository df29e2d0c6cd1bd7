/** Says in words what is known of a person: the subjects, authors and categories of their papers. Pure. */
import type { TermRarity } from '../ranking/interests.ts';
import { subjectKey } from '../ranking/subjects.ts';
import type { PaperFacts, Signals } from '../signals-store.ts';
import { sharedSubjects } from './phrases.ts';
import type { Counted, TasteView } from './taste.ts';

const SUBJECTS = 8;
const AUTHORS = 5;
const CATEGORIES = 4;
/** Papers of an author, so that coincidences are left out. */
const FEWEST_OF_AUTHOR = 2;
/** A category of fewer papers is a coincidence too, as a share of all. */
const FEWEST_OF_CATEGORY = 0.1;

/** @param facts of the latest papers that count, with their weights */
export function toTasteView(
  { isOff, papers, subjects }: Signals,
  facts: ReadonlyArray<PaperFacts & { readonly weight: number }>,
  rarity: TermRarity,
): TasteView {
  const countOf = (wanted: string) => papers.filter(({ kind }) => kind === wanted).length;
  const named = (wanted: string) =>
    subjects.filter(({ kind }) => kind === wanted).map(({ subject }) => subject);
  const keys = new Set(subjects.map(({ subject }) => subjectKey(subject)));
  return {
    isOff,
    saves: countOf('saved'),
    more: countOf('more'),
    less: countOf('less'),
    liked: named('like'),
    avoided: named('avoid'),
    subjects: sharedSubjects(facts, rarity, SUBJECTS).filter(({ name }) => !keys.has(subjectKey(name))),
    authors: mostFrequent(
      facts.map(({ authors }) => authors),
      FEWEST_OF_AUTHOR,
    ).slice(0, AUTHORS),
    categories: mostFrequent(
      facts.map(({ categories }) => categories),
      Math.max(1, facts.length * FEWEST_OF_CATEGORY),
    ).slice(0, CATEGORIES),
  };
}

function mostFrequent(lists: ReadonlyArray<readonly string[]>, fewest: number): Counted[] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const name of new Set(list)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([, papers]) => papers >= fewest)
    .sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB))
    .map(([name, papers]) => ({ name, papers }));
}
