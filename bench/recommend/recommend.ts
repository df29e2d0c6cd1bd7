/** Recommendations: what they find of held-out saves, next to plain alternatives, and how long they take. */
import { join } from 'node:path';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import type { Recommender } from '../../src/recommend/recommend.ts';
import { openRecommender } from '../../src/recommend/recommender.ts';
import { openImported } from '../support/bare-fts.ts';
import type { BenchContext, Benchmark } from '../support/figure.ts';
import { learnMeanings } from '../support/learned.ts';
import { readArxivPapers } from '../support/papers.ts';
import { toArxivId } from '../support/retrieval-sets.ts';
import { quantile } from '../support/statistics.ts';
import { openBaselines } from './baselines.ts';
import { openRandom, type Reader, readCiteULike } from './citeulike.ts';

const SHOWN = 20;
const NOW = '2026-05-29T12:00:00Z';
const SAVED_AT = '2026-05-01T12:00:00Z';

const PAPERS = 80_000;
const PEOPLE = 40;
const SAVES = 1_000;
const CALLS = 300;

export const recommendBenchmark: Benchmark = {
  prefix: 'recommend',
  async run(context) {
    await measureQuality(context);
    await measureSpeed(context);
  },
};

/** Settings were chosen on people with an even number. These figures are for the others. */
async function measureQuality({ data, scratch, report, skip }: BenchContext): Promise<void> {
  const recorded = await readCiteULike(data);
  if (!recorded) return skip('recommend.citeulike', 'no recommend/citeulike-t in the data');
  const { papers, readers } = recorded;
  const connection = await openImported(join(scratch, 'citeulike.db'), papers);
  await learnMeanings(connection);
  addSaves(
    connection,
    readers.flatMap(({ id, saved }) => saved.map((item) => [`P${id}`, toArxivId(item)] as const)),
  );
  const measured = readers.filter(({ id, held }) => held.length > 0 && id % 2 === 1);
  const found: Record<string, Found> = {};
  for (const [name, baseline] of Object.entries(openBaselines(recorded))) {
    found[name] = await findHeld(measured, async (reader) => baseline(reader, SHOWN).map(toArxivId));
  }
  const against = Object.values(found);
  const recall = Math.max(...against.map((each) => each.recall));
  const ndcg = Math.max(...against.map((each) => each.ndcg));
  const ours = {
    list: openRecommender(connection),
    ranking: openRecommender(connection, { left: 1, explores: false }),
    words: openRecommender(connection, { left: 1, explores: false, coSaved: 0 }),
  };
  for (const [name, recommender] of Object.entries(ours)) {
    found[name] = await findHeld(measured, (reader) => recommended(recommender, `P${reader.id}`));
  }
  for (const [name, each] of Object.entries(found)) {
    report(`recommend.citeulike.${name}.recall20`, each.recall, '', recall);
    report(`recommend.citeulike.${name}.ndcg20`, each.ndcg, '', ndcg);
  }
  connection.close();
}

async function recommended(recommender: Recommender, person: string, offset = 0): Promise<string[]> {
  const { entries } = await recommender.recommend({
    audience: { kind: 'person', person: { platform: 'bench', workspace: 'bench', person } },
    filter: {},
    limit: SHOWN,
    offset,
    now: NOW,
  });
  return entries.map(({ paper }) => paper.id);
}

interface Found {
  readonly recall: number;
  readonly ndcg: number;
}

/** Means over people. */
async function findHeld(
  readers: readonly Reader[],
  list: (reader: Reader) => Promise<string[]>,
): Promise<Found> {
  let recall = 0;
  let ndcg = 0;
  for (const reader of readers) {
    const held = new Set(reader.held.map(toArxivId));
    const gains = (await list(reader)).map((id) => (held.has(id) ? 1 : 0));
    const discounted = (values: readonly number[]) =>
      values.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
    const ideal = discounted(Array<number>(Math.min(SHOWN, held.size)).fill(1));
    recall += gains.reduce<number>((sum, gain) => sum + gain, 0) / held.size / readers.length;
    ndcg += discounted(gains) / ideal / readers.length;
  }
  return { recall, ndcg };
}

/** Forty people with a thousand saves each, all in three categories of their own. */
async function measureSpeed({ data, scratch, report, skip }: BenchContext): Promise<void> {
  const papers = await readArxivPapers(data, PAPERS);
  if (!papers) return skip('recommend.80k', 'no arxiv/arxiv_meta.jsonl.gz in the data');
  const connection = await openImported(join(scratch, 'many.db'), papers);
  await learnMeanings(connection);
  const saves = savesByCategory(papers);
  addSaves(connection, saves);
  const recommender = openRecommender(connection);
  const first = await timed(() => recommended(recommender, 'P0'));
  const times: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    times.push(await timed(() => recommended(recommender, `P${call % PEOPLE}`)));
  }
  report('recommend.80k.first_ms', first, 'ms');
  report('recommend.80k.p50_ms', quantile(times, 0.5), 'ms');
  report('recommend.80k.p99_ms', quantile(times, 0.99), 'ms');
  connection.close();
}

function savesByCategory(papers: readonly PaperRecord[]): Array<readonly [person: string, id: string]> {
  const random = openRandom(1);
  const any = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const byCategory = new Map<string, string[]>();
  for (const { id = '', categories: [category = ''] = [] } of papers) {
    const ids = byCategory.get(category) ?? [];
    byCategory.set(category, ids);
    ids.push(id);
  }
  const large = [...byCategory.values()].filter(({ length }) => length >= SAVES);
  return Array.from({ length: PEOPLE }, (_, person) => {
    const subjects = [any(large), any(large), any(large)];
    const own = new Set<string>();
    while (own.size < SAVES) own.add(any(any(subjects) ?? []) ?? '');
    return [...own].map((id) => [`P${person}`, id] as const);
  }).flat();
}

function addSaves(
  connection: DatabaseConnection,
  saves: ReadonlyArray<readonly [person: string, id: string]>,
): void {
  const insert = connection.prepare<[string, string, string]>(
    `INSERT OR IGNORE INTO saves (team, platform, workspace, person, paper, saved_at)
     SELECT 'bench', 'bench', 'bench', ?, pk, ? FROM papers WHERE id = ?`,
  );
  connection.transaction(() => {
    for (const [person, id] of saves) insert.run(person, SAVED_AT, id);
  })();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
