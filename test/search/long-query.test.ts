import { expect, it } from 'vitest';
import { openSearched, paper } from './search-harness.ts';

const words = (stem: string, count: number) => Array.from({ length: count }, (_, at) => `${stem}${at}`);

it('a pasted abstract finds the paper that shares its common words, beside those with one rare word each', async () => {
  const rare = words('rare', 30);
  const common = words('common', 30);
  const { search } = await openSearched([
    ...rare.map((word) => paper(`Another Paper about ${word}`)),
    ...common.flatMap((word) => Array.from({ length: 4 }, (_, at) => paper(`Work ${at} with ${word}`))),
    paper('The Like One', { abstract: common.join(' ') }),
  ]);
  const { hits } = await search([...rare, ...common].join(' '));
  expect(hits[0]?.paper.title).toBe('The Like One');
});
