import { describe, expect, it } from 'vitest';
import { type ImportedFile, LONGEST_TEXT } from '../../src/list-import/list-import.ts';
import { readEntries, type TextEntry } from '../../src/list-import/read-entries.ts';

const NOW = new Date('2026-05-29T12:00:00Z');

function short(entry: TextEntry): string {
  switch (entry.kind) {
    case 'reference':
      return entry.id;
    case 'doi':
      return `doi ${entry.doi}`;
    case 'title':
      return `title ${entry.title}`;
    case 'record':
      return `record ${entry.record.id ?? entry.record.title}`;
    case 'fault':
      return `fault ${entry.text}`;
  }
}

const read = async (text: string | ImportedFile) => (await readEntries(text, NOW)).map(short);

describe('the entries of a pasted text', () => {
  it.each([
    ['2406.01574 2310.11511', ['2406.01574', '2310.11511']],
    ['2406.01574v3, (2310.11511); hep-th/9901001.', ['hep-th/9901001', '2406.01574', '2310.11511']],
    ['<https://arxiv.org/pdf/2406.01574v2>', ['2406.01574']],
    ['https://huggingface.co/papers/2406.01574?x=1 and arXiv:2310.11511', ['2406.01574', '2310.11511']],
    ['- 2406.01574\n* 2310.11511\n3. 2406.01574', ['2406.01574', '2310.11511']],
    ['https://doi.org/10.48550/arXiv.2406.01574', ['2406.01574']],
    ['https://doi.org/10.1109/5.771073.', ['doi 10.1109/5.771073']],
    ['doi:10.1109/5.771073 10.1145/3292500', ['doi 10.1109/5.771073', 'doi 10.1145/3292500']],
    ['Reading list:\n\n“Attention Is All You Need”\n---', ['title Attention Is All You Need']],
    ['[1] Vaswani et al. Attention is all you need. arXiv:1706.03762, 2017.', ['1706.03762']],
    ['2406.01574 9999.99999', ['2406.01574', 'fault 9999.99999']],
    [
      'https://www.nature.com/articles/s41586-021-03819-2',
      ['fault https://www.nature.com/articles/s41586-021-03819-2'],
    ],
    ['```\n2406.01574\n```', ['2406.01574']],
  ])('are read from %j', async (text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  it('are those of BibTeX with their lines, and a broken one does not stop the others', async () => {
    const text = [
      '```bibtex',
      '@article{a, title={First Paper of Ours}, author={Doe, Jane}}',
      '@article{b, title={Second Paper of Ours}, author={Roe, Ann}',
      '@misc{c, title={Third}, eprint={2406.01574}, archivePrefix={arXiv}}',
      '@misc{d, author={Nobody}}',
      '```',
    ].join('\n');
    const entries = await readEntries(text, NOW);
    expect(entries.map(short)).toEqual([
      'record First Paper of Ours',
      'record Second Paper of Ours',
      'record 2406.01574',
      'fault ',
    ]);
    expect(entries.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
    expect(entries[1]).toMatchObject({ leftOut: [expect.stringContaining('not closed')] });
  });

  it('are the same where a chat replaced the line breaks of BibTeX or RIS by spaces', async () => {
    const bibtex = '@misc{a, title={One Title}, year={2020}} @misc{b, title={Two Titles}, year={2021}}';
    expect(await read(bibtex)).toEqual(['record One Title', 'record Two Titles']);
    const ris =
      'TY  - JOUR TI  - One Title AU  - Doe, Jane PY  - 2020 ER  - TY  - JOUR TI  - Two Titles ER  - ';
    expect(await read(ris)).toEqual(['record One Title', 'record Two Titles']);
  });

  it('of a file are read by its ending, in its own encoding', async () => {
    const bibtex = '\n\n@misc{a,\n title={Über alles}, year={2020}}\n\n\n@misc{b, author={Nobody}}';
    const content = Buffer.from(`\uFEFF${bibtex}`, 'utf16le');
    const entries = await readEntries({ name: 'refs.bib', content }, NOW);
    expect(entries.map(short)).toEqual(['record Über alles', 'fault ']);
    expect(entries.map(({ line }) => line)).toEqual([3, 7]);
    const list = { name: 'list.txt', content: Buffer.from('2406.01574\r\n2310.11511\r\n') };
    expect(await read(list)).toEqual(['2406.01574', '2310.11511']);
    const pdf = { name: 'paper.pdf', content: Buffer.from('%PDF-1.5\0') };
    await expect(read(pdf)).rejects.toThrow('paper.pdf is no text. Send a .bib');
  });

  it('are all read from a line of any length', async () => {
    const ids = Array.from(
      { length: 900 },
      (_, at) => `https://arxiv.org/abs/2406.${String(at).padStart(5, '0')}`,
    );
    const text = ids.join(` ${'words between '.repeat(300)} `).slice(0, LONGEST_TEXT);
    expect(await read(text)).toHaveLength(900);
    expect(await read('x'.repeat(1_001))).toEqual([`fault ${'x'.repeat(79)}…`]);
  });

  it('are the rows of CSL-JSON', async () => {
    const csl = [
      { type: 'article', title: 'One Title', author: [{ family: 'Doe', given: 'Jane' }], DOI: '10.1/x' },
    ];
    expect(await read(JSON.stringify(csl))).toEqual(['record One Title']);
  });

  it('are refused in a text that is longer than the limit, with both sizes', async () => {
    await expect(read('a'.repeat(LONGEST_TEXT + 1))).rejects.toThrow(
      'That has 4.1 MB, and the limit is 4 MB.',
    );
    const content = Buffer.alloc(2 * LONGEST_TEXT, 'a');
    await expect(read({ name: 'a.bib', content })).rejects.toThrow('That has 8 MB');
  });
});
