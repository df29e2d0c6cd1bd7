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

it('a pasted abstract that is stored comes first, and the others in the order that they have without it', async () => {
  const asked = words('asked', 30).join(' ');
  const others = [28, 20, 12].map((count) =>
    paper(`With ${count}`, { abstract: words('asked', count).join(' ') }),
  );
  const without = await openSearched(others);
  const expected = await without.ids(asked);
  const itself = paper('…', { abstract: asked });
  const { search } = await openSearched([...others, itself]);
  const { hits } = await search(asked);
  expect(hits.map(({ paper: { id } }) => id)).toEqual([itself.id, ...expected]);
});

it('a pasted abstract finds a hyphenated word that others write as one', async () => {
  const { ids } = await openSearched([
    paper('Pretraining at Scale'),
    ...words('other', 3).map((word) => paper(word)),
  ]);
  expect(await ids(`${words('asked', 30).join(' ')} pre-training`)).toHaveLength(1);
});
