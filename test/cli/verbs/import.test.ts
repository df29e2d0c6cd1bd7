/** The report of an import, as people read it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importReportOf } from '../../../src/cli/verbs/import.ts';
import { openDatabase } from '../../../src/db/open.ts';
import type { ImportReport } from '../../../src/import/import-report.ts';
import { INDEXED_FROM } from '../../../src/papers/paper-index-store.ts';
import { openSearchService } from '../../../src/search/search-service.ts';
import { openWordIndexOf } from '../../../src/search/word-index/index-reader.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/database.ts';

async function importLines(rows: readonly object[]): Promise<string[]> {
  const folder = temporaryFolder();
  const path = join(folder, 'papers.jsonl');
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const { status, stderr } = await runCli(['import', path], {
    env: { DATA_DIR: join(folder, 'data') },
    cwd: folder,
  });
  expect(status).toBe(0);
  return stderr.trimEnd().split('\n').slice(1);
}

it('an import of many papers ends when their words are indexed', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'papers.jsonl');
  const rows = Array.from({ length: INDEXED_FROM + 1 }, (_, n) => ({
    title: `Paper ${n}`,
    abstract: `Text ${n}`,
  }));
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const data = join(folder, 'data');
  expect((await runCli(['import', path], { env: { DATA_DIR: data }, cwd: folder })).status).toBe(0);
  const database = join(data, 'paperboy.db');
  const connection = openDatabase(database, { readonly: true });
  const index = openWordIndexOf(connection);
  expect(index?.search(({ papers }) => papers)).toBe(rows.length);
  const search = openSearchService(connection, index);
  const page = { filter: {}, sort: 'relevance', limit: 5, offset: 0 } as const;
  const { hits } = await search.search({ text: `text ${INDEXED_FROM}`, ...page });
  expect(hits[0]?.paper.title).toBe(`Paper ${INDEXED_FROM}`);
  index?.close();
  connection.close();
}, 30_000);

describe('the report of an import', () => {
  it('says nothing when every key was read and no field is missing in all rows', async () => {
    const row = { title: 'A', summary: 'B', author: 'Ada Example', date: '2026-05-01', subjects: 'cs.LG' };
    expect(await importLines([row, { title: 'Only a Title' }])).toEqual([]);
  });

  it('ends with what no row had, the names that are read, and at most ten keys that nobody read', async () => {
    const keys = Array.from({ length: 12 }, (_, n) => [`key ${String(n).padStart(2, '0')}`, n]);
    const lines = await importLines([
      { title: 'A', abstract: 'B', when: '2026-05-01', shelf: 'x', 'bad\u001b[2Jkey\u202e': 1 },
      { title: 'C', abstract: 'D', when: '2026-05-02', date: '01/02/2026', shelf: 'y', when2: 1 },
      { title: 'E', abstract: 'F', when: '2026-05-03', ...Object.fromEntries(keys) },
    ]);
    expect(lines).toEqual([
      '  Imported without these values:',
      '    line 2: `date` is not a date such as 2024-05-31',
      '  No row had a date. The import reads `published`, `date`, `year`, `created_at`, `update_date` and similar names.',
      '  No row had authors. The import reads `authors`, `author`, `creators` and similar names.',
      '  No row had categories. The import reads `categories`, `primary_category`, `subjects`, `tags` and similar names.',
      '  If the file has this under another name, rename that key and import the file again. docs/guide/import.md lists all names.',
      '  Not read: `when` (3 rows), `shelf` (2 rows), `bad[2Jkey` (1 row), `when2` (1 row), `key 00` (1 row), `key 01` (1 row), `key 02` (1 row), `key 03` (1 row), `key 04` (1 row), `key 05` (1 row) and 6 more keys.',
    ]);
  });

  it('speaks only of the rows that were read when the import was stopped or continued', () => {
    const report: ImportReport = {
      taken: 1,
      added: 1,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      reasons: [],
      leftOut: [],
      unread: [],
      missing: ['abstract'],
      lines: 2_000,
      seconds: 1,
    };
    const sentence = (facts: Partial<ImportReport>) => importReportOf('p', { ...report, ...facts });
    expect(sentence({})).toContain('  No row had an abstract. The import reads `abstract`, `summary`');
    expect(sentence({ resumedFrom: 1_000 })).toContain('  No row after line 1,000 had an abstract.');
    expect(sentence({ interruptedAt: 2_000 })).toContain('  No row so far had an abstract.');
  });
});
