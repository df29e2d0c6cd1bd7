import { describe, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openWatchMatcher } from '../../../src/watches/matching/matcher-store.ts';
import type { WatchTarget, WatchTerms } from '../../../src/watches/watch.ts';
import { openWatchStore } from '../../../src/watches/watch-store.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { samplePaper } from '../../support/papers.ts';

const NOW = '2026-05-29T12:00:00Z';
const ADA: WatchTarget = { kind: 'person', person: { platform: 'slack', workspace: 'T1', person: 'U1' } };
const LAB: WatchTarget = { kind: 'channel', channel: { platform: 'slack', workspace: 'T1', channel: 'C1' } };

interface Hit {
  readonly watch: number;
  readonly paper: string;
  readonly why: string;
}

async function openMatching(path?: string) {
  const connection = await openTestDatabase(path);
  const clock = fakeClock(NOW);
  const store = openWatchStore(connection);
  const watch = async (terms: WatchTerms, target = ADA) => {
    const request = { target, terms, defaultZone: 'UTC', by: 'U1' };
    return (await store.watch(request, clock.now())).watch.id;
  };
  return { connection, clock, store, watch, matcher: openWatchMatcher(connection) };
}

const add = (connection: DatabaseConnection, records: readonly PaperRecord[], at = NOW) =>
  openPaperStore(connection).importBatch(records, { source: 'arxiv', at });

function hitsIn(connection: DatabaseConnection): Hit[] {
  return connection
    .prepare<[], Hit>(
      'SELECT watch, id AS paper, why FROM watch_hits JOIN papers ON pk = paper ORDER BY watch, paper',
    )
    .all();
}

async function matchAll({ matcher, clock }: Awaited<ReturnType<typeof openMatching>>): Promise<number> {
  let hits = 0;
  for (let isDone = false; !isDone; ) {
    const step = await matcher.step(clock.now());
    hits += step.hits;
    isDone = step.isDone;
  }
  return hits;
}

const newPaper = (number: number, rest: Partial<PaperRecord> = {}): PaperRecord =>
  samplePaper({
    id: `2605.2${String(number).padStart(4, '0')}`,
    title: `Protein Design, Part ${number}`,
    ...rest,
  });

describe('a watch', () => {
  it('finds a new paper once, and says why', async () => {
    const test = await openMatching();
    const words = await test.watch({ text: '"protein design" router -survey' });
    const author = await test.watch({ author: 'lovelace' });
    const both = await test.watch({ text: 'expert', author: 'Ada Lovelace', category: 'cs' });
    await test.watch({ text: 'protein -part' });
    await add(test.connection, [newPaper(1)]);
    expect(await matchAll(test)).toBe(3);
    expect(await matchAll(test)).toBe(0);
    expect(hitsIn(test.connection)).toEqual([
      {
        watch: words,
        paper: '2605.20001',
        why: 'matches “protein design” in the title and “router” in the abstract',
      },
      { watch: author, paper: '2605.20001', why: 'new by Ada Lovelace' },
      { watch: both, paper: '2605.20001', why: 'matches “expert” in the abstract, by Ada Lovelace, in cs' },
    ]);
  });

  it('tells nothing that was stored before it was added or resumed', async () => {
    const test = await openMatching();
    await add(test.connection, [newPaper(1)]);
    const id = await test.watch({ text: 'protein' });
    expect(await matchAll(test)).toBe(0);
    await test.store.pause(ADA, id);
    await add(test.connection, [newPaper(2)]);
    await test.store.resume(ADA, id);
    await add(test.connection, [newPaper(3)]);
    await matchAll(test);
    expect(hitsIn(test.connection).map(({ paper }) => paper)).toEqual(['2605.20003']);
  });

  it('tells nothing while it is paused, nor a paper of that time afterwards', async () => {
    const test = await openMatching();
    const id = await test.watch({ text: 'protein' });
    await test.store.pause(ADA, id);
    await add(test.connection, [newPaper(1)]);
    expect(await matchAll(test)).toBe(0);
    await test.watch({ text: 'proteins' });
    expect(await matchAll(test)).toBe(0);
    await add(test.connection, [newPaper(2)]);
    expect(await matchAll(test)).toBe(1);
  });

  it('finds only papers that were published or announced within two weeks', async () => {
    const test = await openMatching();
    await test.watch({ text: 'protein' });
    const { published: _, ...undated } = newPaper(5);
    const day = (published: string, appearances: PaperRecord['appearances'] = []) => ({
      published,
      appearances,
    });
    await add(test.connection, [
      newPaper(1, day('2026-05-15T00:00:00Z')),
      newPaper(2, day('2026-05-14T23:59:59Z')),
      newPaper(3, day('2026-04-01T00:00:00Z', [{ day: '2026-05-29', rank: 1, votes: 1, comments: 0 }])),
      newPaper(4, day('2026-04-01T00:00:00Z', [{ day: '2026-04-02', rank: 1, votes: 1, comments: 0 }])),
      undated,
      { ...undated, id: '2401.00001', title: 'Protein design, undated and old' },
      newPaper(6, day('2026')),
      { ...newPaper(7, day('2026')), id: '2601.00001' },
    ]);
    await matchAll(test);
    const found = hitsIn(test.connection).map(({ paper }) => paper);
    expect(found).toEqual(['2605.20001', '2605.20003', '2605.20005', '2605.20006']);
  });

  it('finds no paper again that is changed, merged, or announced in a new version', async () => {
    const test = await openMatching();
    await test.watch({ text: 'protein' });
    const { id: _, ...untitled } = newPaper(1, { version: 1 });
    await add(test.connection, [untitled]);
    expect(await matchAll(test)).toBe(1);
    await add(test.connection, [newPaper(1, { version: 2, abstract: 'Protein design, revised.' })]);
    expect(await matchAll(test)).toBe(0);
    expect(hitsIn(test.connection)).toHaveLength(1);
  });

  it('finds a paper whose abstract comes later', async () => {
    const test = await openMatching();
    await test.watch({ text: 'router' });
    await add(test.connection, [newPaper(1, { abstract: '' })]);
    expect(await matchAll(test)).toBe(0);
    await add(test.connection, [newPaper(1)]);
    expect(await matchAll(test)).toBe(1);
  });

  it('misses no paper whose key belonged to a deleted one', async () => {
    const test = await openMatching();
    await test.watch({ text: 'protein' });
    await add(test.connection, [newPaper(1)]);
    await matchAll(test);
    test.connection.exec('DELETE FROM papers WHERE pk = (SELECT max(pk) FROM papers)');
    await add(test.connection, [newPaper(2)]);
    expect(await matchAll(test)).toBe(1);
  });

  it('of a channel and of a person find the same paper each', async () => {
    const test = await openMatching();
    await test.watch({ text: 'protein' });
    await test.watch({ text: 'protein' }, LAB);
    await add(test.connection, [newPaper(1)]);
    expect(await matchAll(test)).toBe(2);
  });
});

describe('a crash', () => {
  it('at any hit or at the end of a step loses no hit and makes none twice', async () => {
    const clean = await openMatching();
    const crashed = await openMatching(`${temporaryFolder()}/paperboy.db`);
    const papers = Array.from({ length: 45 }, (_, at) => newPaper(at + 1));
    for (const test of [clean, crashed]) {
      for (const text of ['protein', 'design', '"part 7"', 'router -part']) await test.watch({ text });
      await add(test.connection, papers);
    }
    await matchAll(clean);
    const expected = hitsIn(clean.connection);
    expect(expected.length).toBeGreaterThan(90);

    // Fails at the nth hit, and then at the nth paper that leaves the queue. A new matcher is a new process.
    const { connection, clock } = crashed;
    let crashes = 0;
    for (let at = 1; at <= 100; at += 3) {
      for (const [table, event] of [
        ['watch_hits', 'INSERT'],
        ['new_papers', 'DELETE'],
      ]) {
        connection.exec(`
          CREATE TEMP TABLE countdown (n); INSERT INTO temp.countdown VALUES (${at});
          CREATE TEMP TRIGGER crash AFTER ${event} ON main.${table} BEGIN
            UPDATE countdown SET n = n - 1;
            SELECT RAISE(ROLLBACK, 'crash') FROM countdown WHERE n = 0;
          END;`);
        const matcher = openWatchMatcher(connection);
        await matcher.step(clock.now()).catch(() => {
          crashes += 1;
        });
        connection.exec('DROP TRIGGER temp.crash; DROP TABLE temp.countdown');
      }
    }
    expect(crashes).toBeGreaterThan(5);
    await matchAll({ ...crashed, matcher: openWatchMatcher(connection) });
    expect(hitsIn(connection)).toEqual(expected);
  });
});

describe('a watch for papers like another one', () => {
  const liked = samplePaper({
    id: '1706.03762',
    title: 'Attention Is All You Need',
    published: '2017-06-12',
    abstract:
      'The Transformer uses attention for machine translation, without recurrence or convolutions. Sequence transduction models with encoder and decoder reach new BLEU scores.',
  });
  const alike = newPaper(1, {
    title: 'Attention for Machine Translation without Recurrence',
    abstract:
      'Our Transformer, an encoder and a decoder with attention, improves sequence transduction and BLEU.',
  });
  const others = Array.from({ length: 30 }, (_, at) =>
    newPaper(at + 10, {
      title: `Robots in kitchen ${at}`,
      abstract: `We teach robots to cook meal ${at}. Sequence models help.`,
    }),
  );

  it('finds by words what is about the same, until there are vectors, and says what both are about', async () => {
    const test = await openMatching();
    await add(test.connection, [
      liked,
      samplePaper({
        id: '1801.00001',
        title: 'Transformer attention and translation',
        published: '2018-01-01',
        abstract: 'Encoder, decoder, recurrence, transduction, convolutions, BLEU.',
      }),
    ]);
    await test.watch({ like: { id: liked.id ?? '', title: liked.title } });
    await add(test.connection, [alike, ...others]);
    await matchAll(test);
    const [hit, ...more] = hitsIn(test.connection);
    expect(more).toEqual([]);
    expect(hit?.paper).toBe(alike.id);
    expect(hit?.why).toMatch(/^like “Attention Is All You Need”: both about \w+, \w+ and \w+$/);
  });

  /** A model in which papers about kitchens are alike, and so are the two about attention. */
  function addVectors(
    connection: DatabaseConnection,
    keys: readonly number[],
    vectorOf: (pk: number) => number[],
  ) {
    connection.exec(
      `INSERT INTO embedding_models (id, maker, name, dimensions, state, papers, share, reached, begun_at)
       VALUES (7, 'endpoint', 'test', 4, 'serving', 1, 1, 0, '${NOW}') ON CONFLICT DO NOTHING`,
    );
    const insert = connection.prepare('INSERT INTO paper_vectors (paper, model, packed) VALUES (?, 7, ?)');
    for (const pk of keys) insert.run(pk, Buffer.from(Int8Array.from(vectorOf(pk)).buffer));
  }
  const keysIn = (connection: DatabaseConnection) =>
    connection.prepare<[], number>('SELECT pk FROM papers ORDER BY pk').pluck().all();

  it('waits a while for the vectors of new papers, and then compares them', async () => {
    const test = await openMatching();
    const many = Array.from({ length: 300 }, (_, at) =>
      samplePaper({
        id: `2401.${String(at + 1).padStart(5, '0')}`,
        title: `Old paper ${at}`,
        published: '2024-01-01',
      }),
    );
    await add(test.connection, [liked, ...many]);
    await test.watch({ like: { id: liked.id ?? '', title: liked.title } });
    await test.watch({ text: 'kitchen 3' });
    const random = seededRandom(3);
    const anyVector = () => Array.from({ length: 4 }, () => Math.round(random() * 200 - 100));
    const [first = 0, ...rest] = keysIn(test.connection);
    addVectors(test.connection, [first], () => [100, 0, 0, 0]);
    addVectors(test.connection, rest, () => anyVector().with(0, -50));
    // The same words, but another direction.
    const far = newPaper(2, { title: `${alike.title}, again`, abstract: alike.abstract });
    await add(test.connection, [alike, far, ...others]);
    expect(await matchAll(test)).toBe(0);

    const fresh = keysIn(test.connection).slice(rest.length + 1);
    addVectors(test.connection, fresh.slice(0, 1), () => [100, 5, 0, 0]);
    addVectors(test.connection, fresh.slice(1), () => [-100, 5, 0, 0]);
    await matchAll(test);
    expect(hitsIn(test.connection).map(({ paper }) => paper)).toEqual(['2605.20001', '2605.20013']);
  });

  it('is decided by words when the vectors do not come', async () => {
    const test = await openMatching();
    await add(test.connection, [liked, samplePaper({ ...alike, id: '1801.00001', published: '2018-01-01' })]);
    await test.watch({ like: { id: liked.id ?? '', title: liked.title } });
    addVectors(test.connection, [], () => []);
    await add(test.connection, [{ ...alike, title: `${alike.title}, again` }, ...others]);
    expect(await matchAll(test)).toBe(0);
    await test.clock.advance(15 * 60_000);
    expect(await matchAll(test)).toBe(1);
  });
});
