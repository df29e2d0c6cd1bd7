import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRis } from '../../../src/import/formats/ris.ts';
import { openPaperFile } from '../../../src/import/paper-file.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/bib');

async function read(...lines: readonly string[]): Promise<PaperRecord[]> {
  async function* chunks() {
    yield Buffer.from(lines.join('\r\n'));
  }
  const papers: PaperRecord[] = [];
  const reading = { name: 'refs.ris', context: { savedAt: '2026-06-01T00:00:00Z' }, from: 0 };
  for await (const row of readRis(chunks(), reading)) if ('record' in row) papers.push(row.record);
  return papers;
}

describe('a RIS file of another program', () => {
  it.each<[string, Partial<PaperRecord>]>([
    [
      'jabref-risimportertest1.ris',
      {
        title:
          'Editorial: Open Source and Empirical Software Engineering: Editorial. Editorial? Editorial: Editorials',
        authors: ['Cocke', 'Warren Levenshtein Morris Harrison', 'Rives', 'Kasami'],
        published: '2001-09-01',
        venue: 'kmptnd',
      },
    ],
    [
      'jabref-risimportertestscience.ris',
      { published: '2016-12', doi: '10.1016/j.actamat.2016.09.028', venue: 'Acta Materialia' },
    ],
  ])('is read as that program reads it: %s', async (name, expected) => {
    const file = await openPaperFile(join(FIXTURES, name), { now: new Date('2026-06-01T08:00:00Z') });
    const items = [];
    for await (const item of file.items()) items.push(item);
    expect(items).toMatchObject([{ record: expected }]);
  });
});

describe('a RIS record', () => {
  it('has the most precise of its dates', async () => {
    const [paper] = await read('TY  - JOUR', 'TI  - T', 'PY  - 2016', 'Y1  - 2016/10/19/', 'ER  - ');
    expect(paper?.published).toBe('2016-10-19');
  });

  it('names its arXiv ID in any of the usual places', async () => {
    const places = [
      'UR  - https://arxiv.org/abs/1706.03762',
      'AN  - arXiv:1706.03762',
      'DO  - 10.48550/arXiv.1706.03762',
    ];
    for (const place of places) {
      expect(await read('TY  - JOUR', 'TI  - T', place, 'ER  - ')).toMatchObject([{ id: '1706.03762' }]);
    }
  });

  it('ends where the next one begins, if its end is missing', async () => {
    const papers = await read(
      'TY  - JOUR',
      'TI  - One',
      'AU  - A, B',
      'TY  - JOUR',
      'AU  - C, D',
      'TI  - Two',
    );
    expect(papers).toMatchObject([
      { title: 'One', authors: ['B A'] },
      { title: 'Two', authors: ['D C'] },
    ]);
  });

  it('counts editors of a volume as no authors', async () => {
    const [paper] = await read('TY  - CHAP', 'TI  - T', 'AU  - Doe, Jane', 'A2  - Editor, Ed', 'ER  - ');
    expect(paper?.authors).toEqual(['Jane Doe']);
  });
});
