import { describe, expect, it } from 'vitest';
import type { PaperRecord } from '../../../../src/papers/paper.ts';
import { fromIdentifierList, fromRecordList } from '../../../../src/sources/arxiv/parsing/oai-answer.ts';
import { SourceError } from '../../../../src/sources/http/source-error.ts';
import { readFixture } from '../../../support/fixtures.ts';

const recordsOf = (file: string) => {
  const page = fromRecordList(readFixture(`oai/${file}`));
  if ('code' in page) throw new Error(page.reason);
  return page;
};

/** The form of a record in `arXivRaw`, with other elements in place of the usual ones. */
function rawRecord(elements: string): string {
  return `<OAI-PMH><responseDate>2026-09-01T00:00:00Z</responseDate><ListRecords><record>
    <header><identifier>oai:arXiv.org:2608.00001</identifier><datestamp>2026-08-31</datestamp></header>
    <metadata><arXivRaw><id>2608.00001</id><title>T</title>${elements}</arXivRaw></metadata>
    </record></ListRecords></OAI-PMH>`;
}

function read(elements: string): PaperRecord | undefined {
  const page = fromRecordList(rawRecord(elements));
  return 'code' in page ? undefined : page.records[0];
}

describe('a page of records', () => {
  it.each([
    ['seq_arXivRaw_1.xml.gz', 40, '2011-02-03', 'skip%3D40'],
    ['seq_arXivRaw_3.xml.gz', 40, '2011-02-18', 'from%3D2011-02-22'],
    ['seq_arXivRaw_6.xml.gz', 22, '2011-11-28', undefined],
    ['listrecords_arXiv.xml', 2, '2011-02-03', undefined],
  ])('%s has %i papers, the last day and the way to the next page', (file, count, lastDay, token) => {
    const page = recordsOf(file);
    expect(page).toMatchObject({ lastDay, serverDay: '2026-11-29', skipped: [], deleted: [] });
    expect(page.records).toHaveLength(count);
    if (token === undefined) expect(page).not.toHaveProperty('next');
    else expect(page.next?.token).toContain(token);
  });

  it('says how long its token is valid by the server’s own clock', () => {
    expect(recordsOf('seq_arXivRaw_1.xml.gz').next?.validMs).toBe(54_849_000);
  });

  it('is empty if the server says so', () => {
    expect(recordsOf('error_no_records.xml')).toEqual({
      ...{ serverDay: '2026-11-29', records: [], deleted: [], skipped: [] },
    });
  });

  it('loses only a record that is not a paper, and separates deleted ones', () => {
    const header = (id: string, status = '') =>
      `<header${status}><identifier>oai:arXiv.org:${id}</identifier><datestamp>2026-08-30</datestamp></header>`;
    const page = fromRecordList(
      rawRecord('<abstract>A</abstract>').replace(
        '</ListRecords>',
        `<record>${header('nonsense')}</record><record>${header('2608.00002', ' status="deleted"')}</record>
         <record>${header('2608.00003')}<metadata><other/></metadata></record></ListRecords>`,
      ),
    );
    expect(page).toMatchObject({
      records: [{ id: '2608.00001' }],
      deleted: [{ id: '2608.00002', day: '2026-08-30' }],
      skipped: [
        { entry: 2, reason: '“oai:arXiv.org:nonsense” is not an arXiv ID' },
        { entry: 4, reason: 'its metadata is in an unknown format' },
      ],
    });
  });
});

describe('a page of IDs', () => {
  it.each([
    [1, 150, 'from%3D2011-04-05%26skip%3D7'],
    [2, 150, 'from%3D2014-11-05%26skip%3D0'],
    [4, 53, undefined],
  ])('%i of the recorded list has %i', (page, count, token) => {
    const list = fromIdentifierList(readFixture(`oai/seq_identifiers_${page}.xml.gz`));
    expect(list).toMatchObject({ listed: { length: count } });
    expect('next' in list ? list.next?.token : undefined).toEqual(
      token === undefined ? undefined : expect.stringContaining(token),
    );
  });
});

describe('an answer of the server', () => {
  it.each([
    ['error_bad_token_noskip.xml', 'badResumptionToken', 'Token decoding failed or format is invalid'],
    ['error_token_with_other_args.xml', 'badArgument', 'No other paramters allowed with resumptionToken'],
    ['error_noverb.xml', 'badVerb', 'Invalid verb provided'],
    ['error_unknown_set.xml', 'badArgument', 'Set does not exist'],
    ['error_malformed_id.xml', 'idDoesNotExist', 'All identifiers start with: oai:arXiv.org:'],
    ['error_bad_format_get.xml', 'cannotDisseminateFormat', 'Did not recognize requested format'],
  ])('%s is an error with the reason in its words', (file, code, reason) => {
    expect(fromRecordList(readFixture(`oai/${file}`))).toMatchObject({ code, reason });
  });

  it.each([
    ['another verb', readFixture('oai/listmetadataformats.xml'), 'an answer to another question'],
    ['a web page', '<!DOCTYPE html><html/>', 'a web page instead of a list of records'],
    ['cut', readFixture('oai/seq_arXivRaw_1.xml.gz').slice(0, 40_000), 'incomplete or damaged XML'],
    ['a feed', '<feed/>', 'XML that is not a list of records'],
    ['nothing', '', 'nothing'],
    [
      'an entity bomb',
      '<!DOCTYPE x [<!ENTITY a "b">]><OAI-PMH/>',
      'XML that defines entities, which no list of records needs',
    ],
    ['without a date', '<OAI-PMH><ListRecords/></OAI-PMH>', 'a list of records without a date'],
  ])('is invalid, not empty: %s', (_, xml, what) => {
    expect(() => fromRecordList(xml)).toThrow(new SourceError('broken-answer', `arXiv returned ${what}.`));
    expect(() => fromIdentifierList(xml)).toThrow(SourceError);
  });
});

describe('a record', () => {
  it('has the dates of its first and last version, and is withdrawn by the mark of the last', () => {
    expect(recordsOf('getrecord_withdrawn_1101.2483_arXivRaw.xml').records[0]).toMatchObject({
      id: '1101.2483',
      version: 4,
      published: '2011-01-13T03:25:22.000Z',
      updated: '2011-02-07T04:50:37.000Z',
      withdrawn: true,
      authors: ['Peyman Razaghi', 'Giuseppe Caire'],
      categories: ['cs.IT', 'math.IT'],
      comment: expect.stringMatching(/^This paper has been withdrawn/),
    });
  });

  it('is not withdrawn if only an earlier version was', () => {
    const version = (number: number, type = '') =>
      `<version version="v${number}"><date>Tue, 0${number} Sep 2026 10:00:00 GMT</date>${type}</version>`;
    const withdrawn = '<source_type>I</source_type>';
    expect(read(version(1) + version(2, withdrawn))?.withdrawn).toBe(true);
    expect(read(version(2, withdrawn) + version(1))?.withdrawn).toBe(true);
    expect(read(version(1, withdrawn) + version(2))).not.toHaveProperty('withdrawn');
  });

  it('has names without affiliations, and accents that are escaped twice', () => {
    expect(recordsOf('getrecord_affil_0712.3217_arXivRaw.xml').records[0]?.authors).toEqual([
      'Francois Delarue',
      'Frédéric Lagoutière',
    ]);
    expect(
      recordsOf('getrecord_longauthors_1101.3650_arXivRaw.xml').records[0]?.authors?.slice(0, 3),
    ).toEqual(['HESS Collaboration', 'A. Abramowski', 'F. Acero']);
  });

  it.each([
    [
      'A. B\\\\"uchler (Org (Town), Land), C. de la Cruz Jr., and D. Test',
      ['A. Büchler', 'C. de la Cruz Jr.', 'D. Test'],
    ],
    ['Ada Example; Bo Sample', ['Ada Example', 'Bo Sample']],
    ['The X Collaboration: A. Aa, B. Bb', ['The X Collaboration', 'A. Aa', 'B. Bb']],
    ["P.M. Bj{\\\\o}rnstad and Fr\\\\'ed\\\\'eric X", ['P. M. Bjørnstad', 'Frédéric X']],
    ['', []],
  ])('reads the authors of “%s”', (text, authors) => {
    const escaped = text.replaceAll('"', '&#34;').replaceAll("'", '&#39;');
    expect(read(`<authors>${escaped}</authors>`)?.authors).toEqual(authors);
  });

  it('has the same authors in all formats, but for hyphens, which arXiv separates', () => {
    const file = (name: string) =>
      recordsOf(name).records[0]?.authors?.map((author) => author.replace('. -', '.-'));
    expect(file('getrecord_longauthors_1101.3650_arXivRaw.xml')).toEqual(
      file('getrecord_1101.3650_oai_dc.xml'),
    );
  });

  it('has the first of several DOIs', () => {
    expect(read('<doi>10.1103/PhysRevD.93.016005, 10.1103/PhysRevD.98.079901;10.1103/x</doi>')?.doi).toBe(
      '10.1103/PhysRevD.93.016005',
    );
    expect(read('<doi>10.1002/(SICI)1521-3978(199811)46:6/8;1-X</doi>')?.doi).toBe(
      '10.1002/(SICI)1521-3978(199811)46:6/8;1-X',
    );
  });

  it.each([
    [
      'getrecord_1101.0600_arXivOld.xml',
      { categories: ['math.NT', 'math.CA', 'math.CO'], authors: ['Zhi-Wei Sun'] },
    ],
    [
      'getrecord_1101.0600_oai_dc.xml',
      { categories: ['math.NT', 'math.CA', 'math.CO'], published: '2011-01-03' },
    ],
    ['getrecord_tex_0712.3217_oai_dc.xml', { doi: '10.1007/s00205-010-0322-x' }],
    ['old_getrecord_arXiv.xml', { id: '1601.03238', published: '2016-01-13' }],
  ])('can be in another format: %s', (file, facts) => {
    expect(recordsOf(file).records).toMatchObject([facts]);
  });

  it('has no date from a format whose date can be that of a later version', () => {
    const { records } = recordsOf('listrecords_arXiv.xml');
    expect(records.map(({ id, published }) => [id, published])).toEqual([
      ['hep-th/9901002', '1999-01-04'],
      ['hep-th/0703166', undefined],
    ]);
  });
});
