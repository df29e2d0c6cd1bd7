import { describe, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { SourceName } from '../../src/papers/source-names.ts';
import { openSomeWords } from '../../src/search/retrieval/newest-store.ts';
import { generatedId } from '../../src/text/ids.ts';
import { openTestDatabase, openTestSqlite } from '../support/database.ts';

const MORNING = '2026-05-29T08:00:00.000Z';
const EVENING = '2026-05-29T20:00:00.000Z';

async function openStore(given?: DatabaseConnection) {
  const connection = given ?? (await openTestDatabase());
  const papers = openPaperStore(connection);
  const bring = (record: PaperRecord, source: SourceName, at = MORNING) =>
    papers.importBatch([record], { source, at });
  const { holders } = openSomeWords(connection);
  const matches = (word: string) => {
    const idOf = connection.prepare('SELECT id FROM papers WHERE pk = ?').pluck();
    return holders(word).map((pk) => idOf.get(pk));
  };
  return { connection, papers, bring, matches };
}

const arxiv: PaperRecord = {
  id: '2605.00001',
  version: 2,
  title: 'Learning to Route Tasks',
  abstract: 'We route tasks.',
  authors: ['Ada Lovelace', 'Alan Turing'],
  categories: ['cs.LG', 'cs.CL'],
  published: '2026-05-01T10:00:00Z',
  comment: '9 pages',
};

const huggingFace: PaperRecord = {
  id: '2605.00001',
  title: 'Learning to route tasks',
  abstract: 'We route tasks (HF).',
  authors: ['Ada Lovelace'],
  organization: 'Example Lab',
  codeUrl: 'https://github.com/example/route',
  codeStars: 12,
  onHuggingFace: true,
  votes: 5,
  comments: 1,
  appearances: [{ day: '2026-05-29', rank: 3, votes: 5, comments: 1 }],
  snapshots: [{ at: MORNING, votes: 5, comments: 1, stars: 12 }],
};

describe('two sources of one paper', () => {
  it('keep the family names that one of them knows, of authors that both name', async () => {
    const { papers, bring } = await openStore();
    const kaggle = { ...arxiv, authors: ['Ana Garcia Vega', 'Bo Ruiz Gil'] };
    const families = { 'Ana Garcia Vega': 'Garcia Vega', 'Bo Ruiz Gil': 'Ruiz Gil' };
    await bring({ ...kaggle, families }, 'arxiv');
    await bring({ ...arxiv, authors: ['Ana Garcia Vega', 'Cy Test'], version: 3 }, 'arxiv');
    expect((await papers.find('2605.00001'))?.families).toEqual({ 'Ana Garcia Vega': 'Garcia Vega' });
    expect(await bring({ ...kaggle, families, version: 1 }, 'arxiv')).toMatchObject({ unchanged: 1 });
  });

  it.each([
    ['arXiv first', [arxiv, huggingFace], ['arxiv', 'hugging-face']],
    ['Hugging Face first', [huggingFace, arxiv], ['hugging-face', 'arxiv']],
  ] as const)('keep what each of them knows (%s)', async (_, [first, second], [one, two]) => {
    const { papers, bring } = await openStore();
    await bring(first, one);
    await bring(second, two);
    expect(await papers.find('2605.00001')).toEqual({
      ...arxiv,
      keywords: [],
      organization: 'Example Lab',
      codeUrl: 'https://github.com/example/route',
      codeStars: 12,
      onHuggingFace: true,
      votes: 5,
      comments: 1,
    });
    expect((await papers.counts()).papers).toBe(1);
  });

  it('become one paper when the page with titles alone comes first, and the old id goes on working', async () => {
    const { papers, bring, matches } = await openStore();
    await bring({ title: 'Learning to Route\n Tasks', abstract: 'We route.' }, 'papers-page');
    const old = generatedId('learning to route tasks');
    expect((await papers.find(old))?.id).toBe(old);
    await bring(arxiv, 'arxiv');
    expect((await papers.find(old))?.id).toBe('2605.00001');
    expect((await papers.counts()).papers).toBe(1);
    expect(matches('route')).toEqual(['2605.00001']);
  });

  it('become one paper when the page with titles alone comes second', async () => {
    const { papers, bring } = await openStore();
    await bring(arxiv, 'arxiv');
    const outcome = await bring(
      { title: 'Learning to Route Tasks', abstract: 'Other words.' },
      'papers-page',
    );
    expect(outcome).toEqual({ added: 0, updated: 0, unchanged: 1 });
    expect((await papers.find('2605.00001'))?.abstract).toBe('We route tasks.');
  });

  it('become one paper when a later version takes the title that a page showed', async () => {
    const { connection, papers, bring, matches } = await openStore();
    await bring({ ...arxiv, title: 'Routing' }, 'arxiv');
    await bring({ ...huggingFace, id: undefined as never }, 'papers-page');
    connection
      .prepare(`INSERT INTO saves SELECT 't', 'p', 'w', 'me', pk, ? FROM papers WHERE id LIKE 'pb-%'`)
      .run(MORNING);
    await bring({ ...arxiv, version: 3 }, 'arxiv');
    expect((await papers.counts()).papers).toBe(1);
    expect((await papers.counts()).saves).toBe(1);
    expect((await papers.find(generatedId('Learning to Route Tasks')))?.id).toBe('2605.00001');
    expect((await papers.history('2605.00001')).appearances).toHaveLength(1);
    expect(matches('route')).toEqual(['2605.00001']);
  });

  it('stay two papers when two arXiv ids share a title', async () => {
    const { papers, bring } = await openStore();
    await bring(arxiv, 'arxiv');
    await bring({ ...arxiv, id: '2605.00002' }, 'arxiv');
    expect(await papers.findByTitle('learning to route tasks')).toHaveLength(2);
  });
});

describe('a withdrawal', () => {
  const gone = {
    ...arxiv,
    version: 3,
    comment: 'This paper has been withdrawn',
    updated: '2026-05-20T10:00:00.000Z',
  };
  const withdrawn = { withdrawn: true, withdrawnAt: '2026-05-20T10:00:00.000Z' };

  it('is told by the remark of a paper that is new here, of a later version, and of one that Hugging Face told before', async () => {
    for (const before of [[], [[arxiv, 'arxiv']], [[huggingFace, 'hugging-face']]] as const) {
      const { papers, bring } = await openStore();
      for (const [record, source] of before) await bring(record, source);
      await bring(gone, 'arxiv');
      expect(await papers.find('2605.00001')).toMatchObject(withdrawn);
    }
  });

  it('is told by Hugging Face of a paper whose words are arXiv’s', async () => {
    const { papers, bring } = await openStore();
    await bring(arxiv, 'arxiv');
    await bring({ ...huggingFace, withdrawnAt: '2026-05-20T10:00:00.000Z' }, 'hugging-face');
    expect(await papers.find('2605.00001')).toMatchObject({ ...withdrawn, title: arxiv.title });
  });

  it('stays when a source says nothing of it, or tells of an older version', async () => {
    const { papers, bring } = await openStore();
    await bring(gone, 'arxiv');
    await bring(huggingFace, 'hugging-face', EVENING);
    await bring(arxiv, 'arxiv', EVENING);
    expect(await papers.find('2605.00001')).toMatchObject(withdrawn);
  });

  it('is taken back by a later version', async () => {
    const { papers, bring } = await openStore();
    await bring(gone, 'arxiv');
    await bring({ ...arxiv, version: 4, comment: '10 pages, corrected' }, 'arxiv');
    const paper = await papers.find('2605.00001');
    expect([paper?.withdrawn, paper?.withdrawnAt, paper?.comment]).toEqual([
      undefined,
      undefined,
      '10 pages, corrected',
    ]);
  });

  it('comes with an export and stands for those that were stored before', async () => {
    const { papers, bring } = await openStore();
    await bring(gone, 'arxiv');
    const { records } = await papers.exportSlice(0, 1);
    const other = await openStore();
    for (const record of records) await other.bring(record, 'export');
    expect(await other.papers.find('2605.00001')).toMatchObject(withdrawn);
  });
});

describe('an upsert', () => {
  it('never replaces something by nothing', async () => {
    const { papers, bring } = await openStore();
    await bring(arxiv, 'arxiv');
    await bring(huggingFace, 'hugging-face');
    const before = await papers.find('2605.00001');
    await bring({ id: '2605.00001', title: arxiv.title, abstract: '', authors: [], categories: [] }, 'arxiv');
    expect(await papers.find('2605.00001')).toEqual(before);
  });

  it('takes the words of a newer version and refuses those of an older one', async () => {
    const { papers, bring, matches } = await openStore();
    await bring(arxiv, 'arxiv');
    await bring({ ...arxiv, version: 3, abstract: 'We schedule tasks.' }, 'arxiv');
    expect((await papers.find('2605.00001'))?.abstract).toBe('We schedule tasks.');
    await bring({ ...arxiv, version: 1, abstract: 'We wonder.' }, 'arxiv');
    const paper = await papers.find('2605.00001');
    expect([paper?.abstract, paper?.version]).toEqual(['We schedule tasks.', 3]);
    expect([matches('schedule'), matches('wonder')]).toEqual([['2605.00001'], []]);
  });

  it('of the same record again changes nothing and says so', async () => {
    const { bring } = await openStore();
    expect(await bring(huggingFace, 'hugging-face')).toEqual({ added: 1, updated: 0, unchanged: 0 });
    expect(await bring(huggingFace, 'hugging-face', EVENING)).toEqual({ added: 0, updated: 0, unchanged: 1 });
  });

  it('follows a paper into another category', async () => {
    const { connection, bring } = await openStore();
    await bring(arxiv, 'arxiv');
    await bring({ ...arxiv, categories: ['stat.ML'] }, 'arxiv');
    expect(connection.prepare('SELECT category FROM paper_categories').pluck().all()).toEqual(['stat.ML']);
  });

  it('leaves a batch out altogether when one of it fails, also its place in the file', async () => {
    const { connection, papers } = await openStore();
    const places = connection.prepare('SELECT file, lines FROM import_progress');
    const broken = { title: null as never, abstract: '' };
    const context = { source: 'arxiv', at: MORNING, progress: { file: 'a file', lines: 2 } } as const;
    await expect(papers.importBatch([arxiv, broken], context)).rejects.toThrow();
    expect((await papers.counts()).papers).toBe(0);
    expect(places.all()).toEqual([]);
    await papers.importBatch([arxiv], context);
    expect(places.all()).toEqual([{ file: 'a file', lines: 2 }]);
  });
});

describe('the words of a batch', () => {
  it('are written to the index at once, also of new and listed papers, since FTS5 merges what is written', async () => {
    const { connection, papers } = await openStore(await openTestSqlite());
    const batch = Array.from({ length: 40 }, (_, n) => {
      const published = n % 2 === 0 ? '2026-05-28T10:00:00Z' : '2026-04-01T10:00:00Z';
      return { ...huggingFace, published, id: `2605.0${1000 + n}`, title: `Paper ${n}` };
    });
    await papers.importBatch(batch, { source: 'hugging-face', at: MORNING });
    const segments = connection.prepare('SELECT count(DISTINCT segid) FROM papers_fts_idx').pluck();
    expect(segments.get()).toBe(1);
    const queued = connection.prepare('SELECT count(*) FROM new_papers').pluck();
    expect(queued.get()).toBe(batch.length);
  });

  it('are written to the index at once if the papers change after they got vectors and were counted', async () => {
    const { connection, papers } = await openStore(await openTestSqlite());
    const batch = Array.from({ length: 40 }, (_, n) => ({
      ...arxiv,
      id: `2605.0${1000 + n}`,
      title: `Paper ${n}`,
    }));
    await papers.importBatch(batch, { source: 'arxiv', at: MORNING });
    connection.exec(`
      INSERT INTO embedding_models (maker, name, dimensions, state, papers, share, begun_at)
        VALUES ('built-in', 'lsa-1', 1, 'serving', 40, 0.2, '');
      UPDATE embedding_models SET reached = 40;
      UPDATE paper_counts SET counted_to = 40;`);
    const changed = batch.map((paper) => ({
      ...paper,
      version: 3,
      title: `${paper.title}, Revised`,
      categories: ['cs.LG', 'cs.RO'],
    }));
    await papers.importBatch(changed, { source: 'arxiv', at: EVENING });
    const segments = connection.prepare('SELECT count(DISTINCT segid) FROM papers_fts_idx').pluck();
    expect(segments.get()).toBe(2);
    const missing = connection.prepare('SELECT count(*) FROM missing_vectors').pluck();
    expect(missing.get()).toBe(2 * batch.length);
  });
});

describe('votes', () => {
  it('are kept as they were at each look, and an older look does not lower them', async () => {
    const { papers, bring } = await openStore();
    const look = (at: string, votes: number): PaperRecord => ({
      ...huggingFace,
      votes,
      snapshots: [{ at, votes, comments: 1, stars: 12 }],
    });
    await bring(look(EVENING, 40), 'hugging-face');
    await bring(look(MORNING, 5), 'hugging-face');
    expect((await papers.find('2605.00001'))?.votes).toBe(40);
    const { snapshots } = await papers.history('2605.00001');
    expect(snapshots.map(({ votes }) => votes)).toEqual([5, 40]);
  });

  it('that did not move are noted once a day, not at every look', async () => {
    const { papers, bring } = await openStore();
    const at = (instant: string): PaperRecord => ({
      ...huggingFace,
      snapshots: [{ at: instant, votes: 5, comments: 1 }],
    });
    for (const instant of [MORNING, '2026-05-29T09:00:00.000Z', EVENING, '2026-05-30T08:00:00.000Z']) {
      await bring(at(instant), 'hugging-face');
    }
    const { snapshots } = await papers.history('2605.00001');
    expect(snapshots.map((snapshot) => snapshot.at)).toEqual([MORNING, '2026-05-30T08:00:00.000Z']);
  });
});

describe('reading', () => {
  it('gives papers in the order asked and leaves unknown ids out', async () => {
    const { papers, bring } = await openStore();
    await bring(arxiv, 'arxiv');
    await bring({ ...arxiv, id: '2605.00002', title: 'Another' }, 'arxiv');
    const found = await papers.findMany(['2605.00002', '9901.00001', '2605.00001']);
    expect(found.map(({ id }) => id)).toEqual(['2605.00002', '2605.00001']);
  });

  it('draws at random only what passes the filter', async () => {
    const { papers, bring } = await openStore();
    await bring(arxiv, 'arxiv');
    await bring(
      { ...huggingFace, id: '2605.00002', title: 'Another', categories: ['cs.RO'] },
      'hugging-face',
    );
    expect((await papers.random({ category: 'cs.RO', minVotes: 5 }))?.id).toBe('2605.00002');
    expect(await papers.random({ category: 'cs.RO', minVotes: 6 })).toBeUndefined();
  });

  it('draws every paper some time, those aside that say nothing', async () => {
    const { papers, bring } = await openStore();
    expect(await papers.random({})).toBeUndefined();
    const ids = ['2605.00001', '2605.00002', '2605.00003'];
    for (const id of ids) await bring({ ...arxiv, id, title: `Paper ${id}` }, 'arxiv');
    await bring({ ...arxiv, id: '2605.00004', title: 'No words', abstract: '' }, 'arxiv');
    const drawn = new Set<string>();
    // By chance one of them stays away from 200 draws less often than once in 10^34 runs.
    for (let times = 0; times < 200; times++) drawn.add((await papers.random({}))?.id ?? 'none');
    expect([...drawn].toSorted()).toEqual(ids);
  });

  it('exports every paper once, in slices, with its history', async () => {
    const { papers } = await openStore();
    const many = Array.from({ length: 5 }, (_, n) => ({
      ...huggingFace,
      id: `2605.0000${n}`,
      title: `Paper ${n}`,
    }));
    await papers.importBatch(many, { source: 'hugging-face', at: MORNING });
    const seen: PaperRecord[] = [];
    for (let from: number | undefined = 0; from !== undefined; ) {
      const slice = await papers.exportSlice(from, 2);
      seen.push(...slice.records);
      from = slice.next;
    }
    expect(seen.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
    expect(seen[0]).toMatchObject({ appearances: huggingFace.appearances, snapshots: huggingFace.snapshots });
  });
});
