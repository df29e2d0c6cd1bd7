import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { loadSample } from '../../src/cli/verbs/first-start.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../src/export/export-formats.ts';
import { everyPaper, exportPapers } from '../../src/export/export-papers.ts';
import type { ExportRecord } from '../../src/export/export-record.ts';
import { importFile } from '../../src/import/import-papers.ts';
import { openImportProgressStore } from '../../src/import/import-store.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { systemClock } from '../../src/time/clock.ts';
import { openTestDatabase, temporaryFolder } from '../support/database.ts';

const PREPRINT: PaperRecord = {
  id: '2406.01574',
  title: 'BERT & 100% of $O(n^2)$_cases: C# for {all}',
  abstract: 'One # two.',
  authors: ['Anton van den Hengel', 'José Müller', '李明', 'Martin L. King Jr.', 'ATLAS Collaboration'],
  categories: ['cs.LG', 'cs.CL'],
  keywords: ['tasks', 'prompt tuning'],
  published: '2024-06-03T17:53:00.000Z',
};
const CONFERENCE: PaperRecord = {
  id: 'hep-th/9901001',
  title: 'On things',
  abstract: '',
  authors: ['Ada Example'],
  venue: 'CVPR 2000 (Poster)',
  published: '1999-01',
};
const CSV_HEAD =
  '\uFEFFarxiv_id,title,authors,published,venue,doi,url,code,categories,keywords,tags,note,abstract\r\n';
const TITLE_ONLY: PaperRecord = { title: 'Less is more', abstract: 'We do less.' };

async function* one(records: readonly ExportRecord[]) {
  yield records;
}

async function textOf(slices: AsyncIterable<readonly ExportRecord[]>, format: ExportFormat): Promise<string> {
  const parts: string[] = [];
  await exportPapers({ slices, format, write: (text) => void parts.push(text) });
  return parts.join('');
}

const exported = (records: readonly ExportRecord[], format: ExportFormat) => textOf(one(records), format);

async function openFilled() {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  const progress = openImportProgressStore(connection);
  await loadSample({
    folder: join(import.meta.dirname, '../../data/sample'),
    papers,
    progress,
    clock: systemClock,
  });
  return papers;
}

describe('an export as JSON lines', () => {
  it('an export as JSON lines restores the whole store when imported', async () => {
    const papers = await openFilled();
    const path = join(temporaryFolder(), 'all.jsonl');
    const slices = () => everyPaper(papers, 100);
    writeFileSync(path, await textOf(slices(), 'jsonl'));
    const count = (await papers.counts()).papers;

    const connection = await openTestDatabase();
    const copy = openPaperStore(connection);
    const progress = openImportProgressStore(connection);
    const report = await importFile({ path, papers: copy, progress, clock: systemClock });
    expect(report).toMatchObject({ taken: count, added: count, skipped: 0 });
    const all = async (source: AsyncIterable<readonly PaperRecord[]>) => {
      const records: PaperRecord[] = [];
      for await (const slice of source) records.push(...slice);
      return records;
    };
    expect(await all(everyPaper(copy))).toEqual(await all(slices()));
  });
});

describe('an export', () => {
  it.each(EXPORT_FORMATS)(
    'as %s of nothing is well formed, and of the sample names every paper once',
    async (format) => {
      const empty = { 'csl-json': '[\n\n]\n', csv: CSV_HEAD };
      expect(await exported([], format)).toBe(format in empty ? empty[format as keyof typeof empty] : '');
      const papers = await openFilled();
      const total = (await papers.counts()).papers;
      const text = await textOf(everyPaper(papers), format);
      const heads = {
        jsonl: /^\{/gm,
        bibtex: /^@/gm,
        ris: /^TY {2}- /gm,
        'csl-json': /^\{/gm,
        markdown: /^## /gm,
        csv: /\r\n(?!$)/g,
      };
      expect(text.match(heads[format])).toHaveLength(total);
    },
  );

  it('an export waits for each write before the next', async () => {
    let writing = 0;
    let most = 0;
    const write = async () => {
      writing += 1;
      most = Math.max(most, writing);
      await new Promise((resolve) => setImmediate(resolve));
      writing -= 1;
    };
    const written = await exportPapers({ slices: one(Array(120).fill(PREPRINT)), format: 'ris', write });
    expect(written).toBe(120);
    expect(most).toBe(1);
  });
});

describe('BibTeX', () => {
  it('BibTeX has arXiv’s fields, keeps all scripts and escapes special characters', async () => {
    expect(await exported([PREPRINT], 'bibtex')).toBe(String.raw`@misc{hengel2024-2406.01574,
  author = {van den Hengel, Anton and Müller, José and {李明} and King, Jr., Martin L. and {ATLAS Collaboration}},
  doi = {10.48550/arXiv.2406.01574},
  year = {2024},
  month = jun,
  publisher = {arXiv},
  title = {{BERT \& 100\% of $O(n^2)$\_cases: C\# for all}},
  url = {https://arxiv.org/abs/2406.01574},
  keywords = {tasks, prompt tuning},
  eprint = {2406.01574},
  archivePrefix = {arXiv},
  primaryClass = {cs.LG},
}

`);
  });

  it('BibTeX cites a conference paper with the conference’s year', async () => {
    const text = await exported([CONFERENCE], 'bibtex');
    expect(text).toMatch(/^@inproceedings\{example1999-hep-th-9901001,/);
    expect(text).toContain('booktitle = {CVPR 2000 (');
    expect(text).toContain('year = {2000},');
  });

  it('BibTeX has a stable ASCII key for a paper without id or author', async () => {
    expect(await exported([TITLE_ONLY], 'bibtex')).toMatch(/^@misc\{less-pb-[0-9a-f]{16},/);
  });

  it('BibTeX keys are unique in the sample', async () => {
    const papers = await openFilled();
    const text = await textOf(everyPaper(papers), 'bibtex');
    const keys = [...text.matchAll(/^@\w+\{([A-Za-z0-9.-]+),$/gm)].map(([, key]) => key);
    expect(new Set(keys).size).toBe((await papers.counts()).papers);
  });
});

describe('RIS', () => {
  it('RIS has one line per value, whole ids, particles and padded dates', async () => {
    const text = await exported([{ ...PREPRINT, title: 'A title of many words '.repeat(10).trim() }], 'ris');
    expect(text).toMatch(/^TY {2}- JOUR\n/);
    expect(text).toMatch(/\nER {2}- \n\n$/);
    for (const line of [
      'AU  - van den Hengel, Anton',
      'AU  - King, Martin L., Jr.',
      `TI  - ${'A title of many words '.repeat(10).trim()}`,
      'ID  - hengel2024-2406.01574',
      'DA  - 2024/06/03/',
      'PY  - 2024',
      'KW  - prompt tuning',
      'DO  - 10.48550/arXiv.2406.01574',
      'UR  - https://arxiv.org/abs/2406.01574',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(
      text
        .trim()
        .split('\n')
        .every((line) => /^[A-Z][A-Z0-9] {2}-/.test(line)),
    ).toBe(true);
  });
});

describe('CSL-JSON', () => {
  it('CSL-JSON is one array that a citation processor accepts', async () => {
    const items: unknown = JSON.parse(await exported([PREPRINT, CONFERENCE, TITLE_ONLY], 'csl-json'));
    expect(items).toMatchObject([
      {
        id: 'hengel2024-2406.01574',
        type: 'article',
        title: 'BERT & 100% of O(n²)_cases: C# for all',
        number: 'arXiv:2406.01574',
        issued: { 'date-parts': [[2024, 6, 3]] },
        author: [
          { family: 'Hengel', given: 'Anton', 'non-dropping-particle': 'van den' },
          {},
          { literal: '李明' },
          { suffix: 'Jr.' },
          {},
        ],
      },
      { type: 'paper-conference', 'container-title': 'CVPR 2000 (Poster)' },
      { title: 'Less is more' },
    ]);
  });
});

describe('Markdown', () => {
  it('Markdown shows text literally', async () => {
    const text = await exported(
      [{ ...PREPRINT, title: '<b>*Bold* [link](x) `code` ![', abstract: '1. # no list' }],
      'markdown',
    );
    expect(text).toContain(
      String.raw`## [\<b\>\*Bold\* \[link\](x) \`code\` \!\[](<https://arxiv.org/abs/2406.01574>)`,
    );
    expect(text).toContain(String.raw`1\. \# no list`);
    expect(text).toContain('2024-06-03 · cs.LG, cs.CL');
  });
});

describe('a saved paper', () => {
  const saved: ExportRecord = {
    ...CONFERENCE,
    keywords: ['strings'],
    tags: ['to read', 'R&D, 2026', 'strings'],
    note: 'Compare with\n#3: 50% {faster}',
  };

  it('has its tags as keywords, and its note, in BibTeX', async () => {
    const text = await exported([saved], 'bibtex');
    expect(text).toContain(String.raw`keywords = {strings, to read, R\&D, 2026},`);
    expect(text).toContain(String.raw`annote = {Compare with \#3: 50\% faster},`);
  });

  it('has each tag and the note on a line of its own in RIS', async () => {
    const lines = (await exported([saved], 'ris')).split('\n');
    expect(lines.filter((line) => line.startsWith('KW'))).toEqual([
      'KW  - strings',
      'KW  - to read',
      'KW  - R&D, 2026',
    ]);
    expect(lines).toContain('N1  - Compare with #3: 50% {faster}');
  });

  it('has its tags and its note in CSL-JSON and JSON lines', async () => {
    expect(JSON.parse(await exported([saved], 'csl-json'))).toMatchObject([
      { keyword: 'strings,to read,R&D, 2026', annote: saved.note },
    ]);
    expect(JSON.parse(await exported([saved], 'jsonl'))).toMatchObject({
      tags: saved.tags,
      note: saved.note,
    });
  });

  it('has its tags and its note literally in Markdown', async () => {
    const text = await exported([saved], 'markdown');
    expect(text).toContain(String.raw`Tags: to read, R\&D, 2026, strings`);
    expect(text).toContain(String.raw`> Compare with \#3: 50% \{faster\}`);
  });
});

describe('CSV', () => {
  const rows = async (records: readonly ExportRecord[]): Promise<Array<Record<string, string>>> =>
    parse(await exported(records, 'csv'), { columns: true, bom: true });

  it('CSV is read back by another program, whatever is in a cell', async () => {
    const title = 'Commas, "quotes" and; 李明';
    const note = 'Two\nlines, "quoted"';
    const [row, ...more] = await rows([
      { ...PREPRINT, title, note, tags: ['a', 'b; c'] },
      CONFERENCE,
      TITLE_ONLY,
    ]);
    expect(row).toMatchObject({
      arxiv_id: '2406.01574',
      title,
      note,
      tags: 'a; b; c',
      authors: 'Anton van den Hengel; José Müller; 李明; Martin L. King Jr.; ATLAS Collaboration',
      published: '2024-06-03',
    });
    expect(more).toMatchObject([{ venue: 'CVPR 2000 (Poster)' }, { arxiv_id: '', title: 'Less is more' }]);
  });

  it.each(['=HYPERLINK("https://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
    'CSV runs no text as a formula in a spreadsheet: %j',
    async (note) => {
      const [row] = await rows([{ ...TITLE_ONLY, note }]);
      expect(row?.['note']).toBe(`'${note}`);
    },
  );
});
