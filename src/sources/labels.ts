/** The sources that are asked over the network, and what sentences call them. */

export const SOURCE_LABELS = {
  'hugging-face': 'Hugging Face',
  arxiv: 'arXiv',
  'semantic-scholar': 'Semantic Scholar',
} as const;

export type PolledSource = keyof typeof SOURCE_LABELS;
