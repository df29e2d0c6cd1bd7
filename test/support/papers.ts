/** Papers for tests, as a source would bring them. */
import type { PaperRecord } from '../../src/papers/paper.ts';

/** A paper that knows everything; what a test is about it overrides. */
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

/** `count` papers about mixtures of experts, each for one subject, on the list of one day with falling votes. */
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
