import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import type { SearchFilter } from '../../src/search/search.ts';
import { openSearchService } from '../../src/search/search-service.ts';
import { openWordIndexReader } from '../../src/search/word-index/index-reader.ts';
import { temporaryFolder } from '../support/database.ts';
import { openSearched, paper } from './search-harness.ts';
import { FORM, openTestWriter, syncFully } from './word-index/index-harness.ts';

const FILTERS: readonly SearchFilter[] = [
  {},
  { since: '2026-01-03' },
  { since: '2026-01-02', until: '2026-01-05' },
  { category: 'cs.LG' },
  { category: 'cs', since: '2026-01-03' },
  { author: 'Ada Lovelace' },
  { author: 'lovelace', category: 'cs.LG', until: '2026-01-05' },
  { savedBy: { team: 'lab' }, since: '2026-01-03' },
];

/** SQLite chooses a plan without their values. */
const PARAMETERS = /\?|[:@]\w+/g;

/** Collects the statements that a connection prepares. */
function recordStatements(connection: DatabaseConnection): Set<string> {
  const statements = new Set<string>();
  const prepare = connection.prepare.bind(connection);
  Object.assign(connection, {
    prepare(text: string) {
      statements.add(text);
      return prepare(text);
    },
  });
  return statements;
}

it('no search with words reads all papers', async () => {
  const papers = Array.from({ length: 9 }, (_, n) =>
    paper(`On whales ${n}`, {
      published: `2026-01-0${n + 1}`,
      authors: ['Ada Lovelace'],
      categories: ['cs.LG'],
    }),
  );
  const { connection } = await openSearched(papers);
  const folder = join(temporaryFolder(), 'index');
  await syncFully(openTestWriter(connection, folder));
  const index = openWordIndexReader({ folder, form: FORM, cacheMegabytes: 1 });
  onTestFinished(() => index.close());
  const statements = recordStatements(connection);
  const service = openSearchService(connection, index);
  for (const filter of FILTERS) {
    await service.search({ text: 'whales', filter, sort: 'relevance', limit: 5, offset: 0 });
    await service.search({ text: '"on whales"', filter, sort: 'relevance', limit: 5, offset: 0 });
    await service.similar({ ids: [papers[0]?.id ?? ''], filter, limit: 5, offset: 0 });
    await service.count({ text: 'whales', filter }, 5);
  }
  await service.suggestPapers('wha', 5);
  await service.suggestAuthors('lov', 5);
  expect(statements.size).toBeGreaterThan(20);
  const plans = [...statements].flatMap((text) => {
    const steps = connection
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${text.replace(PARAMETERS, 'NULL')}`)
      .all();
    return steps.map(({ detail }) => `${detail}: ${text}`);
  });
  const scans = plans.filter((plan) => /^SCAN (?:p|papers)\b(?! USING)/.test(plan));
  // These stop early, or find nothing.
  expect(scans.filter((plan) => !/ORDER BY pk DESC LIMIT|in \(\)/.test(plan))).toEqual([]);
});
