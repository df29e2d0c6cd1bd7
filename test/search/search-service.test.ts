import { describe, expect, it } from 'vitest';
import { fuzzQueries } from '../../bench/fuzz-queries.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { SearchFilter } from '../../src/search/search.ts';
import { addPapers, idsOf, openSearched, paper } from './search-harness.ts';

const MOE = paper('Sparsely-Gated Layers', {
  abstract: 'Models are large. A mixture of experts routes each token to two experts. It is fast.',
  authors: ['Noam Shazeer', 'Peter Smith'],
  categories: ['cs.LG', 'stat.ML'],
  published: '2024-03-05T17:59:59Z',
  votes: 10,
});
const DIFFUSION = paper('Diffusion Models Beat Others', {
  abstract: 'We show that diffusion models make better images. Pre-training is cheap.',
  authors: ['Yoshua Bengio', 'Jürgen Peters'],
  categories: ['cs.CV'],
  published: '2024-05-01',
  votes: 99,
});
const EXPERTS = paper('Experts Disagree on a Mixture', {
  abstract: 'A survey of diffusion experts.',
  authors: ['Samy Bengio'],
  categories: ['cs.CL', 'cs.LG'],
  published: '2024-05',
});
const SMALL = [MOE, DIFFUSION, EXPERTS];

it('a count is of papers with all words in title and abstract, and the parts of a hyphenated word together', async () => {
  const apart = paper('Long views', {
    abstract: 'They need context, and Song wrote it.',
    authors: ['Ada Context'],
  });
  const joined = paper('Longcontext models');
  const { service } = await openSearched([...SMALL, apart, joined, paper('On long context')]);
  const count = (text: string, filter: SearchFilter = {}) => service.count({ text, filter }, 10);
  expect(await count('mixture expert')).toBe(2);
  expect(await count('mixture expert -survey')).toBe(1);
  expect(await count('diffusion', { author: 'Bengio', category: 'cs.CL' })).toBe(1);
  expect(await count('shazeer')).toBe(0);
  expect(await count('long-context')).toBe(2);
  expect(await count('long context')).toBe(2);
  expect(await count('', { author: 'bengio' })).toBe(2);
  expect(await service.count({ text: 'mixture', filter: {} }, 1)).toBe(1);
});

describe('words of a search', () => {
  it('find papers in any form, those with all words first', async () => {
    const { search, ids } = await openSearched([...SMALL, paper('Expert Layers Expert Expert Expert')]);
    const page = await search('mixtures expert');
    expect(page).toMatchObject({ by: 'words', total: 3, totalIsFloor: false });
    expect(new Set(idsOf(page).slice(0, 2))).toEqual(new Set([MOE.id, EXPERTS.id]));
    expect(await ids('pre-training')).toEqual([DIFFUSION.id]);
    expect(page.hits.map(({ score }) => score)).toEqual(
      [...page.hits.map(({ score }) => score)].sort((a, b) => b - a),
    );
  });

  it('match the current text of a paper, even after it was changed', async () => {
    const much = 'A glacier on a glacier beside a glacier.';
    const little = 'Ice of many kinds lies on land and floats at sea, and one of them is called a glacier.';
    const one = paper('Northern', { abstract: much });
    const other = paper('Southern', { abstract: little });
    const { connection, ids } = await openSearched([one, other]);
    expect(await ids('glacier')).toEqual([one.id, other.id]);
    const swapped = [
      { ...one, abstract: little },
      { ...other, abstract: much },
    ];
    await openPaperStore(connection).importBatch(swapped, { source: 'arxiv', at: '2026-05-30T12:00:00Z' });
    expect(await ids('glacier')).toEqual([other.id, one.id]);
  });

  it('show the sentence that matches', async () => {
    const { search } = await openSearched(SMALL);
    const [hit] = (await search('routes tokens')).hits;
    expect(hit?.snippet).toBe('A mixture of experts routes each token to two experts.');
  });

  it('in quotes must occur together', async () => {
    const { ids } = await openSearched(SMALL);
    expect(await ids('"mixture of experts"')).toEqual([MOE.id]);
    expect(await ids('“experts of mixture”')).toEqual([]);
    expect(await ids('"diffusion experts" images')).toEqual([EXPERTS.id]);
  });

  it('after a minus sign exclude papers', async () => {
    const { ids } = await openSearched(SMALL);
    expect(await ids('diffusion -survey')).toEqual([DIFFUSION.id]);
  });

  it('that occur in most papers still find them', async () => {
    const { search } = await openSearched(Array.from({ length: 300 }, (_, at) => paper(`Learning ${at}`)));
    expect(await search('learning', { limit: 3 })).toMatchObject({ total: 200, totalIsFloor: true });
    expect(idsOf(await search('learning 17'))).toHaveLength(1 + 9);
    expect((await search('learning 17')).hits[0]?.paper.title).toBe('Learning 17');
  });

  it('that are only punctuation and emoji find nothing', async () => {
    const { search } = await openSearched(SMALL);
    for (const text of ['???', '🤖', '" "', '\u0000']) {
      expect(await search(text), text).toMatchObject({ hits: [], total: 0 });
    }
  });
});

describe('a search for one paper', () => {
  it('finds only that paper by its ID, any form of a link, a version, or a former ID', async () => {
    const early = { title: 'Known by Title', abstract: 'First seen without an id.' };
    const { connection, search } = await openSearched([...SMALL, early]);
    const generated = idsOf(await search('Known by Title Known')).at(0) ?? '';
    await addPapers(connection, [{ ...early, id: '2405.00042' }]);
    for (const [text, id] of [
      [`${MOE.id}v3`, MOE.id],
      [`https://arxiv.org/pdf/${MOE.id}.pdf`, MOE.id],
      [` arXiv:${MOE.id} `, MOE.id],
      [generated, '2405.00042'],
    ] as const) {
      const page = await search(text);
      expect(page, text).toMatchObject({ by: 'reference', total: 1, totalIsFloor: false });
      expect(idsOf(page), text).toEqual([id]);
    }
  });

  it('finds nothing for an unknown ID, and searches for words if the text cannot be an ID', async () => {
    const { search } = await openSearched(SMALL);
    expect(await search('2406.01574')).toEqual({
      by: 'reference',
      hits: [],
      semantic: 'none',
      total: 0,
      totalIsFloor: false,
    });
    expect(await search('9999.99999')).toMatchObject({ by: 'words', hits: [] });
  });

  it('finds only that paper by its whole title, in any spelling', async () => {
    const { search } = await openSearched(SMALL);
    const page = await search('“diffusion models: BEAT others!”');
    expect(page).toMatchObject({ by: 'title', total: 1 });
    expect(idsOf(page)).toEqual([DIFFUSION.id]);
  });

  it('lists that paper first, but not alone, if its title is as short as a topic', async () => {
    const subject = paper('Prompt Tuning', { abstract: '' });
    const louder = paper('Prompt Tuning of Prompts by Tuning Prompt Tuning', {
      abstract: 'Prompt tuning. '.repeat(9),
    });
    const { search } = await openSearched([louder, subject]);
    const page = await search('prompt tuning');
    expect(page.by).toBe('words');
    expect(idsOf(page)).toEqual([subject.id, louder.id]);
  });
});

describe('search filters', () => {
  it('apply to a search and to a list without words', async () => {
    const { ids } = await openSearched(SMALL);
    for (const text of ['experts diffusion', '']) {
      const by = async (filter: SearchFilter) => (await ids(text, { filter })).sort();
      expect(await by({ since: '2024-05-01' })).toEqual([DIFFUSION.id, EXPERTS.id].sort());
      // The day of this one is unknown: it may be any day of its month.
      expect(await by({ since: '2024-05-02' })).toEqual([EXPERTS.id]);
      expect(await by({ since: '2024-06-01' })).toEqual([]);
      expect(await by({ until: '2024-03-05' })).toEqual([MOE.id]);
      expect(await by({ until: '2024-03-04' })).toEqual([]);
      expect(await by({ category: 'cs.lg' })).toEqual([MOE.id, EXPERTS.id].sort());
      expect(await by({ category: 'cs' })).toEqual(SMALL.map(({ id }) => id ?? '').sort());
      expect(await by({ category: 'stat' })).toEqual([MOE.id]);
      expect(await by({ category: 'c' })).toEqual([]);
      expect(await by({ minVotes: 10 })).toEqual([MOE.id, DIFFUSION.id].sort());
      expect(await by({ author: 'bengio', minVotes: 1 })).toEqual([DIFFUSION.id]);
    }
  });

  it('match a paper that is dated only by its year on every day of that year', async () => {
    const { ids } = await openSearched([paper('Dated by Year', { published: '2024' })]);
    const by = (filter: SearchFilter) => ids('', { filter });
    expect(await by({ since: '2024-06-01' })).toHaveLength(1);
    expect(await by({ since: '2024-01-01', until: '2024-12-31' })).toHaveLength(1);
    expect(await by({ since: '2025-01-01' })).toEqual([]);
    expect(await by({ until: '2023-12-31' })).toEqual([]);
  });

  it('match an author by whole names, with or without accents, but not by similar names or two people together', async () => {
    const { ids } = await openSearched(SMALL);
    const by = (author: string) => ids('', { filter: { author } });
    expect(await by('Bengio, Yoshua')).toEqual([DIFFUSION.id]);
    expect(await by('Y. Bengio')).toEqual([DIFFUSION.id]);
    expect(await by('jurgen PETERS')).toEqual([DIFFUSION.id]);
    expect(await by('Peter')).toEqual([MOE.id]);
    expect(await by('Noam Smith')).toEqual([]);
    expect(await by('"; OR *')).toEqual([]);
    expect(await by('🤖')).toEqual([]);
  });

  it('can show the papers that a person or the team has saved', async () => {
    const { connection, ids } = await openSearched(SMALL);
    const save = connection.prepare(
      `INSERT INTO saves SELECT 'lab', 'slack', 'T1', ?, pk, '2026-05-29' FROM papers WHERE id = ?`,
    );
    save.run('ann', MOE.id);
    save.run('bob', EXPERTS.id);
    const ann = { platform: 'slack', workspace: 'T1', person: 'ann' };
    expect(await ids('experts', { filter: { savedBy: ann } })).toEqual([MOE.id]);
    expect(await ids('', { filter: { savedBy: { team: 'lab' } } })).toEqual([EXPERTS.id, MOE.id]);
    expect(await ids('', { filter: { savedBy: { team: 'other' } } })).toEqual([]);
    expect(await ids(DIFFUSION.id ?? '', { filter: { savedBy: { team: 'lab' } } })).toEqual([]);
  });
});

describe('the order of search results', () => {
  it('is by date or votes on request, with unknown ones last', async () => {
    const { ids } = await openSearched(SMALL);
    for (const text of ['', 'experts']) {
      const newest = await ids(text, { sort: 'newest', filter: { category: 'cs.LG' } });
      expect(newest).toEqual([EXPERTS.id, MOE.id]);
      expect(await ids(text, { sort: 'votes', filter: { category: 'cs.LG' } })).toEqual([MOE.id, EXPERTS.id]);
    }
  });

  it('by date puts papers with all words before papers with one', async () => {
    const { ids } = await openSearched(SMALL);
    expect(await ids('mixture routes', { sort: 'newest' })).toEqual([MOE.id]);
  });

  it('shows each paper once across pages, including ties', async () => {
    const twins = Array.from({ length: 60 }, (_, at) =>
      paper(`Twin ${at}`, { abstract: 'graph', published: '2024-01-01' }),
    );
    const { ids } = await openSearched(twins);
    for (const sort of ['relevance', 'newest', 'votes'] as const) {
      for (const text of ['graph', '']) {
        const pages = [0, 25, 50, 75].map((offset) => ids(text, { sort, limit: 25, offset }));
        const seen = (await Promise.all(pages)).flat();
        expect(seen).toHaveLength(60);
        expect(new Set(seen).size).toBe(60);
      }
    }
  });
});

describe('the spelling of a search', () => {
  it('is corrected if nothing was found, with the number of results', async () => {
    const { search } = await openSearched(SMALL);
    expect(await search('difusion modles')).toMatchObject({
      hits: [],
      correction: { text: 'diffusion models', total: 1 },
    });
    expect((await search('diffusion')).correction).toBeUndefined();
    expect((await search('qwxzyvk')).correction).toBeUndefined();
  });

  it('is not corrected if the filter leaves no results', async () => {
    const { search } = await openSearched(SMALL);
    const page = await search('difusion modles', { filter: { minVotes: 1_000 } });
    expect(page.total).toBe(0);
    expect(page.correction).toBeUndefined();
  });

  it('is checked against papers that arrived later', async () => {
    const { connection, search } = await openSearched([]);
    expect((await search('difusion')).correction).toBeUndefined();
    await addPapers(connection, SMALL);
    expect((await search('difusion')).correction?.text).toBe('diffusion');
  });
});

describe('similar papers', () => {
  it('share distinctive words, without the paper itself', async () => {
    const { service } = await openSearched([...SMALL, paper('Routing Tokens to Experts'), paper('Cooking')]);
    const page = await service.similar({ ids: [MOE.id ?? ''], filter: {}, limit: 10, offset: 0 });
    expect(page.hits[0]?.paper.title).toBe('Routing Tokens to Experts');
    expect(idsOf(page)).not.toContain(MOE.id);
    expect(page.hits.map(({ paper: { title } }) => title)).not.toContain('Cooking');
  });

  it('are similar to any of several papers, without them, and pass the filter', async () => {
    const routing = paper('Routing Tokens to Experts', { published: '2026-03-01' });
    const noise = paper('Diffusion of Noise into Images', { published: '2024-01-01' });
    const { service } = await openSearched([...SMALL, routing, noise, paper('Cooking')]);
    const ids = [MOE.id ?? '', DIFFUSION.id ?? ''];
    const all = { ids, filter: {}, limit: 10, offset: 0 };
    const found = idsOf(await service.similar(all));
    expect(found).toEqual(expect.arrayContaining([routing.id, noise.id]));
    expect(found.filter((id) => ids.includes(id))).toEqual([]);
    const recent = idsOf(await service.similar({ ...all, filter: { since: '2026-01-01' } }));
    expect(recent).toContain(routing.id);
    expect(recent).not.toContain(noise.id);
  });

  it('are none for an unknown ID, and for a paper without words', async () => {
    const blank = paper('…', { abstract: '' });
    const { service } = await openSearched([...SMALL, blank]);
    for (const id of ['2406.01574', blank.id ?? '', '🤖']) {
      expect(await service.similar({ ids: [id], filter: {}, limit: 5, offset: 0 })).toMatchObject({
        hits: [],
        total: 0,
      });
    }
  });
});

describe('a search for any text', () => {
  it('never fails, for 1,500 hostile texts in every field', async () => {
    const { search, service } = await openSearched(SMALL);
    for (const text of fuzzQueries(1_500, 20_260_529)) {
      const page = await search(text, { limit: 2 });
      expect(page.hits.length).toBeLessThanOrEqual(2);
    }
    for (const text of fuzzQueries(150, 42)) {
      await search('experts', { filter: { author: text, category: text }, sort: 'votes' });
      await service.similar({ ids: [text], filter: { author: text }, limit: 2, offset: 0 });
      await service.suggestPapers(text, 2);
      await service.suggestAuthors(text, 2);
      await service.suggestCategories(text, 2);
    }
  });

  it('uses the current state of the papers', async () => {
    const { connection, ids } = await openSearched(SMALL);
    const changed = { ...MOE, title: 'Gates', abstract: 'Now about proteins.' };
    const context = { source: 'arxiv', at: '2026-05-30T00:00:00Z' } as const;
    await openPaperStore(connection).importBatch([changed], context);
    expect(await ids('proteins')).toEqual([MOE.id]);
    expect(await ids('token')).toEqual([]);
  });
});
