import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { type FileItem, type OpenOptions, openPaperFile } from '../../src/import/paper-file.ts';
import { MAX_LINE } from '../../src/import/reading/text-lines.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { temporaryFolder } from '../support/database.ts';

const NOW = new Date('2026-06-01T08:00:00Z');
const FIXTURES = join(import.meta.dirname, '../fixtures/files');
const paper = (n: number) => ({
  id: `2605.${String(n).padStart(5, '0')}`,
  title: `Paper ${n}`,
  abstract: 'Words.',
});
const lines = (...rows: readonly unknown[]) =>
  rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');

function fileOf(content: string | Buffer, name = 'papers'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  utimesSync(path, NOW, NOW);
  return path;
}

async function readAll(
  path: string,
  options: Partial<OpenOptions> & { from?: number } = {},
): Promise<FileItem[]> {
  const file = await openPaperFile(path, { now: NOW, ...options });
  const items: FileItem[] = [];
  for await (const item of file.items(options.from)) items.push(item);
  return items;
}

const records = (items: readonly FileItem[]) =>
  items.flatMap((item): PaperRecord[] => ('record' in item ? [item.record] : []));
const skips = (items: readonly FileItem[]) =>
  items.flatMap((item) => ('skipped' in item ? [`line ${item.line} ${item.skipped}`] : []));

/** Hardly compressible, so that half of the packed bytes contain about half of the rows. */
const noisyRows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...paper(n),
    abstract: createHash('sha512').update(`${n}`).digest('hex'),
  }));

describe('the format of a file', () => {
  const daily = {
    date: '2026-05-29',
    items: JSON.parse(readFileSync(join(FIXTURES, 'saved-answer.json'), 'utf8')),
  };
  const listing = {
    ...paper(1),
    authors: ['Ada Example'],
    categories: ['cs.LG'],
    comment: null,
    first_listed: '2026-05-28',
  };
  const page = readFileSync(join(FIXTURES, 'papers-page.txt'));
  const forms: ReadonlyArray<readonly [string, string | Buffer, string, number]> = [
    ['our own export', lines(paper(1), paper(2)), 'export', 2],
    ['the arXiv snapshot', readFileSync(join(FIXTURES, 'arxiv-snapshot.jsonl')), 'arxiv', 2],
    ['an arXiv listing', lines(listing), 'arxiv', 1],
    ['recorded daily lists', lines(daily, { date: '2026-05-30', items: [] }), 'hugging-face', 2],
    ['a saved answer', JSON.stringify(daily.items, null, 2), 'hugging-face', 2],
    ['rows of a saved answer', lines(...daily.items), 'hugging-face', 2],
    ['a papers page', page, 'papers-page', 55],
    ['a file with a byte order mark', `\uFEFF${lines(paper(1))}`, 'export', 1],
    ['UTF-16 text', Buffer.from(`\uFEFF${lines(paper(1))}`, 'utf16le'), 'export', 1],
    [
      'UTF-16 text without a byte order mark',
      Buffer.from(lines({ ...paper(1), title: 'Ā Größe' }), 'utf16le').swap16(),
      'export',
      1,
    ],
    ['UTF-16 text, big-endian', Buffer.from(`\uFEFF${lines(paper(1))}`, 'utf16le').swap16(), 'export', 1],
    ['a file without a last newline', lines(paper(1), paper(2)).trimEnd(), 'export', 2],
    ['Windows line ends and blank lines', lines(paper(1), '', paper(2)).replace(/\n/g, '\r\n'), 'export', 2],
  ];

  it.each(forms)(
    'is known for %s, plain and gzipped, whatever its name',
    async (_, content, source, count) => {
      const plain = await readAll(fileOf(content, 'notes.dat'));
      const packed = await readAll(fileOf(gzipSync(content), 'notes.dat'));
      expect(plain.map((item) => item.source)).toEqual(Array(count).fill(source));
      expect(skips(plain)).toEqual([]);
      expect(records(packed)).toEqual(records(plain));
    },
  );

  it('is recognised even if the first lines are broken', async () => {
    const items = await readAll(fileOf(lines('{"id": "2605', '[]', paper(3))));
    expect(skips(items)).toEqual(['line 1 is not complete JSON', 'line 2 contains no paper']);
    expect(records(items)).toEqual([paper(3)]);
  });

  it('can be given instead of recognised, and an unknown one is refused by name', async () => {
    expect(skips(await readAll(fileOf(lines(paper(1))), { format: 'arxiv-listing' }))).toEqual([
      'line 1 authors is missing',
    ]);
    await expect(readAll(fileOf(lines(paper(1))), { format: 'csv' })).rejects.toThrow(
      'csv is not a format. Available: daily-lists',
    );
  });
});

describe('a row', () => {
  it('of the arXiv snapshot keeps its family names, and so does our own format', async () => {
    const row = {
      id: '0704.0004',
      title: 'Names That Kaggle Splits',
      abstract: 'We study names.',
      categories: 'cs.DL',
      versions: [],
      authors_parsed: [
        ['Garcia Marquez', 'Gabriel', ''],
        ['De Leo', 'Rossana', ''],
        ['Vallée Poussin', 'Charles de la', ''],
        [':', '', ''],
      ],
    };
    const [parsedRecords] = records(await readAll(fileOf(lines(row))));
    const credits = {
      authors: ['Gabriel Garcia Marquez', 'Rossana De Leo', 'Charles de la Vallée Poussin'],
      families: {
        'Gabriel Garcia Marquez': 'Garcia Marquez',
        'Charles de la Vallée Poussin': 'Vallée Poussin',
      },
    };
    expect(parsedRecords).toMatchObject(credits);
    expect(records(await readAll(fileOf(lines(parsedRecords))))).toEqual([parsedRecords]);
  });

  it('of the arXiv snapshot gives names, dates of the first and last version, and clean text', async () => {
    const [first, old] = records(await readAll(join(FIXTURES, 'arxiv-snapshot.jsonl')));
    expect(first).toEqual({
      id: '2603.90001',
      title: 'Task Routing as Retrieval: A Synthetic Fixture',
      abstract: 'Synthetic abstract.',
      authors: ['Ada Example', 'Bo Sámple'],
      categories: ['cs.LG', 'cs.CL'],
      published: '2026-03-11T17:22:30.000Z',
      updated: '2026-03-12T09:00:00.000Z',
      version: 2,
      comment: '23 pages, 8 figures',
    });
    expect(old).toMatchObject({ id: 'hep-th/9901001', version: 1, published: '1999-01-01T00:00:00.000Z' });
  });

  it('is read from the first arXiv snapshots, with versions as names and categories as a list', async () => {
    const old = {
      id: '0704.0005',
      title: 'Old Form',
      abstract: 'Words.',
      categories: ['hep-ph math.CO', 'cs.LG'],
      versions: ['v1', 'v2'],
      authors_parsed: [['Example', 'Ada', '']],
    };
    expect(
      records(await readAll(fileOf(lines(old, { ...old, id: 'hep-th/9901001', versions: null })))),
    ).toEqual([
      {
        id: '0704.0005',
        title: 'Old Form',
        abstract: 'Words.',
        authors: ['Ada Example'],
        categories: ['hep-ph', 'math.CO', 'cs.LG'],
        published: '2007-04',
        version: 2,
      },
      expect.objectContaining({ id: 'hep-th/9901001', published: '1999-01' }),
    ]);
  });

  it('is read from an arXiv snapshot with commas between categories and names in one text only', async () => {
    const row = {
      title: 'T',
      abstract: 'Words.',
      categories: 'hep-ph, math.CO',
      versions: [],
      authors_parsed: [],
    };
    const rows = [
      { ...row, id: '0704.0005', authors: 'Ada Example, Bo Sample' },
      { ...row, id: '0704.0006', authors: 'Ada Example', authors_parsed: null },
    ];
    expect(records(await readAll(fileOf(lines(...rows))))).toMatchObject([
      { categories: ['hep-ph', 'math.CO'], authors: ['Ada Example', 'Bo Sample'] },
      { authors: ['Ada Example'] },
    ]);
  });

  it('of a saved response gets the day that it names or that was given, with its rank', async () => {
    const path = fileOf(readFileSync(join(FIXTURES, 'saved-answer.json')));
    utimesSync(path, NOW, new Date('2026-03-13T18:00:00Z'));
    const named = records(await readAll(path));
    expect(named.map((record) => record.appearances?.map(({ day, rank }) => [day, rank]))).toEqual([
      [['2026-03-13', 1]],
      [['2026-03-13', 2]],
    ]);
    expect(named[0]?.snapshots?.[0]?.at).toBe('2026-03-13T18:00:00.000Z');
    const said = records(await readAll(path, { day: '2026-03-14' }));
    expect(said.map((record) => record.appearances?.map(({ day, rank }) => [day, rank]))).toEqual([
      [['2026-03-14', 1]],
      [['2026-03-14', 2]],
    ]);
  });

  it.each([
    [{ abstract: 'A' }, 'title is missing', { format: 'export' }],
    [{ title: 7, abstract: 'A' }, 'title is not text', {}],
    [{ title: ' \u200b ', abstract: 'A' }, 'title is empty', {}],
    [{ ...paper(1), id: '9999.99999' }, 'id is not an arXiv ID such as 2406.01574', {}],
    [{ ...paper(1), versions: 2, authors_parsed: [] }, 'versions is not a list of versions', {}],
    [{ ...paper(1), versions: [2], authors_parsed: [] }, 'versions is not a list of versions', {}],
    [{ ...paper(1), versions: [{}], authors_parsed: [] }, 'versions is not a list of versions', {}],
    [{ ...paper(1), versions: [], authors_parsed: 'Ada' }, 'authors_parsed is not a list of names', {}],
    [
      { ...paper(1), versions: [], authors_parsed: [], categories: 7 },
      'categories is not a list of categories',
      {},
    ],
    [{ ...paper(1), versions: [], authors_parsed: [], doi: 7 }, 'doi is not text', {}],
    [{ ...paper(1), authors: [], comment: [], first_listed: null }, 'comment is not text', {}],
    [7, 'the row is not a JSON object', { format: 'arxiv-snapshot' }],
    [
      { ...paper(1), snapshots: [{ at: 'noon', votes: 1, comments: 0 }] },
      'snapshots.at is not a time such as 2026-05-29T12:00:00Z',
      {},
    ],
  ])('is skipped for %j: %s', async (row, reason, options) => {
    expect(skips(await readAll(fileOf(lines(row)), options))).toEqual([`line 1 ${reason}`]);
  });

  it('of our own format can have unknown keys, and an ID with a version', async () => {
    const [record] = records(
      await readAll(fileOf(lines({ ...paper(1), id: '2605.00001v3', colour: 'red' }))),
    );
    expect(record).toEqual({ ...paper(1), version: 3 });
  });
});

describe('the import of a row with named fields', () => {
  const readRow = async (row: object) => {
    const [item] = await readAll(fileOf(lines(row)));
    if (!item || 'skipped' in item) throw new Error(`skipped: ${item?.skipped}`);
    return item;
  };

  it.each([
    [{ votes: -1 }, '`votes` is not a whole number'],
    [{ codeUrl: 'javascript:alert(1)' }, '`codeUrl` is not a web address'],
    [{ published: '2026-13-01' }, '`published` is not a date such as 2024-05-31'],
    [{ date: '01/02/2026' }, '`date` is not a date such as 2024-05-31'],
    [{ authors: 7 }, '`authors` is not a list of names'],
    [{ tags: [7, { colour: 'red' }] }, '`tags` is not a list of texts'],
  ])('leaves out a value that it cannot read, and says so: %j', async (facts, reason) => {
    const { record, read } = await readRow({ ...paper(1), ...facts });
    expect(record).toEqual(paper(1));
    expect(read).toEqual({ unread: [], leftOut: [reason] });
  });

  it('uses the next name of a field when the preferred one cannot be read or is empty', async () => {
    const { record, read } = await readRow({
      ...paper(1),
      published: 'n/a',
      date: 'soon',
      year: 2026,
      month: 'March',
      summary: 'Other words.',
      author: null,
    });
    expect(record).toEqual({ ...paper(1), published: '2026-03' });
    expect(read?.leftOut).toEqual(['`date` is not a date such as 2024-05-31']);
  });

  it('names keys with a value that no field has as its name', async () => {
    const row = { ...paper(1), shelf: 'A3', 'Read by': ['Bo'], colour: null, size: [], __proto__: undefined };
    expect((await readRow(row)).read?.unread).toEqual(['shelf', 'Read by']);
    const kaggle = {
      ...paper(1),
      versions: [],
      authors_parsed: [],
      license: 'CC0',
      update_date: '2026-01-01',
    };
    expect((await readRow({ ...kaggle, shelf: 'A3' })).read?.unread).toEqual(['shelf']);
  });

  it('dates a paper that was only updated by the month of its id, or else by the update', async () => {
    const updated = { update_date: '2026-07-01' };
    expect((await readRow({ ...paper(1), ...updated })).record).toMatchObject({ published: '2026-05' });
    const { id: _, ...unknown } = paper(1);
    expect((await readRow({ ...unknown, ...updated })).record).toMatchObject({ published: '2026-07-01' });
  });

  it('finds the arXiv id in a link, and keeps other links as the page or the code of the paper', async () => {
    const { id: _, ...unknown } = paper(1);
    const of = async (facts: object) => (await readRow({ ...unknown, ...facts })).record;
    expect(await of({ link: 'https://arxiv.org/pdf/2605.00001v2' })).toEqual({ ...paper(1), version: 2 });
    expect(await of({ id: 'W7', pdf_url: 'https://arxiv.org/pdf/2605.00001' })).toEqual(paper(1));
    expect(await of({ url: 'https://example.org/p' })).toEqual({
      ...unknown,
      projectUrl: 'https://example.org/p',
    });
    expect(await of({ url: 'https://github.com/a/b' })).toEqual({
      ...unknown,
      codeUrl: 'https://github.com/a/b',
    });
    expect(await of({ url: 'https://doi.org/10.1000/x' })).toEqual({ ...unknown, doi: '10.1000/x' });
  });
});

describe('a list in an object', () => {
  it('is read with little in memory, however long, on one line or many', async () => {
    const rows = noisyRows(60_000);
    for (const indent of [undefined, 1]) {
      const text = JSON.stringify({ meta: { count: rows.length }, results: rows }, null, indent);
      expect(text.length).toBeGreaterThan(2 * MAX_LINE);
      const file = await openPaperFile(fileOf(gzipSync(text)), { now: NOW });
      let count = 0;
      let most = 0;
      const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
      for await (const item of file.items()) {
        if ('record' in item) count += 1;
        if (count % 1_000 === 0) {
          most = Math.max(most, process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - before);
        }
      }
      expect(count).toBe(rows.length);
      expect(most).toBeLessThan(150 * 1024 * 1024);
    }
  });

  it('is found behind other lists, and a row that is damaged ends it with its number', async () => {
    const head = { messages: [{ status: 'ok' }], collection: [paper(1), paper(2), paper(3)] };
    const text = JSON.stringify(head, null, 1);
    expect(records(await readAll(fileOf(text)))).toEqual([paper(1), paper(2), paper(3)]);
    const items = await readAll(fileOf(text.slice(0, text.lastIndexOf('Paper 3'))));
    expect(records(items)).toEqual([paper(1), paper(2)]);
    expect(skips(items)).toEqual(['line 3 is not complete JSON; nothing after it could be read']);
  });
});

describe('a damaged file of papers', () => {
  it('loses only the truncated line, which is reported', async () => {
    const items = await readAll(fileOf(lines(paper(1), '{"id": "2605.00002", "title": "Pap', paper(3))));
    expect(records(items)).toEqual([paper(1), paper(3)]);
    expect(skips(items)).toEqual(['line 2 is not complete JSON']);
  });

  it('loses only a line that is not UTF-8', async () => {
    const latin1 = Buffer.from(lines({ ...paper(2), title: 'Schrödinger' }), 'latin1');
    const items = await readAll(
      fileOf(Buffer.concat([Buffer.from(lines(paper(1))), latin1, Buffer.from(lines(paper(3)))])),
    );
    expect(records(items)).toEqual([paper(1), paper(3)]);
    expect(skips(items)).toEqual(['line 2 is not UTF-8 text']);
  });

  it('loses a line one byte over the limit, and keeps one at the limit', async () => {
    const filled = (size: number) => {
      const bare = JSON.stringify({ ...paper(1), comment: '' }).length;
      return JSON.stringify({ ...paper(1), comment: 'x'.repeat(size - bare) });
    };
    const items = await readAll(fileOf(lines(filled(MAX_LINE), filled(MAX_LINE + 1), paper(3))));
    expect(records(items).map(({ title }) => title)).toEqual(['Paper 1', 'Paper 3']);
    expect(skips(items)).toEqual(['line 2 is longer than 4 MB']);
  });

  it('keeps every whole line before the point where its gzip data ends', async () => {
    const rows = Array.from({ length: 2000 }, (_, n) => ({
      ...paper(n),
      abstract: `${Math.random()} `.repeat(20),
    }));
    const whole = gzipSync(lines(...rows));
    const items = await readAll(fileOf(whole.subarray(0, whole.length / 2)));
    expect(records(items).length).toBeGreaterThan(900);
    expect(records(items)).toMatchObject(
      rows.slice(0, records(items).length).map(({ id, title }) => ({ id, title })),
    );
    expect(skips(items).at(-1)).toMatch(/^line \d+ the gzip data stops in the middle$/);
  });

  it('keeps the lines before damaged gzip data', async () => {
    const rows = noisyRows(2000);
    const damaged = gzipSync(lines(...rows)).fill(0xff, 100_000, 100_100);
    const items = await readAll(fileOf(damaged));
    expect(records(items).slice(0, 1000)).toEqual(rows.slice(0, 1000));
    expect(skips(items).at(-1)).toMatch(
      /^line \d+ the gzip data is damaged; the lines just before may be wrong$/,
    );
  });

  it.each([
    ['truncated', (json: string) => json.slice(0, -40)],
    ['broken in the middle', (json: string) => json.replace('Paper 3"', 'Paper 3"]]]')],
  ])('keeps the rows of a JSON array that is %s, up to the error', async (_, damage) => {
    const items = await readAll(fileOf(damage(JSON.stringify([paper(1), paper(2), paper(3)]))));
    expect(records(items)).toEqual([paper(1), paper(2)]);
    expect(skips(items)).toEqual(['line 3 is not complete JSON; nothing after it could be read']);
  });

  it('stops at a row of a JSON array that never ends', async () => {
    const items = await readAll(fileOf(`[${JSON.stringify(paper(1))},{"title":"${'x'.repeat(2 * MAX_LINE)}`));
    expect(records(items)).toEqual([paper(1)]);
    expect(skips(items)).toEqual(['line 2 is longer than 4 MB; nothing after it could be read']);
  });
});

describe('a file without papers', () => {
  const zeros = gzipSync(Buffer.alloc(1_000_000));
  it.each([
    ['nothing', '', /is empty\. There is nothing to import\.$/],
    [
      'a gzip header and nothing else',
      Buffer.from([0x1f, 0x8b]),
      /is empty: the gzip data stops in the middle\. /,
    ],
    [
      'a web page',
      '<!doctype html><html></html>',
      /cannot be imported: it is a web page or XML\. Supported: .*such as an export from Paperboy/,
    ],
    ['a packed web page', gzipSync('\n<html></html>'), /it is a web page or XML/],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004rest'), /it is a ZIP archive; unpack it/],
    ['a binary file', Buffer.from([1, 2, 0, 3]), /it is not text/],
    ['zeros, gzipped', zeros, /it is not text/],
    ['a table', 'id,title\n1,Two\n', /neither JSON nor a list of titles with abstracts/],
    ['a story in Latin-1', Buffer.from('Straße\n\n'.repeat(9), 'latin1'), /it is not UTF-8 text/],
    ['long text', 'word '.repeat(MAX_LINE / 4), /too long for a papers page/],
    ['other JSON lines', lines({ a: 1 }, { b: 2 }), /line 1 contains no paper/],
    ['one broken line', '{"id": "2605.0', /line 1 is not complete JSON/],
    ['a JSON array of something else', '[1, 2, 3]', /line 1 contains no paper/],
    ['an empty JSON array', '[]', /it contains no papers/],
    [
      'an object with a list of something else',
      JSON.stringify({ rows: [{ a: 1 }] }, null, 2),
      /contains no paper/,
    ],
  ])('is refused with an error message: %s', async (_, content, sentence) => {
    const reading = readAll(fileOf(content));
    await expect(reading).rejects.toBeInstanceOf(UserError);
    await expect(reading).rejects.toThrow(sentence);
  });

  it('is refused with an error message: a folder, a missing path, a file that cannot be read', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub'));
    await expect(readAll(join(folder, 'sub'))).rejects.toThrow(/sub is a folder\. Name a file in it\.$/);
    await expect(readAll(join(folder, 'none.jsonl'))).rejects.toThrow(
      /none\.jsonl does not exist\. Check the path\.$/,
    );
    const secret = fileOf(lines(paper(1)));
    chmodSync(secret, 0o000);
    // Root can read everything.
    if (process.getuid?.() !== 0)
      await expect(readAll(secret)).rejects.toThrow(/cannot be read by this user/);
  });
});

describe('lines that were imported before', () => {
  it('are skipped without being parsed', async () => {
    const items = await readAll(fileOf(lines(paper(1), '{"broken', paper(3), paper(4))), { from: 3 });
    expect(items).toMatchObject([{ line: 4, record: paper(4) }]);
  });

  it('of a saved response still count for the rank of later ones', async () => {
    const items = await readAll(join(FIXTURES, 'saved-answer.json'), { from: 1 });
    expect(records(items)[0]?.appearances).toMatchObject([{ rank: 2 }]);
  });
});
