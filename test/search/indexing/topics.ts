/** Papers that a model can learn from: each is about one of a few subjects, in words of that subject. */
import type { PaperRecord } from '../../../src/papers/paper.ts';

/**
 * The first two words of a subject never occur in the same paper. The model must learn that they belong
 * together.
 */
const SUBJECTS = [
  ['neuron', 'synapse', 'cortex', 'axon', 'spike', 'brain', 'membrane', 'dendrite', 'hippocampus'],
  ['glacier', 'moraine', 'ice', 'climate', 'melt', 'arctic', 'snow', 'fjord', 'permafrost'],
  ['robot', 'gripper', 'arm', 'grasp', 'motion', 'torque', 'joint', 'planner', 'wheel'],
  ['galaxy', 'quasar', 'star', 'redshift', 'telescope', 'orbit', 'nebula', 'dust', 'supernova'],
  ['verb', 'syntax', 'sentence', 'grammar', 'noun', 'parser', 'clause', 'corpus', 'phrase'],
  ['virus', 'vaccine', 'antibody', 'infection', 'immune', 'protein', 'dose', 'cell', 'mutation'],
] as const;

/** @param from number of the first paper, which makes it unique */
export function topicalPapers(count: number, from = 0): (PaperRecord & { readonly id: string })[] {
  return Array.from({ length: count }, (_, n) => toTopicalPaper(from + n));
}

function toTopicalPaper(n: number): PaperRecord & { readonly id: string } {
  const words = SUBJECTS[n % SUBJECTS.length] ?? SUBJECTS[0];
  const round = Math.floor(n / SUBJECTS.length);
  const [one, other, ...shared] = words;
  const own = round % 2 === 0 ? one : other;
  // Four of the other words, different in each round.
  const four = [0, 1, 2, 3].map((step) => shared[(round + step) % shared.length]);
  return {
    id: `24${String(1 + Math.floor(n / 9_000)).padStart(2, '0')}.${String(10_000 + (n % 9_000))}`,
    title: `About the ${own}, study ${n}`,
    abstract: `We look at the ${own} and at its ${four.join(', its ')}. Sample s${n} was taken. The ${four[round % 4]} matters most for the ${own}, as twelve experiments with number ${n} show in every detail that was measured so far.`,
    authors: ['Ada Lovelace'],
    categories: ['cs.LG'],
  };
}
