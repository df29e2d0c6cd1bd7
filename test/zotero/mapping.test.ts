import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/papers/paper.ts';
import { ITEMS, type ZoteroItem } from '../../src/zotero/item.ts';
import { arxivIdOf, fromItem, toItemFields } from '../../src/zotero/mapping.ts';
import { isSameTags, mergeTags, ownTags, withOwnTags } from '../../src/zotero/tags.ts';
import { checkItem } from '../fakes/zotero/rules.ts';

const PAPER: Paper = {
  id: '2406.01574',
  title: 'On $L^2$ routing',
  abstract: 'We route.',
  authors: ['Anton van den Hengel', 'ALICE Collaboration', 'Ada Lovelace', 'et al.'],
  categories: ['cs.LG', 'cs.CL'],
  keywords: [],
  version: 3,
  published: '2024-06-03T17:00:00Z',
};

function item(data: object): ZoteroItem {
  const [parsed] = ITEMS.parse([
    { data: { key: 'ABCD2345', version: 1, itemType: 'preprint', title: 'T', ...data } },
  ]);
  if (!parsed) throw new Error('No item');
  return parsed;
}

describe('an item for a paper', () => {
  it('is a preprint on arXiv, as the translator for arXiv writes it', () => {
    expect(toItemFields(PAPER)).toEqual({
      itemType: 'preprint',
      title: 'On L² routing',
      abstractNote: 'We route.',
      creators: [
        { creatorType: 'author', firstName: 'Anton', lastName: 'van den Hengel' },
        { creatorType: 'author', name: 'ALICE Collaboration' },
        { creatorType: 'author', firstName: 'Ada', lastName: 'Lovelace' },
      ],
      date: '2024-06-03',
      url: 'https://arxiv.org/abs/2406.01574',
      extra: 'arXiv:2406.01574 [cs.LG]\nversion: 3',
      libraryCatalog: 'arXiv.org',
      repository: 'arXiv',
      archiveID: 'arXiv:2406.01574',
      DOI: '10.48550/arXiv.2406.01574',
    });
  });

  it.each([
    [
      'a journal',
      { doi: '10.1086/507935', journalRef: 'ApJ 652' },
      { itemType: 'journalArticle', DOI: '10.1086/507935', publicationTitle: 'ApJ 652' },
    ],
    ['a conference', { venue: 'CVPR 2023' }, { itemType: 'conferencePaper', proceedingsTitle: 'CVPR 2023' }],
    ['no arXiv id', { id: 'pb-0123456789abcdef' }, { itemType: 'preprint', title: 'On L² routing' }],
    [
      'an old id',
      { id: 'math/0211159' },
      { archiveID: 'arXiv:math/0211159', DOI: '10.48550/arXiv.math/0211159' },
    ],
  ])('with %s has the fields of its type only, and comes back as the same paper', (_, facts, wanted) => {
    const paper = { ...PAPER, ...facts };
    const fields = toItemFields(paper);
    expect(fields).toMatchObject(wanted);
    expect(() => checkItem(fields, undefined)).not.toThrow();
    const back = fromItem(item(fields));
    expect(back?.id ?? 'pb-0123456789abcdef').toBe(paper.id);
    expect(back?.authors).toEqual(['Anton van den Hengel', 'ALICE Collaboration', 'Ada Lovelace']);
  });

  it('with a text that Zotero would refuse is shortened', () => {
    const fields = toItemFields({ ...PAPER, abstract: 'x'.repeat(70_000) });
    expect(() => checkItem(fields, undefined)).not.toThrow();
  });
});

describe('the arXiv id of an item', () => {
  it.each([
    [{ archiveID: 'arXiv:1402.1516' }, '1402.1516'],
    [{ archiveID: '1402.1516v2' }, '1402.1516'],
    [{ archiveID: 'arXiv:math/0211159' }, 'math/0211159'],
    [{ DOI: '10.48550/ARXIV.1402.1516' }, '1402.1516'],
    [{ url: 'http://arxiv.org/abs/1402.1516v1' }, '1402.1516'],
    [{ extra: 'arXiv:1107.4612 [astro-ph.CO]\nCitation Key: odea' }, '1107.4612'],
    [{ extra: 'Citation Key: odea\narXiv: 1107.4612' }, '1107.4612'],
    [{ publicationTitle: 'arXiv:1305.4904 [quant-ph]' }, '1305.4904'],
    [{ DOI: '10.1145/3610548.3618154', url: 'https://dl.acm.org/x' }, undefined],
    [{ extra: 'compares with arXiv:1107.4612 and others' }, undefined],
    [{}, undefined],
  ])('in %j is %s', (data, id) => {
    expect(arxivIdOf(item(data))?.id).toBe(id);
  });
});

describe('an item', () => {
  it.each([
    ['an attachment', { itemType: 'attachment' }],
    ['a note', { itemType: 'note' }],
    ['an item without a title', { title: ' ' }],
  ])('that is %s is no paper', (_, data) => {
    expect(fromItem(item(data))).toBeUndefined();
  });

  it('of any type with a title is a paper: with its DOI, its date as it is known, and its authors', () => {
    const creators = [
      { creatorType: 'editor', firstName: 'E.', lastName: 'Editor' },
      { creatorType: 'author', firstName: 'Gabriel', lastName: 'Garcia Marquez' },
      { creatorType: 'author', name: 'A Group' },
    ];
    const data = { itemType: 'book', title: 'A book', date: '12/2006', DOI: '10.1/x', creators };
    expect(fromItem(item(data))).toEqual({
      title: 'A book',
      abstract: '',
      doi: '10.1/x',
      published: '2006-12',
      authors: ['Gabriel Garcia Marquez', 'A Group'],
      families: { 'Gabriel Garcia Marquez': 'Garcia Marquez' },
    });
  });

  it('with fields of an unexpected kind is read as far as it goes', () => {
    expect(fromItem(item({ creators: 'nobody', tags: null, date: 'in press', later: { field: 1 } }))).toEqual(
      {
        title: 'T',
        abstract: '',
        authors: [],
      },
    );
  });
});

describe('tags', () => {
  it.each([
    { base: ['a', 'b'], here: ['a'], there: ['a', 'b'], merged: ['a'] },
    { base: ['a', 'b'], here: ['a', 'b'], there: ['b'], merged: ['b'] },
    { base: [], here: ['x'], there: ['y'], merged: ['x', 'y'] },
    { base: ['a'], here: [], there: ['a', 'y'], merged: ['y'] },
    { base: ['deep'], here: ['Deep'], there: ['DEEP '], merged: ['Deep'] },
    { base: ['a'], here: ['x'], there: ['y'], merged: ['x', 'y'] },
  ])('$here and $there after $base are $merged, and so again', ({ base, here, there, merged }) => {
    const once = mergeTags(base, here, there);
    expect(once).toEqual(merged);
    // A sync that ended between its two writes merges again.
    expect(isSameTags(mergeTags(base, once, there), merged)).toBe(true);
    expect(isSameTags(mergeTags(base, here, once), merged)).toBe(true);
  });

  it('that a translator set stay, unless the person sets the same one', () => {
    const there = [{ tag: 'Auto', type: 1 }, { tag: 'own' }, { tag: 'Old', type: 0 }];
    expect(ownTags(there)).toEqual(['Old', 'own']);
    expect(withOwnTags(there, ['own', 'new'])).toEqual([
      { tag: 'Auto', type: 1 },
      { tag: 'own' },
      { tag: 'new' },
    ]);
    expect(withOwnTags(there, ['auto'])).toEqual([{ tag: 'auto' }]);
  });
});
