/** The sets in which arXiv's OAI-PMH server arranges papers: `physics:hep-th`, `cs:cs:LG`. Pure. */

/** Archives that belong to the group `physics`. Every other archive is a group of its own. */
const PHYSICS = /^(?:astro-ph|cond-mat|gr-qc|hep-[a-z]+|math-ph|nlin|nucl-[a-z]+|physics|quant-ph)$/;
/** Archives without categories: each is one itself. */
const UNDIVIDED = /^(?:gr-qc|hep-[a-z]+|math-ph|nucl-[a-z]+|quant-ph)$/;

/**
 * @param category or an archive (`cs`, `math`), which is the set of all its categories; `physics` is the set
 * of all archives of physics
 */
export function setOf(category: string): string {
  const [archive = '', subject] = category.split('.');
  const group = PHYSICS.test(archive) ? 'physics' : archive;
  if (subject !== undefined) return `${group}:${archive}:${subject}`;
  return group === archive ? group : `${group}:${archive}`;
}

/** @returns `undefined` for a set of several categories */
export function categoryOfSet(set: string): string | undefined {
  const [group = '', archive, subject] = set.split(':');
  if (archive !== undefined && subject !== undefined) return `${archive}.${subject}`;
  // The old server wrote an archive of a group without categories.
  const alone = archive ?? group;
  return UNDIVIDED.test(alone) ? alone : undefined;
}
