/** Papers for tests, as a source returns them. */
import type { PaperRecord } from '../../src/papers/paper.ts';

/** A paper with every field. Each test overrides the fields it is about. */
export function samplePaper(overrides: Partial<PaperRecord> = {}): PaperRecord {
  return {
    id: '2605.00001',
    version: 1,
    title: 'Routing Tokens to Mixtures of Experts',
    abstract:
      'Large models are expensive to run. However, existing routers leave most experts idle. We propose TokenRoute, a router that learns which experts a token needs. Experiments on twelve benchmarks show that it halves the cost at equal accuracy.',
    authors: ['Ada Lovelace', 'Alan Turing'],
    categories: ['cs.LG', 'cs.CL'],
    published: '2026-05-28T17:59:59Z',
    votes: 128,
    comments: 7,
    organization: 'Example Lab',
    codeUrl: 'https://github.com/example/token-route',
    codeStars: 412,
    onHuggingFace: true,
    ...overrides,
  };
}

const SUBJECTS = ['robots', 'proteins', 'speech', 'planning', 'vision', 'code', 'music'] as const;

/**
 * `count` papers about mixtures of experts, each on its own topic, on one day's list with decreasing votes.
 */
export function listedPapers(day: string, count: number): PaperRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const rank = index + 1;
    const subject = SUBJECTS[index % SUBJECTS.length];
    const votes = 10 * (count - index);
    return samplePaper({
      id: `2605.1${String(rank).padStart(4, '0')}`,
      title: `Mixture of Experts for ${subject}, Part ${rank}`,
      abstract: `Progress on ${subject} has been slow. We introduce expert number ${rank}, a mixture of experts that is trained for ${subject} alone. It outperforms dense models by ${rank}%.`,
      published: `${day}T00:00:00Z`,
      votes,
      comments: 0,
      appearances: [{ day, rank, votes, comments: 0 }],
    });
  });
}

/** Two papers with abstracts that have one sentence each for problem, approach, data and result. */
export const ROUTING = {
  id: '2605.00001',
  title: 'Routing Tokens to Mixtures of Experts',
  abstract:
    'Mixtures of experts are large but difficult to train. We propose a router that learns which tokens each expert reads. We evaluate on the C4 and WikiText corpora. Results show that it trains 2.5$\\times$ faster than the baseline.',
};
export const PROMPTS = {
  id: '2605.00002',
  title: 'Prompt Tuning for Small Models',
  abstract:
    'However, small models suffer when all of their weights are tuned. We introduce soft prompts that leave the weights alone. They are trained on 12 datasets of questions. Our experiments show that they outperform full tuning by 4%.',
};
