import { describe, expect, it } from 'vitest';
import { type NameParts, toCredits } from '../../src/text/authors.ts';

const { raw } = String;
const parsedRecords = (family: string, given: string, suffix = ''): NameParts => ({ family, given, suffix });

describe('the authors of a paper', () => {
  it.each<[string, string | NameParts, string[]]>([
    ['a plain name', 'Ada B. Example-Sample', ['Ada B. Example-Sample']],
    ['letters in LaTeX', raw`C. Bal\'azs`, ['C. Balázs']],
    ['letters in LaTeX, in parts', parsedRecords(raw`Erd{\H o}s`, raw`P\'al`), ['Pál Erdős']],
    ['a tie', 'P.~Erdős', ['P. Erdős']],
    ['a stray backslash', raw`Peter St\ütz`, ['Peter Stütz']],
    ['initials with a space before the hyphen', 'S. -H. Gary Chan', ['S.-H. Gary Chan']],
    ['a name between dashes', 'Ada - Example', ['Ada - Example']],
    ['family, given', 'Knuth, Donald E.', ['Donald E. Knuth']],
    ['a suffix behind a comma', 'Henry M. Cathey, Jr.', ['Henry M. Cathey Jr.']],
    ['a suffix as BibTeX writes it', 'King, Jr., Martin L.', ['Martin L. King Jr.']],
    ['a degree', 'Ada Example, Ph.D.', ['Ada Example']],
    ['the mark of a footnote', 'Ada Example*¹', ['Ada Example']],
    ['the number of an affiliation', 'Ada Example$^{1,2}$', ['Ada Example']],
    ['a colon', ':', []],
    ['a colon, in parts', parsedRecords(':', ''), []],
    ['whole names in Chinese', '王小明, 李四', ['王小明', '李四']],
    ['whole names between the commas of Chinese', '王小明、李四，張三', ['王小明', '李四', '張三']],
    ['whole names in Korean', '김철수, 이영희', ['김철수', '이영희']],
    ['family, given in Japanese', '山田, 太郎', ['太郎 山田']],
    ['another script in brackets', '(王小明)', ['王小明']],
    ['those who are not named', 'et al.', ['et al.']],
    ['those who are not named, behind a name', 'A. Example et al', ['A. Example', 'et al.']],
    ['those who are not named, to BibTeX', 'and others', ['et al.']],
    ['those who are not shown', 'et al. (2,912 additional authors not shown)', ['et al.']],
    ['those who are not shown, alone', '(200 additional authors not shown)', ['et al.']],
    ['those who are not shown, in parts', parsedRecords('et al. (21 more authors)', ''), ['et al.']],
    ['a company with its people', 'OpenAI: Josh Achiam', ['OpenAI', 'Josh Achiam']],
    ['two people', 'Ada Example and Bo Sample', ['Ada Example', 'Bo Sample']],
    ['several people', 'A. Example; B. Sample', ['A. Example', 'B. Sample']],
    ['the last of a list', 'and Cy Test', ['Cy Test']],
    ['people, family first', 'Example, A., Sample, B.', ['A. Example', 'B. Sample']],
    ['a group with a comma', 'The ATLAS Collaboration, CERN', ['The ATLAS Collaboration, CERN']],
    [
      'two groups',
      'The LIGO Scientific Collaboration, the Virgo Collaboration',
      ['The LIGO Scientific Collaboration', 'the Virgo Collaboration'],
    ],
    ['a group with its members', 'ATLAS Collaboration: G. Aad', ['ATLAS Collaboration', 'G. Aad']],
    ['somebody and a group', 'Ada Example and the X Team', ['Ada Example', 'the X Team']],
    [
      'groups and a person between commas',
      'LIGO Scientific Collaboration, Virgo Collaboration, A. Smith',
      ['LIGO Scientific Collaboration', 'Virgo Collaboration', 'A. Smith'],
    ],
    [
      'a group and people with an “and”',
      'the ATLAS Collaboration, J. Doe and R. Roe',
      ['the ATLAS Collaboration', 'J. Doe', 'R. Roe'],
    ],
    [
      'people and a group behind “and”',
      'J. Doe, R. van der Roe Jr., and the CMS Collaboration',
      ['J. Doe', 'R. van der Roe Jr.', 'the CMS Collaboration'],
    ],
    [
      'a group and people, family first',
      'Event Horizon Telescope Collaboration, Akiyama, K., Garcia Marquez, A.',
      ['Event Horizon Telescope Collaboration', 'K. Akiyama', 'A. Garcia Marquez'],
    ],
    [
      'people for a group',
      'J. Doe, R. Roe, on behalf of the CMS Collaboration',
      ['J. Doe', 'R. Roe', 'CMS Collaboration'],
    ],
    [
      'people for a group in brackets',
      'J. Doe and R. Roe (for the CMS Collaboration)',
      ['J. Doe', 'R. Roe', 'CMS Collaboration'],
    ],
    ['a group for which somebody writes', 'for the X Collaboration', ['X Collaboration']],
    [
      'a person, a company and a lab',
      'Jane Doe, OpenAI, Google Research',
      ['Jane Doe', 'OpenAI', 'Google Research'],
    ],
    ['a workshop and a person', 'BigScience Workshop, T. Example', ['BigScience Workshop', 'T. Example']],
    [
      'a group and those who are not named',
      'Planck Collaboration, P. A. Example, et al.',
      ['Planck Collaboration', 'P. A. Example', 'et al.'],
    ],
    [
      'a group and a person in the parts of one name',
      parsedRecords('LIGO Scientific Collaboration', 'Virgo Collaboration'),
      ['LIGO Scientific Collaboration', 'Virgo Collaboration'],
    ],
    [
      'a group and its place',
      'The X Collaboration, Geneva, Switzerland',
      ['The X Collaboration, Geneva, Switzerland'],
    ],
    ['a group with an “and”', 'Barnes and Noble Lab', ['Barnes and Noble Lab']],
    ['a group, in parts', parsedRecords('Collaboration', 'The CMS'), ['The CMS Collaboration']],
  ])('%s', (_, name, authors) => {
    expect(toCredits([name]).authors).toEqual(authors);
  });

  it('are named once each, in order', () => {
    expect(toCredits(['Bo Sample', 'Ada\n Example', 'Bo Sample', '']).authors).toEqual([
      'Bo Sample',
      'Ada Example',
    ]);
  });

  it('keep the family names that their names do not tell, and no others', () => {
    const names = [
      parsedRecords('Garcia Marquez', 'Gabriel'),
      parsedRecords('Vallée Poussin', 'Charles de la'),
      parsedRecords('De Leo', 'Rossana'),
      parsedRecords('van den Hengel', 'Anton'),
      parsedRecords('Smith', 'John', 'Jr.'),
      parsedRecords('明', '小'),
      parsedRecords('__proto__ x', 'a'),
    ];
    expect(Object.entries(toCredits(names).families ?? {})).toEqual([
      ['Gabriel Garcia Marquez', 'Garcia Marquez'],
      ['Charles de la Vallée Poussin', 'Vallée Poussin'],
      ['小 明', '明'],
      ['a __proto__ x', '__proto__ x'],
    ]);
  });
});
