import { describe, expect, it } from 'vitest';
import { openSearched, paper } from './search-harness.ts';

const PAPERS = [
  paper('In-Context Learning of Graphs', { votes: 3, authors: ['Li Wei', 'Ann Lee'], categories: ['cs.LG'] }),
  paper('In-Context Learning and Diffusion', {
    votes: 30,
    authors: ['Ann Lee'],
    categories: ['cs.LG', 'cs.CV'],
  }),
  paper('On Learning In-Context', {
    votes: 300,
    authors: ['Bob Leeds', 'José Núñez'],
    categories: ['math.CO'],
  }),
];
const [GRAPHS, DIFFUSION, ON] = PAPERS.map(({ id }) => id);

describe('suggested papers', () => {
  it('start with the typed text, those with more votes first, before papers that only contain the words', async () => {
    const { service } = await openSearched(PAPERS);
    const ids = async (typed: string) => (await service.suggestPapers(typed, 5)).map(({ id }) => id);
    expect(await ids('in-context lear')).toEqual([DIFFUSION, GRAPHS, ON]);
    expect(await ids('IN')).toEqual([DIFFUSION, GRAPHS, ON]);
    expect(await ids('grap')).toEqual([GRAPHS]);
  });

  it('are found at every letter of a word, before and after its stem', async () => {
    const { service } = await openSearched(PAPERS);
    const title = PAPERS[1]?.title ?? '';
    for (let length = 'In-Context Learning and D'.length; length <= title.length; length++) {
      const typed = title.slice(0, length);
      expect(await service.suggestPapers(typed, 1), typed).toMatchObject([{ id: DIFFUSION }]);
    }
  });

  it('are found by the first letter of a word, alone and after another word', async () => {
    const { service } = await openSearched(PAPERS);
    const ids = async (typed: string) => (await service.suggestPapers(typed, 5)).map(({ id }) => id);
    expect(await ids('d')).toEqual([DIFFUSION]);
    expect(await ids('learning di')).toEqual([DIFFUSION]);
    expect(await ids('learning g')).toEqual([GRAPHS]);
    expect(await ids('learning z')).toEqual([]);
    expect(await service.suggestAuthors('b', 5)).toEqual(['Bob Leeds']);
    expect(await service.suggestAuthors('ann z', 5)).toEqual([]);
  });

  it('start with the typed ID', async () => {
    const { service } = await openSearched(PAPERS);
    expect((await service.suggestPapers('2401.', 9)).length).toBe(3);
    expect(await service.suggestPapers(GRAPHS ?? '', 9)).toEqual([{ id: GRAPHS, title: PAPERS[0]?.title }]);
  });

  it('are the newest before anything is typed', async () => {
    const { service } = await openSearched(PAPERS);
    expect(await service.suggestPapers('', 2)).toHaveLength(2);
    expect(await service.suggestPapers('🤖', 2)).toEqual([]);
  });
});

describe('suggested authors', () => {
  it('have a name that starts with the typed text, those with more papers first', async () => {
    const { service } = await openSearched(PAPERS);
    expect(await service.suggestAuthors('le', 5)).toEqual(['Ann Lee', 'Bob Leeds']);
    expect(await service.suggestAuthors('ann l', 5)).toEqual(['Ann Lee']);
    expect(await service.suggestAuthors('nunez', 5)).toEqual(['José Núñez']);
    expect(await service.suggestAuthors('wei li', 5)).toEqual(['Li Wei']);
    expect(await service.suggestAuthors('', 5)).toEqual([]);
  });
});

describe('suggested categories', () => {
  it('start with the typed text, the frequent ones first', async () => {
    const { service } = await openSearched(PAPERS);
    expect(await service.suggestCategories('', 5)).toEqual(['cs.LG', 'cs.CV', 'math.CO']);
    expect(await service.suggestCategories('CS.', 5)).toEqual(['cs.LG', 'cs.CV']);
    expect(await service.suggestCategories('q-bio', 5)).toEqual([]);
  });
});
