/** Candidates by meaning, for questions and whole texts: papers that are near but have few of the words. */
import { modelKey } from '../nearest/files.ts';
import type { NearestReader } from '../nearest/nearest-reader.ts';
import type { CandidateStore } from './candidate-store.ts';
import type { Condition } from './filter-store.ts';
import type { SemanticPlan } from './query-embedding.ts';

/** In place of the last candidates by words, if these are many, so that a search scores as many as before. */
const NEAREST = 50;

export interface NearestCandidates {
  /**
   * Adds the nearest papers to the last group, unless words found nothing.
   * @param most candidates of the last group
   */
  beside(groups: number[][], plan: SemanticPlan, condition: Condition, most: number): number[][];
}

export function openNearestCandidates(
  nearest: NearestReader,
  candidates: Pick<CandidateStore, 'keysOf' | 'checkOf'>,
): NearestCandidates {
  return {
    beside(groups, { model, semantic }, condition, most) {
      const last = groups.at(-1) ?? [];
      // Checking an author takes a search in the index of words for each paper.
      if (!model || !semantic || last.length === 0 || condition.hasAuthor === true) return groups;
      const found = nearest.search(modelKey(model), semantic.vector, {
        limit: NEAREST,
        among: candidates.keysOf(condition),
        passes: candidates.checkOf(condition),
      });
      const merged = new Set([...last.slice(0, Math.max(0, most - NEAREST)), ...found, ...last]);
      return [...groups.slice(0, -1), [...merged].slice(0, most)];
    },
  };
}
