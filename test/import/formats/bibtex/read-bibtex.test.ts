import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBibtex } from '../../../../src/import/formats/bibtex/read-bibtex.ts';
import { openPaperFile } from '../../../../src/import/paper-file.ts';
import type { PaperRecord } from '../../../../src/papers/paper.ts';

const { raw } = String;
const FIXTURES = join(import.meta.dirname, '../../../fixtures/bib');

/** Papers, and “line 12: reason” for entries that were skipped or imported in part. */
async function read(text: string | Buffer, from = 0) {
  async function* chunks() {
    yield Buffer.from(text);
  }
  const papers: PaperRecord[] = [];
  const problems: string[] = [];
  const reading = { name: 'refs.bib', context: { savedAt: '2026-06-01T00:00:00Z' }, from };
  for await (const row of readBibtex(chunks(), reading)) {
    if ('record' in row) papers.push(row.record);
    const reasons = 'record' in row ? (row.read?.leftOut ?? []) : [row.skipped];
    problems.push(...reasons.map((reason) => `line ${row.line}: ${reason}`));
  }
  return { papers, problems };
}

async function paperOf(fields: string, type = 'article'): Promise<Partial<PaperRecord>> {
  const { papers } = await read(
    `@${type}{key,\n${fields.includes('title') ? '' : 'title = {T},'} ${fields}\n}`,
  );
  return papers[0] ?? {};
}

async function fileOf(name: string): Promise<PaperRecord[]> {
  const file = await openPaperFile(join(FIXTURES, name), { now: new Date('2026-06-01T08:00:00Z') });
  const records: PaperRecord[] = [];
  for await (const item of file.items()) if ('record' in item) records.push(item.record);
  return records;
}

describe('a BibTeX file of another program', () => {
  it.each<[string, readonly Partial<PaperRecord>[]]>([
    [
      'bbt-in-import-fails-to-perform-string-substitutions-154.bib',
      [{ title: 'SQL is great', authors: ['R. A. Bert'] }],
    ],
    [
      'bbt-in-bibtex-import-preamble-with-def-create-problems-732.bib',
      [{ authors: ['Jan Franců', 'Pavel Krejčí'] }],
    ],
    [
      'bbt-in-math-formatting-lost-on-import-627.bib',
      [
        {
          title: 'Nonequilibrium Propagation and Decay of a Bound Pair in Driven $t$-$J$ Models',
          published: '2012-10',
          doi: '10.1103/physrevlett.109.156404',
          venue: 'Phys. Rev. Lett.',
        },
      ],
    ],
    [
      'bbt-in-wrong-ring-above-import-1115.bib',
      [{ authors: ['Radim Řehůřek', 'Petr Sojka'], published: '2010-05-22' }],
    ],
    [
      'bbt-out-arxiv-identifiers-in-biblatex-export-460.biblatex.bib',
      [
        { id: '1401.2910', venue: 'Science', published: '2014-07-25', categories: ['quant-ph'] },
        { id: '1508.05387' },
        { id: '1305.4904' },
      ],
    ],
    ['bbt-out-export-report-type-as-preprint.bibtex.bib', [{ id: '1410.5093', published: '2014-10' }]],
    [
      'gala-paper.bib',
      [
        { id: '1703.04627', authors: ['S. Pearson', 'A. M. Price-Whelan', 'K. V. Johnston'] },
        { title: 'Galactic Dynamics: Second Edition' },
        { doi: '10.5281/zenodo.833339' },
        { id: '1609.04153', venue: 'A&A' },
        { id: '1307.6212', venue: 'A&A' },
      ],
    ],
    ['jabref-bibwithusercomments.bib', [{ published: '2005' }, { doi: '10.1145/1137627.1137631' }]],
    ['jabref-encoding-utf-16be-with-header.bib', [{ title: 'Ü ist ein Umlaut' }]],
    ['jabref-tiny-le-withbom.bib', [{ venue: 'Veterinary Record' }]],
    ['python-bibtexparser-gbk.bib', [{ authors: ['凯撒'], venue: '测试期刊' }]],
    ['tidy-crazy-delimiter.bib', [{ authors: ['L Maria', 'A Domingos', 'I Santos'] }]],
  ])('is read as that program reads it: %s', async (name, expected) => {
    expect(await fileOf(name)).toMatchObject(expected);
  });
});

describe('the arXiv ID of an entry', () => {
  it.each([
    ['eprint = {1706.03762v5}, archivePrefix = {arXiv}', '1706.03762'],
    ['eprint = {arXiv:1706.03762}', '1706.03762'],
    ['eprint = {1706.03762}, eprinttype = {arxiv}, eprintclass = {cs}', '1706.03762'],
    ['eprint = {hep-th/9711200}, archivePrefix = {arXiv}', 'hep-th/9711200'],
    ['eprint = {9711200}, archivePrefix = {hep-th}', 'hep-th/9711200'],
    ['eprint = {9711200}, archivePrefix = {arXiv}, primaryClass = {hep-th}', 'hep-th/9711200'],
    ['arxivId = {1706.03762}', '1706.03762'],
    ['doi = {10.48550/arXiv.1706.03762}', '1706.03762'],
    [raw`url = {\url{http://arxiv.org/abs/1706.03762v2}}`, '1706.03762'],
    ['journal = {arXiv preprint arXiv:1706.03762}', '1706.03762'],
    ['journal = {CoRR}, volume = {abs/1706.03762}', '1706.03762'],
    ['number = {arXiv:1706.03762}, publisher = {arXiv}', '1706.03762'],
    ['pages = {arXiv:1706.03762}', '1706.03762'],
    ['note = {arXiv:1706.03762 [cs]}', '1706.03762'],
    ['eprint = {ZACDOQ}, eprinttype = {philpapers}', undefined],
    ['eprint = {1706.03762}, eprinttype = {jstor}', undefined],
    ['note = {Builds on Attention, see arXiv:1706.03762}', undefined],
  ])('is found in %s', async (fields, id) => {
    expect((await paperOf(fields)).id).toBe(id);
  });

  it('leaves no venue for an article that is only on arXiv', async () => {
    expect((await paperOf('journal = {arXiv preprint arXiv:1706.03762}')).venue).toBeUndefined();
  });
});

describe('the authors of an entry', () => {
  it.each<[string, readonly string[], string?]>([
    ['Lovelace, Ada and Charles Babbage', ['Ada Lovelace', 'Charles Babbage']],
    ['{{Intel} and {Partners}} and others', ['Intel and Partners', 'et al.']],
    ['{Barnes and Noble}', ['Barnes and Noble']],
    ['{Caputo}, F. and {Price-Whelan}, A.~M.', ['F. Caputo', 'A. M. Price-Whelan']],
    [raw`de la Vall{\'e}e Poussin, Charles`, ['Charles de la Vallée Poussin'], 'de la Vallée Poussin'],
    ["Garc{\\i}a M{\\'a}rquez, Gabriel", ['Gabriel Garcıa Márquez'], 'Garcıa Márquez'],
    ['Charles {de Gaulle}', ['Charles de Gaulle']],
    ['King, Jr., Martin L. and Sherry, John F., Jr', ['Martin L. King Jr.', 'John F. Sherry Jr']],
    ['family=Hengel, given=Anton, prefix=van den', ['Anton van den Hengel']],
    ['A. Smith, B. Jones, C. Doe', ['A. Smith', 'B. Jones', 'C. Doe']],
    [raw`Radim {\v R}eh{\r u}{\v r}ek AND Gustav Bostr\"{o}m`, ['Radim Řehůřek', 'Gustav Boström']],
    ['王小明 and Plato', ['王小明', 'Plato']],
  ])('are %s', async (author, authors, family) => {
    const record = await paperOf(`author = {${author}}`);
    expect(record.authors).toEqual(authors);
    if (family !== undefined) expect(Object.values(record.families ?? {})).toEqual([family]);
  });
});

describe('a value', () => {
  it.each([
    [
      '{10.1002/(SICI)1097-0258(1998)17:15/16<1661::AID-SIM968>3.0.CO;2-2}',
      '10.1002/(SICI)1097-0258(1998)17:15/16<1661::AID-SIM968>3.0.CO;2-2',
    ],
    [raw`{10.1007/978-3-319-24574-4\_28}`, '10.1007/978-3-319-24574-4_28'],
    ['{http://doi.acm.org/10.1145/1137627.1137631}', '10.1145/1137627.1137631'],
    ['{DOI: 10.1000/a, 10.1000/b}', '10.1000/a'],
  ])('is a DOI: %s', async (value, doi) => {
    expect((await paperOf(`doi = ${value}`)).doi).toBe(doi);
  });

  it.each([
    ['title = "{Why ``Anomalous\'\' Cepheids?}"', 'Why “Anomalous” Cepheids?'],
    [
      raw`title = {{T}he {BERT} {deep learning} of \emph{E. coli} \& more}`,
      'The BERT deep learning of E. coli & more',
    ],
    [raw`title = {Bounds of $O(n^2)$ -- {a} Survey}`, 'Bounds of $O(n^2)$ – a Survey'],
    [raw`title = {Stra{\ss}e, S{\o}ren, \'Isla, {\AA}se, na{\"\i}ve}`, 'Straße, Søren, Ísla, Åse, naïve'],
    [raw`title = {\enquote{Quoted} {\noopsort{a}}\foreignlanguage{german}{Wort}}`, '“Quoted” Wort'],
    ['title = "One" # { and } # two', 'One and Two'],
    ['title = Bare words', 'Bare words'],
    ['title = {Main}, subtitle = {Second Part}', 'Main. Second Part'],
    ['title = {100% of it}', '100% of it'],
  ])('is plain text: %s', async (field, title) => {
    const { papers } = await read(`@string{two = "Two"}\n@misc{k, ${field}}`);
    expect(papers[0]?.title).toBe(title);
  });

  it.each([
    ['year = 2020, month = jan', '2020-01'],
    ['year = {2020}, month = "10~" # oct', '2020-10-10'],
    ['year = {{2018}}, month = {{OCT 1}}', '2018-10-01'],
    ['year = 2020, month = February, day = 30', '2020-02'],
    ['year = {in press 2021}', '2021'],
    ['date = {2016/2017}', '2016'],
    ['date = {2012-05-03/2012-06}', '2012-05-03'],
    ['date = {2015-07~}', '2015-07'],
    ['date = {199X}', undefined],
    ['year = {n.d.}', undefined],
  ])('is a date: %s', async (fields, published) => {
    expect((await paperOf(fields)).published).toBe(published);
  });

  it('is taken from the entry that a crossref names, wherever that is', async () => {
    const { papers } = await read(
      '@inproceedings{a, title = {A}, crossref = {P}}\n@proceedings{p, title = {Proc. P}, year = 2011}',
    );
    expect(papers.find(({ title }) => title === 'A')).toMatchObject({ venue: 'Proc. P', published: '2011' });
  });
});

describe('a broken entry', () => {
  it('is named with its line, and the others are imported', async () => {
    const { papers, problems } = await read(
      [
        '@article{a, title = {Good one}}',
        '@article{b, title = {Never closed {brace}, year = 2001',
        '@article(c, title = {A (b) c})',
        '@article{d, title {No equals}, year = 2003}',
        '@article{e,',
        '  title = {No last brace},',
        '  year = 2004',
        '@comment{ @article{f, title = {Hidden}} }',
        '% @article{g, title = {Commented out}}',
        '@article{h, year = 2000}',
        '@article{i, title = "Open quote, year = 2000}',
        '@article{i, title = {Key used twice}}',
      ].join('\n'),
    );
    expect(papers.map(({ title }) => title)).toEqual([
      'Good one',
      'A (b) c',
      'No last brace',
      'Key used twice',
    ]);
    const unclosed = 'the entry is not closed before the next one begins or the file ends';
    expect(problems).toEqual([
      `line 2: ${unclosed}; \`title\` has no closing brace`,
      'line 4: `title {No equals}, y` is not a field with a value',
      `line 5: ${unclosed}`,
      'line 10: title is missing',
      expect.stringContaining('line 11: '),
    ]);
  });

  it.each([
    '@article{ key with blanks , title = {T}}',
    '@article{2013a, title = {T}}',
    '@misc{title = {T}}',
    '@misc{, title = {T},,}',
  ])('is not one with an unusual key: %s', async (entry) => {
    expect(await read(entry)).toMatchObject({ papers: [{ title: 'T' }], problems: [] });
  });

  it('a file without entries is refused', async () => {
    await expect(read('% only a remark\n')).rejects.toThrow(
      /refs\.bib cannot be imported: it has no entries/,
    );
  });
});

it('an import that resumes reads entries again that waited for a later one', async () => {
  const text = '@misc{a, title = {A}, crossref = {p}}\n@misc{b, title = {B}}\n@misc{p, title = {P}}';
  expect((await read(text, 2)).papers.map(({ title }) => title)).toEqual(['P', 'A']);
});

describe('the encoding of a file', () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  it.each([
    ['Windows-1252, undeclared', latin('@misc{a, title = {Über die Größe}}')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF@misc{a, title = {Über die Größe}}')],
    [
      'lines of two encodings',
      Buffer.concat([Buffer.from('@misc{a, note = {é},\n'), latin('title = {Über die Größe}}')]),
    ],
    ['UTF-8 that declares another', Buffer.from('% Encoding: Cp1252\n@misc{a, title = {Über die Größe}}')],
    [
      'Mac Roman, declared',
      Buffer.concat([
        Buffer.from('% Encoding: MacRoman\n@misc{a, title = {'),
        Buffer.from([0x86]),
        latin('ber die Gr'),
        Buffer.from([0x9a, 0xa7]),
        latin('e}}'),
      ]),
    ],
  ])('is known: %s', async (_, bytes) => {
    expect((await read(bytes)).papers[0]?.title).toBe('Über die Größe');
  });
});
