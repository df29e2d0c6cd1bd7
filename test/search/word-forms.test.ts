import { describe, expect, it } from 'vitest';
import { openSearched, paper } from './search-harness.ts';

/** Each is found by each of the others' spellings. */
const SPELLINGS: ReadonlyArray<readonly string[]> = [
  ['self-attention', 'selfattention', 'Self‑Attention', 'self–attention'],
  ['non-invasive', 'noninvasive'],
  ['3D', '3-D'],
  ['kNN', 'k-NN', 'knn'],
  ['$k$-means', 'kmeans', 'k-means'],
  ['GPT-4o', 'gpt4o', 'GPT4o'],
  ['ResNet-50', 'resnet50'],
  ['Wi-Fi', 'WiFi'],
  ['e-mail', 'email'],
  ['X-ray', 'xray'],
  ['GPT-4-turbo', 'gpt4turbo', 'GPT4-turbo'],
  ['mixture-of-experts', 'mixtureofexperts'],
  ['C++', 'c++'],
  ['C#', 'c#', 'csharp'],
  ['.NET', '.net', 'dotnet'],
  ['A*', 'A-star', '$A^*$'],
  ['AT&T', 'AT&amp;T', String.raw`AT\&T`, 'at&t'],
  ['Navier--Stokes', 'Navier–Stokes', 'Navier-Stokes', 'navierstokes'],
];

describe('a word that is written in several ways', () => {
  it.each(SPELLINGS.map((spellings) => [spellings[0] ?? '', spellings] as const))(
    'is found by each of them: %s',
    async (_, spellings) => {
      for (const written of spellings) {
        const { ids } = await openSearched([
          paper('Something Else Entirely'),
          paper(`Learning with ${written} for Robots`),
        ]);
        for (const typed of spellings) expect(await ids(typed), `${typed} for ${written}`).toHaveLength(1);
      }
    },
  );

  it('finds those that have its words apart, where no other joins them', async () => {
    const { ids } = await openSearched([paper('Llama 2 at Scale'), paper('In Context Learning')]);
    expect(await ids('Llama-2')).toHaveLength(1);
    expect(await ids('in-context learning')).toHaveLength(1);
  });

  it('is told from its neighbours: C, C++ and C#', async () => {
    const { search } = await openSearched([
      paper('C Programs and Memory Safety'),
      paper('Refactoring C# Projects for .NET'),
      paper('Compiling C++ Templates'),
      paper('Standards since C++17'),
    ]);
    const titles = async (typed: string) => (await search(typed)).hits.map((hit) => hit.paper.title).sort();
    expect(await titles('C++')).toEqual(['Compiling C++ Templates', 'Standards since C++17']);
    expect(await titles('C#')).toEqual(['Refactoring C# Projects for .NET']);
    expect(await titles('C')).toEqual(['C Programs and Memory Safety']);
    expect(await titles('"C++ templates"')).toEqual(['Compiling C++ Templates']);
    expect(await titles('programs -C++')).toEqual(['C Programs and Memory Safety']);
  });

  it('is named as it was typed where an answer says why', async () => {
    const { search } = await openSearched([
      paper('Compiling C++ Templates'),
      paper('Refactoring C# for .NET'),
    ]);
    expect((await search('C++ templates')).hits[0]?.why?.words.toSorted()).toEqual(['C++', 'templates']);
    expect((await search('.NET')).hits[0]?.why?.words).toEqual(['.NET']);
  });

  it('is told from its letters alone: Q&A', async () => {
    const { search } = await openSearched([
      paper('A q-Analogue of Series'),
      paper('Medical Q&A; with H&E Slides'),
    ]);
    const titles = async (typed: string) => (await search(typed)).hits.map((hit) => hit.paper.title);
    expect(await titles('Q&A')).toEqual(['Medical Q&A; with H&E Slides']);
    expect(await titles('H&E')).toEqual(['Medical Q&A; with H&E Slides']);
    expect((await search('Q&A')).hits[0]?.why?.words).toEqual(['Q&A']);
  });

  it('is found beside the name that it is made from: UNet and UNet++', async () => {
    const { search } = await openSearched([paper('Segmenting with UNet'), paper('UNet++ Revisited')]);
    const titles = async (typed: string) => (await search(typed)).hits.map((hit) => hit.paper.title);
    expect((await titles('UNet++'))[0]).toBe('UNet++ Revisited');
    expect(await titles('UNet')).toHaveLength(2);
  });

  it('in signs of formulas, hashtags and addresses is left alone', async () => {
    const { ids } = await openSearched([
      paper('The Product a*b of #1 at example.net'),
      paper('Grade A or F'),
    ]);
    for (const typed of ['astar', 'dotnet', 'fsharp']) expect(await ids(typed), typed).toHaveLength(0);
  });
});

describe('a word of a script without blanks', () => {
  it.each([
    ['我们提出一种大语言模型的训练方法', ['大语言模型', '训练方法', '模型', '型']],
    ['基于Transformer的图像分割', ['图像分割', 'transformer', '分割']],
    ['深層学習を用いた画像認識の研究', ['画像認識', '深層学習', 'ディープ学習']],
    ['トランスフォーマーによる翻訳', ['トランスフォーマー', '翻訳']],
    ['언어모델을 이용한 기계번역', ['언어모델', '기계번역', '모델']],
  ])('is found within a longer text: %s', async (title, typed) => {
    const { ids } = await openSearched([
      paper('没有关系的论文'),
      paper(title),
      paper('別の論文'),
      paper('다른 논문'),
    ]);
    for (const words of typed) expect((await ids(words))[0], words).toBe((await ids(title))[0]);
  });

  it('is looked for as a whole first', async () => {
    const { search } = await openSearched([paper('语言的模型'), paper('大规模语言模型')]);
    expect((await search('语言模型')).hits[0]?.paper.title).toBe('大规模语言模型');
    expect((await search('"语言模型"')).total).toBe(1);
  });

  it('is found by its author', async () => {
    const { search } = await openSearched([
      paper('One', { authors: ['王小明'] }),
      paper('Two', { authors: ['李小明'] }),
    ]);
    expect((await search('', { filter: { author: '王小明' } })).total).toBe(1);
    expect((await search('', { filter: { author: '小明' } })).total).toBe(2);
  });

  it('is the same with and without the joiners of Persian', async () => {
    const { ids } = await openSearched([paper('یادگیری می\u200Cشود')]);
    expect(await ids('می\u200Cشود')).toHaveLength(1);
    expect(await ids('میشود')).toHaveLength(1);
  });
});
