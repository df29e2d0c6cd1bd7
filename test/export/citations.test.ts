/** Exports read by other programs: Citation.js reads BibTeX and RIS without any of our code. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { describe, expect, it } from 'vitest';
import { toBibtex } from '../../src/export/to-bibtex.ts';
import { toCsl } from '../../src/export/to-csl.ts';
import { toRis } from '../../src/export/to-ris.ts';
import { readAuthors } from '../../src/import/fields/people.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { type NameParts, toCredits } from '../../src/text/authors.ts';

const { raw } = String;
const read = (text: string) => plugins.input.chain(text, { generateGraph: false })[0] ?? {};

const paper = (rest: Partial<PaperRecord>): PaperRecord => ({
  id: '2402.00001',
  title: 'On Names',
  abstract: '',
  published: '2024-02-03T00:00:00.000Z',
  ...rest,
});

/** The parts of a person's name, or the whole name of a group, in any format. */
function namesIn(item: object): unknown[] {
  const { author = [] } = item as { author?: ReadonlyArray<Record<string, string>> };
  return author.map(({ family, literal, given, suffix, 'non-dropping-particle': particle }) =>
    given === undefined
      ? (literal ?? family)
      : [
          [particle, family].filter((part) => part !== undefined).join(' '),
          given,
          ...(suffix ? [suffix] : []),
        ],
  );
}

describe('a name', () => {
  it.each<[string | NameParts, unknown]>([
    ['Ada B. Example', ['Example', 'Ada B.']],
    ['Anton van den Hengel', ['van den Hengel', 'Anton']],
    ['Rossana De Leo', ['De Leo', 'Rossana']],
    ['Seán Ó Dónaill', ['Ó Dónaill', 'Seán']],
    ['Knuth, Donald E.', ['Knuth', 'Donald E.']],
    ['Henry M. Cathey, Jr.', ['Cathey', 'Henry M.', 'Jr.']],
    ['José Ortega y Gasset', ['Ortega y Gasset', 'José']],
    ['Xiaoming Wang (王小明)', ['Wang', 'Xiaoming']],
    ['Jane Doe for the ALICE Collaboration', ['Doe', 'Jane']],
    ['bell hooks', ['hooks', 'bell']],
    ['王小明', '王小明'],
    ['(王小明)', '王小明'],
    ['ATLAS Collaboration', 'ATLAS Collaboration'],
    ['Barnes and Noble Lab', 'Barnes and Noble Lab'],
    ['Meta AI', 'Meta AI'],
    [{ family: 'Garcia Marquez', given: 'Gabriel' }, ['Garcia Marquez', 'Gabriel']],
    [{ family: 'De Leo', given: 'Rossana' }, ['De Leo', 'Rossana']],
    [{ family: 'Vallée Poussin', given: 'Charles de la' }, ['de la Vallée Poussin', 'Charles']],
    [{ family: 'de la Vallée Poussin', given: 'Charles' }, ['de la Vallée Poussin', 'Charles']],
    ['Flor Miriam Plaza-del-Arco', ['Plaza-del-Arco', 'Flor Miriam']],
    [{ family: 'Silva e Costa', given: 'Ana' }, ['Silva e Costa', 'Ana']],
    [{ family: raw`B\'alint`, given: raw`Ch.~\L{}.` }, ['Bálint', 'Ch. Ł.']],
  ])('has the same parts in BibTeX, RIS and CSL, read by other programs: %s', (name, expected) => {
    // Between other names, so that one name cannot run into the next.
    const record = paper(toCredits(['Bo Sample', name, 'Cy Test']));
    const names = [['Sample', 'Bo'], expected, ['Test', 'Cy']];
    expect(namesIn(read(toBibtex([record])))).toEqual(names);
    expect(namesIn(read(toRis([record])))).toEqual(names);
    expect(namesIn(toCsl(record))).toEqual(names);
  });

  it('stored with a space before a hyphen is exported without it', () => {
    const record = paper({ authors: ['Stephen S. -T. Yau'] });
    const names = [['Yau', 'Stephen S.-T.']];
    expect(namesIn(read(toBibtex([record])))).toEqual(names);
    expect(namesIn(read(toRis([record])))).toEqual(names);
    expect(namesIn(toCsl(record))).toEqual(names);
  });

  it('a group’s name with a comma stays one name', () => {
    const record = paper(toCredits(['The ATLAS Collaboration, CERN', 'Bo Sample']));
    expect(namesIn(read(toBibtex([record])))).toEqual(['The ATLAS Collaboration, CERN', ['Sample', 'Bo']]);
    expect(namesIn(read(toRis([record])))).toEqual(['The ATLAS Collaboration (CERN)', ['Sample', 'Bo']]);
  });

  it.each([
    'The X Collaboration, the Y Team, A. Example1,2 and B. van der Sample†',
    'A. Example^{1}, B. van der Sample* (for the X Collaboration)',
    'X Consortium, Example, A., van der Sample, B.',
  ])('a list of groups and people has the same parts in BibTeX, RIS and CSL: %s', (list) => {
    const record = paper(toCredits(readAuthors(list) ?? []));
    const people = [
      ['Example', 'A.'],
      ['van der Sample', 'B.'],
    ];
    const names = namesIn(toCsl(record));
    expect(names.filter((name) => typeof name !== 'string')).toEqual(people);
    expect(names.length).toBeGreaterThan(2);
    expect(namesIn(read(toBibtex([record])))).toEqual(names);
    expect(namesIn(read(toRis([record])))).toEqual(names);
  });

  it('unnamed authors are “others” in BibTeX and left out elsewhere', () => {
    const record = paper(toCredits(['Bo Sample', 'et al.']));
    expect(toBibtex([record])).toContain('author = {Sample, Bo and others}');
    expect(namesIn(read(toRis([record])))).toEqual([['Sample', 'Bo']]);
    expect(namesIn(toCsl(record))).toEqual([['Sample', 'Bo']]);
  });
});

describe('a title', () => {
  it.each([
    [raw`A $\sim$10-fold Gain at 360$^\circ$`, 'A ~10-fold Gain at 360°'],
    ['A {Braced} Title with an unbalanced } brace', 'A Braced Title with an unbalanced brace'],
    ['A Title {with an open brace', 'A Title with an open brace'],
    [raw`H\"older Spaces on K\"ahler Manifolds`, 'Hölder Spaces on Kähler Manifolds'],
    [raw`Capture of CO$_2$ and H₂O: 5% & more`, 'Capture of CO₂ and H₂O: 5% & more'],
    ['From $5 to $10', 'From $5 to $10'],
  ])('a title is readable outside LaTeX: %s', (title, shown) => {
    expect(read(toRis([paper({ title })]))['title']).toBe(shown);
    expect(toCsl(paper({ title })).title).toBe(shown);
  });

  it.each([
    ['A {Braced} Title with an unbalanced } brace', 'A Braced Title with an unbalanced brace'],
    [raw`$\alpha$-Divergence of CO$_2$ at 5% & more`, 'α-Divergence of CO₂ at 5% & more'],
    [raw`From $5 to $10`, 'From $5 to $10'],
    [raw`Nguyễn and K\"ahler`, 'Nguyễn and Kähler'],
  ])('a title in BibTeX is parsed correctly by others: %s', (title, shown) => {
    expect(read(toBibtex([paper({ title })]))['title']).toBe(shown);
  });

  it('the month in BibTeX is a macro', () => {
    expect(toBibtex([paper({})])).toContain('\n  month = feb,\n');
    expect(read(toBibtex([paper({})]))['issued']).toEqual({ 'date-parts': [[2024, 2]] });
  });
});
