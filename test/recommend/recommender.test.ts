import { describe, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { RecommendFor, RecommendQuery } from '../../src/recommend/recommend.ts';
import { openRecommender } from '../../src/recommend/recommender.ts';
import { openTastes } from '../../src/recommend/taste/taste-store.ts';
import { openWatchStore } from '../../src/watches/watch-store.ts';
import { openTestDatabase } from '../support/database.ts';

const NOW = '2026-05-29T12:00:00Z';
const SUBJECTS = {
  robots: ['robot', 'grasping', 'gripper', 'manipulation', 'torque', 'arm', 'tactile', 'joint'],
  proteins: ['protein', 'folding', 'residue', 'amino', 'structure', 'backbone', 'enzyme', 'binding'],
  stars: ['galaxy', 'redshift', 'telescope', 'luminosity', 'stellar', 'cosmic', 'dust', 'halo'],
} as const;
type SubjectName = keyof typeof SUBJECTS;
const EACH = 14;

/** The papers of a subject share words with each other, not with those of other subjects. */
function papersOf(name: SubjectName): PaperRecord[] {
  const words = SUBJECTS[name];
  return Array.from({ length: EACH }, (_, at) => ({
    id: idOf(name, at),
    title: `${words[at % words.length]} ${words[(at + 3) % words.length]} number ${name}${at}`,
    abstract: `We study ${words[0]} ${words[1]} and ${words[(at + 1) % words.length]}, with ${words[(at + 2) % words.length]} and ${words[(at + 5) % words.length]}.`,
    authors: [`${name} Author${at % 4}`],
    categories: [`cs.${name.slice(0, 2).toUpperCase()}`],
    published: `2020-01-${String(at + 1).padStart(2, '0')}T00:00:00Z`,
    votes: at,
  }));
}

function idOf(name: SubjectName, at: number): string {
  return `20${String(1 + Object.keys(SUBJECTS).indexOf(name)).padStart(2, '0')}.${String(at + 1).padStart(5, '0')}`;
}

const person = (name: string) => ({ platform: 'slack', workspace: 'T1', person: name });
const ADA: RecommendFor = { kind: 'person', person: person('ada') };

async function openLab(
  papers: readonly PaperRecord[] = Object.keys(SUBJECTS).flatMap((name) => papersOf(name as SubjectName)),
) {
  const connection = await openTestDatabase();
  await openPaperStore(connection).importBatch(papers, { source: 'arxiv', at: NOW });
  const recommender = openRecommender(connection);
  const recommend = (rest: Partial<RecommendQuery> = {}) =>
    recommender.recommend({ audience: ADA, filter: {}, limit: 5, offset: 0, now: NOW, ...rest });
  return {
    connection,
    recommender,
    recommend,
    tastes: openTastes(connection),
    subjects: async (rest: Partial<RecommendQuery> = {}) =>
      (await recommend(rest)).entries.map(({ paper }) => subjectOf(paper.id)),
  };
}

function subjectOf(id: string): SubjectName | undefined {
  return Object.keys(SUBJECTS)[Number(id.slice(2, 4)) - 1] as SubjectName | undefined;
}

async function save(
  connection: DatabaseConnection,
  who: string,
  ids: readonly string[],
  at = NOW,
  team = 'slack:T1',
) {
  const library = openLibrary(connection);
  for (const id of ids) await library.save({ ...person(who), team }, id, at);
}

const some = (name: SubjectName, from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => idOf(name, from + at));

describe('recommendations', () => {
  it('need three papers or subjects to go by', async () => {
    const { connection, recommend, tastes } = await openLab();
    await save(connection, 'ada', some('robots', 0, 2));
    expect(await recommend()).toEqual({ state: 'too-few', signals: 2, total: 0, entries: [] });
    await tastes.say(person('ada'), 'protein folding', 'like', NOW);
    expect(await recommend()).toMatchObject({ state: 'ready', signals: 3 });
  });

  it('have the same ids and reasons without the papers', async () => {
    const { connection, recommender, recommend } = await openLab();
    await save(connection, 'ada', some('robots', 0, 4));
    const { entries, ...counts } = await recommend({ limit: 50 });
    const query = { audience: ADA, filter: {}, limit: 50, offset: 0, now: NOW };
    expect(await recommender.recommendIds(query)).toEqual({
      ...counts,
      entries: entries.map(({ paper, reason }) => ({ id: paper.id, reason })),
    });
    expect(entries.length).toBeGreaterThan(3);
  });

  it('are about what was saved, leave out what was saved, and name the saved paper that is most like them', async () => {
    const { connection, recommend } = await openLab();
    const saved = some('robots', 0, 4);
    await save(connection, 'ada', saved);
    const { entries, total } = await recommend();
    expect(total).toBe(EACH - saved.length + 1);
    const usual = entries.filter(({ reason }) => reason.kind !== 'different');
    expect(usual.map(({ paper }) => subjectOf(paper.id))).toEqual(Array(4).fill('robots'));
    for (const { paper, reason } of usual) {
      expect(saved).not.toContain(paper.id);
      expect(reason).toMatchObject({ kind: 'like-saved' });
      if (reason.kind === 'like-saved') expect(saved).toContain(reason.paper.id);
    }
  });

  it('have one paper on something else, in the last place of the first page, and say so', async () => {
    const { connection, recommend } = await openLab();
    await save(connection, 'ada', some('robots', 0, 4));
    const { entries } = await recommend();
    expect(entries.map(({ reason }) => reason.kind)).toEqual([...Array(4).fill('like-saved'), 'different']);
    expect(subjectOf(entries[4]?.paper.id ?? '')).not.toBe('robots');
    const next = await recommend({ offset: 5 });
    expect(next.entries.map(({ reason }) => reason.kind)).not.toContain('different');
  });

  it('about words that nothing saved has do not claim to be popular', async () => {
    const { connection, recommend } = await openLab();
    await save(connection, 'ada', some('robots', 0, 4));
    const { entries } = await recommend({ text: 'protein' });
    expect(entries.map(({ paper }) => subjectOf(paper.id))).toEqual(Array(5).fill('proteins'));
    expect(new Set(entries.map(({ reason }) => reason.kind))).toEqual(new Set(['asked']));
  });

  it('have pages without a paper twice', async () => {
    const { connection, recommend } = await openLab();
    await save(connection, 'ada', [...some('robots', 0, 4), ...some('stars', 0, 2)]);
    const pages = [await recommend(), await recommend({ offset: 5 }), await recommend({ offset: 10 })];
    const ids = pages.flatMap(({ entries }) => entries.map(({ paper }) => paper.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(10);
  });

  it('are not about one subject alone when two were saved', async () => {
    const { connection, subjects } = await openLab();
    await save(connection, 'ada', [...some('robots', 0, 5), ...some('stars', 0, 4)]);
    expect(new Set((await subjects()).slice(0, 4))).toEqual(new Set(['robots', 'stars']));
  });

  it('follow recent saves more than old ones', async () => {
    const { connection, subjects } = await openLab();
    await save(connection, 'ada', some('robots', 0, 4), '2024-01-01T00:00:00Z');
    await save(connection, 'ada', some('stars', 0, 4), NOW);
    expect((await subjects())[0]).toBe('stars');
    const other = await openLab();
    await save(other.connection, 'ada', some('robots', 0, 4), NOW);
    await save(other.connection, 'ada', some('stars', 0, 4), '2024-01-01T00:00:00Z');
    expect((await other.subjects())[0]).toBe('robots');
  });

  it('can be limited to words, dates and categories', async () => {
    const { connection, recommend, subjects } = await openLab();
    await save(connection, 'ada', some('robots', 0, 4));
    expect(new Set(await subjects({ text: 'protein folding' }))).toEqual(new Set(['proteins']));
    const late = await recommend({ filter: { since: '2020-01-10' } });
    expect(late.entries.length).toBeGreaterThan(0);
    expect(late.entries.every(({ paper }) => (paper.published ?? '') >= '2020-01-10')).toBe(true);
    expect(new Set(await subjects({ filter: { category: 'cs.ST' } }))).toEqual(new Set());
  });

  it('of a team come from what its members saved, not from others', async () => {
    const { connection, subjects } = await openLab();
    await save(connection, 'ada', some('robots', 0, 2));
    await save(connection, 'ben', some('robots', 2, 5));
    await save(connection, 'eve', some('stars', 0, 5), NOW, 'slack:T2');
    const audience: RecommendFor = { kind: 'team', team: { team: 'slack:T1' } };
    expect((await subjects({ audience })).slice(0, 4)).toEqual(Array(4).fill('robots'));
  });
});

describe('papers that the same people saved', () => {
  const odd = idOf('stars', 13);

  it('are recommended, whatever their words, if three people saved both', async () => {
    const { connection, recommend } = await openLab();
    await save(connection, 'ada', some('robots', 0, 3));
    for (const who of ['ben', 'cleo', 'dan']) await save(connection, who, [idOf('robots', 1), odd]);
    const { entries } = await recommend();
    expect(entries.find(({ paper }) => paper.id === odd)?.reason).toMatchObject({
      kind: 'readers',
      paper: { id: idOf('robots', 1) },
    });
  });

  it('change nothing if two people saved both', async () => {
    const { connection, recommend } = await openLab();
    await save(connection, 'ada', some('robots', 0, 3));
    const before = await recommend({ limit: 50 });
    for (const who of ['ben', 'cleo']) await save(connection, who, [idOf('robots', 1), odd]);
    expect(await recommend({ limit: 50 })).toEqual(before);
  });

  it('stop counting when one of three removes the paper', async () => {
    const { connection, recommend } = await openLab();
    await save(connection, 'ada', some('robots', 0, 3));
    const before = await recommend({ limit: 50 });
    for (const who of ['ben', 'cleo', 'dan']) await save(connection, who, [idOf('robots', 1), odd]);
    // Saves that are slow to read count a moment later.
    await expect.poll(() => recommend({ limit: 50 })).not.toEqual(before);
    await openLibrary(connection).unsave({ ...person('dan'), team: 'slack:T1' }, odd);
    await expect.poll(() => recommend({ limit: 50 })).toEqual(before);
  });
});

describe('what a person says', () => {
  it('about a paper moves its like up or down, and the paper itself is not recommended again', async () => {
    const { connection, recommend, subjects, tastes } = await openLab();
    await save(connection, 'ada', [...some('robots', 0, 3), ...some('stars', 0, 3)]);
    const starsIn = async () => (await subjects({ limit: 12 })).filter((each) => each === 'stars').length;
    const before = await starsIn();
    await tastes.judge(person('ada'), idOf('stars', 5), 'less', NOW);
    await tastes.judge(person('ada'), idOf('stars', 6), 'less', NOW);
    await tastes.judge(person('ada'), idOf('stars', 7), 'less', NOW);
    expect(await starsIn()).toBeLessThan(before);
    const listed = (await recommend({ limit: 50 })).entries.map(({ paper }) => paper.id);
    expect(listed).not.toContain(idOf('stars', 5));
  });

  it('takes a subject off, so that neither its papers nor its saves count', async () => {
    const { connection, subjects, tastes } = await openLab();
    await save(connection, 'ada', [...some('robots', 0, 3), ...some('stars', 0, 3)]);
    await tastes.say(person('ada'), 'Galaxy redshifts', 'avoid', NOW);
    expect(await subjects({ limit: 10 })).not.toContain('stars');
    await tastes.say(person('ada'), 'galaxy redshift', undefined, NOW);
    expect(await subjects({ limit: 10 })).toContain('stars');
  });

  it('does not change what others get', async () => {
    const { connection, recommend, tastes } = await openLab();
    await save(connection, 'ada', some('robots', 0, 4));
    const before = await recommend({ limit: 20 });
    await tastes.say(person('ben'), 'robot grasping', 'avoid', NOW);
    await tastes.judge(person('ben'), idOf('robots', 6), 'less', NOW);
    expect(await recommend({ limit: 20 })).toEqual(before);
  });

  it('turns recommendations off and on', async () => {
    const { connection, recommend, tastes } = await openLab();
    await save(connection, 'ada', some('robots', 0, 4));
    expect(await tastes.turn(person('ada'), 'off')).toBe(true);
    expect(await tastes.turn(person('ada'), 'off')).toBe(false);
    expect((await recommend()).state).toBe('off');
    expect(await tastes.turn(person('ada'), 'on')).toBe(true);
    expect((await recommend()).state).toBe('ready');
  });

  it('resets: only later saves count, and saved papers are still left out', async () => {
    const { connection, recommend, subjects, tastes } = await openLab();
    await save(connection, 'ada', some('robots', 0, 4), '2026-05-01T00:00:00Z');
    await tastes.say(person('ada'), 'protein folding', 'avoid', NOW);
    await tastes.reset(person('ada'), '2026-05-10T00:00:00Z');
    expect((await recommend()).state).toBe('too-few');
    await save(connection, 'ada', some('proteins', 0, 3), '2026-05-20T00:00:00Z');
    expect((await subjects())[0]).toBe('proteins');
    const listed = (await recommend({ limit: 50 })).entries.map(({ paper }) => paper.id);
    expect(listed).not.toContain(idOf('robots', 0));
  });

  it('a new paper by a watched author comes with the name', async () => {
    const { connection, recommend } = await openLab();
    const [news] = papersOf('stars');
    const byAuthor = {
      ...news,
      id: '2605.00001',
      title: 'Dust and haloes',
      published: '2026-05-20T00:00:00Z',
    };
    await openPaperStore(connection).importBatch(
      [{ ...byAuthor, abstract: 'New.', authors: ['stars Author1'] }],
      {
        source: 'arxiv',
        at: NOW,
      },
    );
    await save(connection, 'ada', some('robots', 0, 4));
    const watched = { author: 'stars Author1' };
    await openWatchStore(connection).watch(
      { target: { kind: 'person', person: person('ada') }, terms: watched, defaultZone: 'UTC', by: 'ada' },
      new Date(NOW),
    );
    const { entries } = await recommend();
    expect(entries.map(({ reason }) => reason)).toContainEqual({ kind: 'author', name: 'stars Author1' });
  });
});

it('a taste in words names subjects, authors and categories with their papers', async () => {
  const { connection, recommender, tastes } = await openLab();
  await save(connection, 'ada', some('robots', 0, 8));
  await tastes.judge(person('ada'), idOf('proteins', 1), 'less', NOW);
  await tastes.say(person('ada'), 'dark matter', 'like', NOW);
  const taste = await recommender.tasteOf({ kind: 'person', person: person('ada') });
  expect(taste).toMatchObject({
    isOff: false,
    saves: 8,
    more: 0,
    less: 1,
    liked: ['dark matter'],
    avoided: [],
    categories: [{ name: 'cs.RO', papers: 8 }],
  });
  expect(taste.subjects[0]?.name).toMatch(/robot grasping/);
  expect(taste.authors[0]).toEqual({ name: 'robots Author0', papers: 2 });
});
