import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import {
  findPaperReferences,
  generatedId,
  parseArxivId,
  parsePaperReference,
  titleKey,
} from '../../src/text/ids.ts';

describe('an arXiv id', () => {
  it.each([
    ['2406.01574', { id: '2406.01574' }],
    [' 2406.01574v2 ', { id: '2406.01574', version: 2 }],
    ['0704.0001', { id: '0704.0001' }],
    ['1412.9999v11', { id: '1412.9999', version: 11 }],
    ['hep-th/9901001', { id: 'hep-th/9901001' }],
    ['math.GT/0309136v1', { id: 'math/0309136', version: 1 }],
    ['Math/0309136', { id: 'math/0309136' }],
  ])('%s is read', (text, id) => {
    expect(parseArxivId(text)).toEqual(id);
  });

  it.each([
    '9999.99999',
    '2413.01574',
    '2406.1574',
    '1406.015740',
    '0703.0001',
    '1501.0001',
    'abc',
    '',
    '2406',
    'a/1234567',
  ])('%j is refused', (text) => {
    expect(parseArxivId(text)).toBeUndefined();
  });
});

describe('a reference to a paper', () => {
  it.each([
    'https://arxiv.org/abs/2406.01574',
    'http://arxiv.org/abs/2406.01574v3',
    'https://www.arxiv.org/pdf/2406.01574.pdf',
    'https://arxiv.org/pdf/2406.01574v2.pdf#page=3',
    'https://arxiv.org/html/2406.01574v1?query=x#S1',
    'https://export.arxiv.org/abs/2406.01574',
    'https://arxiv.org/src/2406.01574v1/anc',
    'https://arxiv.org/bibtex/2406.01574',
    'https://arxiv.org/tb/2406.01574',
    'https://arxiv.org/ftp/arxiv/papers/2406/2406.01574.pdf',
    'https://arxiv.org/auth/show-endorsers/2406.01574',
    'http://xxx.lanl.gov/abs/2406.01574',
    'arxiv.org/abs/2406.01574',
    'HTTPS://ARXIV.ORG/ABS/2406.01574V2',
    'https://huggingface.co/papers/2406.01574',
    'https://huggingface.co/papers/2406.01574?utm=1#community',
    'https://www.alphaxiv.org/abs/2406.01574v2',
    'https://www.alphaxiv.org/overview/2406.01574',
    'https://ar5iv.labs.arxiv.org/html/2406.01574',
    'https://scirate.com/arxiv/2406.01574',
    'https://www.semanticscholar.org/arxiv/2406.01574',
    'https://api.semanticscholar.org/arXiv:2406.01574',
    'https://papers.cool/arxiv/2406.01574',
    'https://papers.cool/arxiv/kimi?paper=2406.01574',
    'https://inspirehep.net/arxiv/2406.01574',
    'https://ui.adsabs.harvard.edu/abs/arXiv:2406.01574/abstract',
    'https://dblp.org/rec/journals/corr/abs-2406-01574.html',
    'https://www.google.com/url?q=https%3A%2F%2Farxiv.org%2Fabs%2F2406.01574&sa=D',
    'https://web.archive.org/web/2024/https://arxiv.org/abs/2406.01574',
    'arXiv:2406.01574v2 [cs.LG]',
    'arXiv:2406.01574v2 [cs.LG] 23 Jun 2024',
    'arXiv:2406.01574v2  [cs.LG]  3 Sept. 2024',
    'arXiv: 2406.01574',
    'arxiv:2406.01574',
    'arXiv 2406.01574',
    'arXiv：2406.01574',
    'arXiv:２４０６．０１５７４',
    '２４０６．０１５７４',
    'arXiv:2406.\u200b01574',
    'arXiv preprint arXiv:2406.01574, 2024',
    'A. Example. Alpha Widgets. arXiv e-prints, arXiv:2406.01574, June 2024.',
    'CoRR, abs/2406.01574, 2024',
    'oai:arXiv.org:2406.01574',
    'eprint = {2406.01574}',
    '[2406.01574] Alpha Widgets',
    '2406.01574 Alpha Widgets',
    '10.48550/arXiv.2406.01574',
    'https://doi.org/10.48550/arXiv.2406.01574',
    'https://doi.org/10.48550%2FarXiv.2406.01574',
    '<https://arxiv.org/abs/2406.01574>',
    '<https://arxiv.org/abs/2406.01574|this paper>',
    '[this paper](https://arxiv.org/abs/2406.01574)',
    'see https://arxiv.org/abs/2406.01574 and more',
    'https://arxiv.org/abs/2406.01574).',
    '2406.01574.',
    '(2406.01574)',
    '“2406.01574”,',
    '`2406.01574`',
    '**2406.01574**?',
    '2406.01574v2.pdf',
    '2406.01574v2 (1).pdf',
    'paper 2406.01574',
    '2406.01574。',
    '【2406.01574】、',
    '||2406.01574||',
    '- 2406.01574',
    '1. 2406.01574',
    '2406。01574',
    'abs:2406.01574',
    '/abs/2406.01574',
    'pdf/2406.01574v1',
    'eprint: 2406.01574',
    '2406.01574v0',
    'http://export.arxiv.org/api/query?id_list=2406.01574v1',
    'https://arxiv.org/search/?query=2406.01574&searchtype=all',
    'https://ui.adsabs.harvard.edu/abs/2024arXiv240601574D/abstract',
  ])('%s is recognised', (text) => {
    expect(parsePaperReference(text)?.id).toBe('2406.01574');
  });

  it.each([
    'https://arxiv.org/abs/hep-th/9901001v2',
    'https://arxiv.org/abs/hep-th%2F9901001v2',
    'https://arxiv.org/ftp/hep-th/papers/9901/9901001v2.pdf',
    'arXiv:hep-th/9901001v2 10 May 1999',
    'J. High Energy Phys. 9902 (1999) 11, hep-th/9901001v2',
    'hep-th/9901001v2.pdf',
    'hep-th9901001v2',
    '【hep-th/9901001v2】。',
    'Hep‐Th/9901001v2',
    'hep-th/9901001 v2',
    'arXiv:hep-th/9901001 v2 [hep-th]',
  ])('in the old style is recognised in %s', (text) => {
    expect(parsePaperReference(text)).toEqual({ id: 'hep-th/9901001', version: 2 });
  });

  it.each([
    'attention is all you need',
    'GPT-4',
    '2024',
    'a survey of 2406 papers',
    'version 2406.01574 of the tool',
    '2406.01574 and 2405.00001',
    'https://example.org/files/2406.01574.pdf',
    'figure_2406.01574.pdf',
    'https://notarxiv.org/abs/2406.01574',
    'https://not-arxiv.org/abs/2406.01574',
    'https://arxiv.org.example.com/abs/2406.01574',
    'https://notarxiv.org/abs/hep-th/9901001',
    'https://arxiv.org/list/cs.LG/2406',
    'https://example.com/papers/2406.01574',
    'github/9901001',
    '2406.01574.2',
    '12406.01574',
    '2406.01574v',
    '$2406.01574',
    '-2406.01574',
    '2406.01574%',
    'http://export.arxiv.org/api/query?id_list=2406.01574,2405.00001',
    'https://ui.adsabs.harvard.edu/abs/2024arXiv2406015741D/abstract',
  ])('%j is no paper', (text) => {
    expect(parsePaperReference(text)).toBeUndefined();
  });

  it.each([
    ['9999.99999', '9999.99999 is not an arXiv ID: months go from 01 to 12. IDs look like 2406.01574.'],
    ['2406.1574', 'the part after the dot has five digits'],
    ['2406.015741', 'the part after the dot has five digits'],
    ['arXiv:2406.015741', 'the part after the dot has five digits'],
    ['https://arxiv.org/abs/2406.015741', 'the part after the dot has five digits'],
    ['arXiv:1406.01574', 'the part after the dot has four digits before 2015'],
    ['0703.0001', 'IDs without an archive begin in April 2007'],
    ['hep-th/0801001', 'IDs with an archive are from 1991 to March 2007'],
    ['hep-th/99010011', 'the part after the slash has seven digits'],
  ])('%s that cannot be an id says why', (text, sentence) => {
    expect(() => parsePaperReference(text)).toThrow(sentence);
    expect(() => parsePaperReference(text)).toThrow(UserError);
  });
});

it('of a bibcode before 2015 has four digits after its dot', () => {
  const address = 'https://ui.adsabs.harvard.edu/abs/2007arXiv0704.0001A/abstract';
  expect(parsePaperReference(address)).toEqual({ id: '0704.0001' });
});

describe('a longer text', () => {
  it('gives every paper link in it once, in order, and no bare numbers', () => {
    const text = `Look: https://arxiv.org/abs/2406.01574v2, (https://huggingface.co/papers/2501.00001) and
      <https://arxiv.org/pdf/2406.01574.pdf|this>; version 2405.12345 of the tool, arXiv:hep-th/9901001.`;
    expect(findPaperReferences(text).map(({ id }) => id)).toEqual([
      '2406.01574',
      '2501.00001',
      'hep-th/9901001',
    ]);
  });

  it('of any size and kind is read: a slow pattern would meet the time limit of the runner', () => {
    const hostile = `arxiv.org/abs/${'a-'.repeat(20_000)}${'arxiv:'.repeat(8_000)}`;
    expect(findPaperReferences(hostile)).toEqual([]);
  });
});

describe('a generated id', () => {
  it('is the same for every spelling of a title and differs between titles', () => {
    const spellings = ['Pre-Training for Ärger', 'Pretraining for Arger.', 'PRE–TRAINING\n for  ärger'];
    expect(new Set(spellings.map(generatedId)).size).toBe(1);
    expect(generatedId('Pretraining for Arger')).not.toBe(generatedId('Pretraining for Anger'));
  });

  it('of titles without letters is not one for all', () => {
    expect(titleKey('???')).not.toBe(titleKey('!!!'));
  });
});
