import { describe, expect, it } from 'vitest';
import { openSearched, paper } from './search-harness.ts';

const { raw } = String;

describe('a paper with an unusual spelling', () => {
  it.each([
    [raw`K\"ahler Manifolds`, ['Kähler', 'Kahler', raw`K\"ahler`, raw`K\"{a}hler`]],
    [raw`The Erd\H{o}s Problem`, ['Erdős', 'Erdos', raw`Erd\H{o}s`]],
    [raw`{\AA}ngstr\"om Scales`, ['Ångström', 'angstrom']],
    [raw`The \L{}ojasiewicz Inequality`, ['Łojasiewicz', 'Lojasiewicz']],
    ['The Łojasiewicz Inequality', ['lojasiewicz', raw`\L ojasiewicz`]],
    ['Søren and Đorđe at Large', ['Soren', 'Dorde', 'søren']],
    [raw`Capture of CO$_2$`, ['CO2', 'CO₂', 'CO_2', 'co2']],
    ['Splitting H₂O', ['H2O', 'H<sub>2</sub>O', raw`H$_2$O`]],
    [raw`On $R^2$ as a Measure`, ['R2', 'R²', 'R^2']],
    [raw`$\alpha$-Divergences`, ['alpha divergences', 'α-divergences']],
    ['NF-κB in Cells', ['NF-kappaB', raw`NF-$\kappa$B`]],
    ['AT&T and Others', ['AT&T']],
  ])('is found by the usual spelling: %s', async (title, typed) => {
    const { ids } = await openSearched([paper('Nothing of the Kind'), paper(title)]);
    for (const words of typed) expect(await ids(words), words).toHaveLength(1);
  });

  it('is found by its title as shown', async () => {
    const title = raw`A $\sim$10-fold Gain at 360$^\circ$ for $\times$2 Cost in H\"older Spaces`;
    const { search } = await openSearched([paper(title), paper('A Gain for a Cost')]);
    const page = await search('A ~10-fold Gain at 360° for ×2 Cost in Hölder Spaces');
    expect(page).toMatchObject({ by: 'title', total: 1 });
  });

  it.each([
    [raw`C. Bal\'azsin`, 'Balazsin'],
    ['Łukasz Świątek', 'Lukasz Swiatek'],
    ['Jens Nørgård', 'norgard'],
    ['Đorđe Žikelić', 'dorde zikelic'],
  ])('is found by its author’s name: %s', async (author, typed) => {
    const { search, service } = await openSearched([
      paper('One', { authors: [author] }),
      paper('Two', { authors: ['Ada Example'] }),
    ]);
    expect((await search('', { filter: { author: typed } })).total).toBe(1);
    expect(await service.suggestAuthors(typed, 5)).toEqual([author]);
  });

  it('is suggested for a misspelt word', async () => {
    const { search } = await openSearched([paper('The Łojasiewicz Inequality')]);
    expect((await search('Łojasiewitz')).correction?.text).toBe('lojasiewicz');
  });
});
