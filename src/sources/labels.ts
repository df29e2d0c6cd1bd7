/** The sources that are asked over the network, and what sentences call them. */

export const SOURCE_LABELS = {
  'hugging-face': 'Hugging Face',
  arxiv: 'arXiv',
  'semantic-scholar': 'Semantic Scholar',
} as const;

export type PolledSource = keyof typeof SOURCE_LABELS;

/** The job of each source that says how fresh it is; the others (single days, votes) follow from it. */
export const FRESHNESS_JOBS = [
  ['hugging-face', 'latest'],
  ['arxiv', 'daily'],
  ['semantic-scholar', 'recent'],
] as const;
