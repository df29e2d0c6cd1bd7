/** The sample of a first start, searched for the subjects of the seed page: which papers must come first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSample } from '../../src/cli/verbs/first-start.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openImportProgressStore } from '../../src/import/import-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openSearchService, type WarmSearchService } from '../../src/search/search-service.ts';
import { systemClock } from '../../src/time/clock.ts';
import { modelsIn, sync } from './indexing/indexing-harness.ts';

const SAMPLE = join(import.meta.dirname, '../../data/sample');

/**
 * The papers of the seed page about each subject, which must be among the first results. The daily lists in
 * the sample have papers about some of these subjects too: any paper between them must name the subject in
 * its title.
 */
const FIRST = {
  'multi-task learning': {
    among: 7,
    papers: [
      'Adaptive Pattern Extraction Multi-Task Learning for Multi-Step Conversion Estimations',
      'In-BoXBART: Get Instructions into Biomedical Multi-Task Learning',
      'TaskExpert: Dynamically Assembling Multi-Task Representations with Memorial Mixture-of-Experts',
      'An Efficient General-Purpose Modular Vision Model via Multi-Task Heterogeneous Training',
      'Improving Multi-task Learning via Seeking Task-based Flat Regions',
    ],
    subject: /multi-?task/i,
  },
  'in-context learning': {
    among: 5,
    papers: [
      'Why Can GPT Learn In-Context? Language Models Implicitly Perform Gradient Descent as Meta-Optimizers',
      'What learning algorithm is in-context learning? Investigations with linear models',
      'Language Models can Exploit Cross-Task In-context Learning for Data-Scarce Novel Tasks',
      'Unified Demonstration Retriever for In-Context Learning',
    ],
    subject: /in-context/i,
  },
  'prompt tuning': {
    among: 4,
    papers: [
      'Multitask Vision-Language Prompt Tuning',
      'Less is more: Summarizing Patch Tokens for efficient Multi-Label Class-Incremental Learning',
      'Online Class Incremental Learning on Stochastic Blurry Task Boundary via Mask and Visual Prompt Tuning',
      'Few-shot Multimodal Multitask Multilingual Learning',
    ],
    subject: /prompt tuning/i,
  },
  'continual learning': {
    among: 5,
    papers: [
      'CODA-Prompt: COntinual Decomposed Attention-based Prompting for Rehearsal-Free Continual Learning',
      'Prototype-Sample Relation Distillation: Towards Replay-Free Continual Learning',
      'TAME: Task Agnostic Continual Learning using Multiple Experts',
    ],
    subject: /continual learning/i,
  },
} as const;

const seedPage = new Set(
  readFileSync(join(SAMPLE, 'seed-papers.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly title: string }).title),
);

describe.each(['words', 'meaning and words'])('the sample, searched by %s', (how) => {
  let search: WarmSearchService;

  beforeAll(async () => {
    const connection = openDatabase(':memory:');
    await migrate(connection);
    await loadSample({
      folder: SAMPLE,
      papers: openPaperStore(connection),
      progress: openImportProgressStore(connection),
      clock: systemClock,
    });
    if (how === 'words') {
      search = openSearchService(connection);
      return;
    }
    await sync(connection);
    expect(modelsIn(connection)).toMatchObject([{ state: 'serving' }]);
    search = openSearchService(connection);
  }, 120_000);

  it.each(Object.entries(FIRST))('%s', async (text, { among, papers, subject }) => {
    const page = await search.search({ text, filter: {}, sort: 'relevance', limit: among, offset: 0 });
    expect(page.semantic).toBe(how === 'words' ? 'none' : 'used');
    const titles = page.hits.map(({ paper }) => paper.title);
    expect(titles).toEqual(expect.arrayContaining([...papers]));
    for (const title of papers) expect(seedPage).toContain(title);
    for (const title of titles) {
      if (!(papers as readonly string[]).includes(title)) expect(title).toMatch(subject);
    }
  });
});
