import { describe, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { MIGRATIONS, migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperCounts } from '../../src/papers/paper-counts-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { numbersFrom } from '../support/hostile-texts.ts';

const AT = '2026-05-01T00:00:00Z';
const CATEGORIES = ['cs.LG', 'cs.CL', 'cs.RO', 'stat.ML', 'math.NT'];
/** Keys that are counted at once in these tests. */
const STEP = 7;

/** What reading all rows finds. */
function countAll(connection: DatabaseConnection) {
  const papers = connection.prepare('SELECT count(*) FROM papers').pluck().get();
  const topCategories = connection
    .prepare(
      `SELECT category, count(*) AS papers FROM paper_categories GROUP BY category
       ORDER BY papers DESC, category LIMIT 8`,
    )
    .all();
  return { papers, topCategories };
}

async function openStore() {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  let hours = 0;
  // Each record is newer than those before.
  const bring = (record: PaperRecord, source: 'arxiv' | 'papers-page' = 'arxiv') => {
    hours += 1;
    const at = new Date(Date.UTC(2026, 4, 1, hours)).toISOString();
    return papers.importBatch([source === 'arxiv' ? { ...record, version: hours } : record], { source, at });
  };
  return { connection, bring, counts: openPaperCounts(connection, STEP) };
}

const paper = (number: number, categories: readonly string[], title = `Paper ${number}`): PaperRecord => ({
  id: `2605.${String(number).padStart(5, '0')}`,
  title,
  abstract: 'We count.',
  categories: [...categories],
});

describe('the counts of a store', () => {
  it.each([1, 2, 3])(
    'are those of all its rows, whatever is added, changed and merged (%i)',
    async (seed) => {
      const { connection, bring, counts } = await openStore();
      const below = numbersFrom(seed);
      const some = () => CATEGORIES.filter(() => below(3) === 0);
      let newest = 0;
      let untold = 0;
      const acts = [
        () => bring(paper(++newest, some())),
        () => bring(paper(++newest, some())),
        () => bring(paper(1 + below(newest + 1), some())),
        () => bring({ title: `Untold ${++untold}`, abstract: '', categories: some() }, 'papers-page'),
        // It takes the title of a paper that had no id, whose row is deleted.
        () => bring(paper(1 + below(newest + 1), some(), `Untold ${1 + below(untold + 1)}`)),
        () => bring(paper(1 + below(newest + 1), some(), `Untold ${untold}`)),
      ];
      for (let times = 0; times < 150; times++) {
        await acts[below(acts.length)]?.();
        if (below(3) > 0) continue;
        expect(await counts.count()).toMatchObject(countAll(connection));
      }
      const { gaps, counted_to } = connection.prepare('SELECT * FROM paper_counts').get() as Record<
        string,
        number
      >;
      expect(gaps).toBeGreaterThan(5);
      expect(counted_to).toBeGreaterThan(3 * STEP);
    },
  );

  it('do not count papers of a batch that failed', async () => {
    const { connection, bring, counts } = await openStore();
    const store = openPaperStore(connection);
    const broken = { title: null as never, abstract: '' };
    const batch = [1, 2, 3].map((number) => paper(number, ['cs.LG']));
    for (let times = 0; times < 3; times++) {
      await bring(paper(10 + times, ['cs.CL']));
      await expect(store.importBatch([...batch, broken], { source: 'arxiv', at: AT })).rejects.toThrow();
      expect(await counts.count()).toMatchObject(countAll(connection));
    }
    for (const each of batch) await bring(each);
    expect(await counts.count()).toMatchObject(countAll(connection));
  });

  it('read no paper twice, except for those that came since', async () => {
    const { connection, bring, counts } = await openStore();
    for (let number = 1; number <= 2 * STEP + 3; number++) await bring(paper(number, ['cs.LG']));
    await counts.count();
    // Only rows that were not counted yet are noticed to be gone.
    connection.exec('DELETE FROM paper_categories WHERE paper > 1');
    expect((await counts.count()).topCategories).toEqual([{ category: 'cs.LG', papers: 2 * STEP }]);
  });

  it('are right after an upgrade of a store from which papers were deleted', async () => {
    const connection = openDatabase(':memory:');
    await migrate(connection, MIGRATIONS.slice(0, 37));
    connection.exec(`
      WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 20)
      INSERT INTO papers (id, title_key, title, abstract, authors, categories, keywords, text_rank, added_at, changed_at)
        SELECT n, '', '', '', '[]', '[]', '[]', 0, '', '' FROM many;
      INSERT INTO paper_categories SELECT 'cs.LG', pk FROM papers;
      DELETE FROM papers WHERE pk IN (1, 8, 9, 20);`);
    await migrate(connection);
    expect(await openPaperCounts(connection, STEP).count()).toMatchObject({
      papers: 16,
      topCategories: [{ category: 'cs.LG', papers: 16 }],
    });
    connection.close();
  });

  it('have the days with a list, the newest list, and the days of publication', async () => {
    const { bring, counts } = await openStore();
    expect(await counts.count()).toEqual({ papers: 0, listDays: 0, saves: 0, topCategories: [] });
    for (const [number, days] of [
      [1, ['2026-05-02', '2026-05-04']],
      [2, ['2026-05-04']],
      [3, []],
    ] as const) {
      const appearances = days.map((day) => ({ day, rank: 1, votes: 2, comments: 0 }));
      await bring({ ...paper(number, ['cs.LG']), published: `2026-05-0${number}`, appearances });
    }
    await bring(paper(4, []));
    expect(await counts.count()).toEqual({
      papers: 4,
      listDays: 2,
      saves: 0,
      newestList: { day: '2026-05-04', papers: 2 },
      published: { from: '2026-05-01', to: '2026-05-03' },
      topCategories: [{ category: 'cs.LG', papers: 3 }],
    });
  });
});
