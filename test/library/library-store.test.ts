import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import type { Person } from '../../src/library/library.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { generatedId } from '../../src/text/ids.ts';
import { everythingIn, openTestDatabase } from '../support/database.ts';

const LAB = { team: 'lab' };
const ADA: Person = { ...LAB, platform: 'slack', workspace: 'T1', person: 'U1' };
const ADA_ON_DISCORD: Person = { ...ADA, platform: 'discord', workspace: 'G1', person: '77' };
const BOB: Person = { ...ADA, person: 'U2' };
const STRANGER: Person = { ...BOB, person: 'U9', team: 'other' };
/** The same person on another server. */
const ADA_ELSEWHERE: Person = { ...ADA, team: 'other' };

const FIRST = '2605.00001';
const SECOND = '2605.00002';
const THIRD = '2605.00003';
const MONDAY = '2026-05-25T09:00:00.000Z';
const TUESDAY = '2026-05-26T09:00:00.000Z';
const FRIDAY = '2026-05-29T09:00:00.000Z';

async function openShelf() {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  const records = [FIRST, SECOND, THIRD].map((id) => ({ id, title: `Paper ${id}`, abstract: 'We do.' }));
  await papers.importBatch(records, { source: 'arxiv', at: MONDAY });
  return { connection, papers, library: openLibrary(connection) };
}

describe('a library', () => {
  it('a person saves a paper only once', async () => {
    const { library } = await openShelf();
    expect(await library.save(ADA, FIRST, MONDAY)).toEqual({ added: true, first: true, saves: 1 });
    expect(await library.save(ADA, FIRST, FRIDAY)).toEqual({ added: false, first: false, saves: 1 });
    const page = await library.mine(ADA, 10, 0);
    expect(page.total).toBe(1);
    expect(page.papers[0]?.savedAt).toBe(MONDAY);
  });

  it('a person’s first save is recognised', async () => {
    const { library } = await openShelf();
    await library.save(ADA, FIRST, MONDAY);
    expect(await library.save(ADA, SECOND, TUESDAY)).toEqual({ added: true, first: false, saves: 1 });
    expect(await library.save(BOB, SECOND, TUESDAY)).toEqual({ added: true, first: true, saves: 2 });
  });

  it('saved papers are listed latest first, in pages', async () => {
    const { library, papers } = await openShelf();
    await library.save(ADA, SECOND, FRIDAY);
    await library.save(ADA, FIRST, MONDAY);
    await library.save(ADA, THIRD, TUESDAY);
    const page = await library.mine(ADA, 2, 0);
    expect(page.total).toBe(3);
    expect(page.papers.map(({ paper }) => paper.id)).toEqual([SECOND, THIRD]);
    expect(page.papers[0]?.paper).toEqual(await papers.find(SECOND));
    const rest = await library.mine(ADA, 2, 2);
    expect(rest.papers.map(({ paper }) => paper.id)).toEqual([FIRST]);
  });

  it('saves of one person on two platforms count as two', async () => {
    const { library } = await openShelf();
    await library.save(ADA, FIRST, MONDAY);
    await library.save(ADA_ON_DISCORD, FIRST, FRIDAY);
    await library.save(BOB, SECOND, TUESDAY);
    const { total, papers } = await library.team(LAB, 10, 0);
    expect(total).toBe(2);
    expect(papers.map(({ paper, saves, savedAt }) => [paper.id, saves, savedAt])).toEqual([
      [FIRST, 2, FRIDAY],
      [SECOND, 1, TUESDAY],
    ]);
    expect((await library.mine(ADA, 10, 0)).papers[0]).toMatchObject({ saves: 2, savedAt: MONDAY });
  });

  it('pages of a team’s saves neither lose nor repeat a paper', async () => {
    const { library } = await openShelf();
    for (const id of [FIRST, SECOND, THIRD]) await library.save(ADA, id, MONDAY);
    const seen = [];
    for (const offset of [0, 1, 2]) seen.push(...(await library.team(LAB, 1, offset)).papers);
    expect(seen.map(({ paper }) => paper.id).toSorted()).toEqual([FIRST, SECOND, THIRD]);
  });

  it('saves of teams are separate', async () => {
    const { library } = await openShelf();
    await library.save(STRANGER, FIRST, MONDAY);
    expect(await library.team(LAB, 10, 0)).toEqual({ total: 0, papers: [] });
    expect((await library.mine(ADA, 10, 0)).total).toBe(0);
    await library.save(ADA, FIRST, MONDAY);
    expect((await library.mine(ADA, 10, 0)).papers[0]?.saves).toBe(1);
  });

  it('a person has one list across servers, and a team the saves made there', async () => {
    const { library } = await openShelf();
    await library.save(ADA, FIRST, MONDAY);
    expect(await library.save(ADA_ELSEWHERE, FIRST, TUESDAY)).toEqual({
      added: false,
      first: false,
      saves: 1,
    });
    expect(await library.save(ADA_ELSEWHERE, SECOND, TUESDAY)).toMatchObject({ added: true, first: false });
    const mine = await library.mine(ADA, 10, 0);
    expect([mine.total, mine.papers.map(({ paper }) => paper.id)]).toEqual([2, [SECOND, FIRST]]);
    const papersOf = async (team: string) =>
      (await library.team({ team }, 10, 0)).papers.map(({ paper }) => paper.id).toSorted();
    expect([await papersOf('lab'), await papersOf('other')]).toEqual([[FIRST], [FIRST, SECOND]]);
    expect(await library.unsave(ADA, FIRST)).toEqual({ tags: [], state: 'unread' });
    expect([await papersOf('lab'), await papersOf('other')]).toEqual([[], [SECOND]]);
  });

  it('joined teams span platforms and count each person once', async () => {
    const { library } = await openShelf();
    await library.save(ADA, FIRST, MONDAY);
    await library.save(ADA_ELSEWHERE, FIRST, MONDAY);
    await library.save(ADA_ON_DISCORD, SECOND, MONDAY);
    const joined = { team: 'lab', everybodyBut: ['terminal'] };
    const { total, papers } = await library.team(joined, 10, 0);
    expect(total).toBe(2);
    expect(papers.map(({ paper, saves }) => [paper.id, saves]).toSorted()).toEqual([
      [FIRST, 1],
      [SECOND, 1],
    ]);
    expect((await library.team({ team: 'x', everybodyBut: ['slack', 'discord'] }, 10, 0)).total).toBe(0);
  });

  it('adopt moves the saves of one team to another without losing any', async () => {
    const { library } = await openShelf();
    const before = { ...ADA_ON_DISCORD, team: 'local' };
    await library.save(before, FIRST, MONDAY);
    await library.save(before, SECOND, MONDAY);
    await library.save({ ...before, team: 'discord:G1' }, SECOND, TUESDAY);
    await library.save({ ...ADA, team: 'local' }, THIRD, MONDAY);
    expect(await library.adopt('discord', 'local', 'discord:G1')).toBe(1);
    expect((await library.team({ team: 'discord:G1' }, 10, 0)).total).toBe(2);
    expect((await library.team({ team: 'local' }, 10, 0)).papers.map(({ paper }) => paper.id)).toEqual([
      THIRD,
    ]);
    expect((await library.mine(before, 10, 0)).total).toBe(2);
  });

  it('unsave removes only the caller’s save', async () => {
    const { library } = await openShelf();
    await library.save(ADA, FIRST, MONDAY);
    await library.save(BOB, FIRST, MONDAY);
    expect(await library.unsave(ADA, FIRST)).toEqual({ tags: [], state: 'unread' });
    expect(await library.unsave(ADA, FIRST)).toBeUndefined();
    expect(await library.savedAmong(BOB, [FIRST])).toEqual([FIRST]);
    expect(await library.savedAmong(ADA, [FIRST])).toEqual([]);
  });

  it('saved papers are picked from a list in order, without unknown ones', async () => {
    const { library } = await openShelf();
    await library.save(ADA, FIRST, MONDAY);
    await library.save(ADA, THIRD, MONDAY);
    expect(await library.savedAmong(ADA, [THIRD, 'nonsense', SECOND, FIRST])).toEqual([THIRD, FIRST]);
  });

  it('saving an unknown paper is refused with a sentence', async () => {
    const { library } = await openShelf();
    const refusal = library.save(ADA, '9901.00001', MONDAY);
    await expect(refusal).rejects.toBeInstanceOf(UserError);
    await expect(refusal).rejects.toThrow(/^No paper 9901\.00001 is stored\. /);
    await expect(library.unsave(ADA, '9901.00001')).rejects.toBeInstanceOf(UserError);
    expect((await library.team(LAB, 10, 0)).total).toBe(0);
  });

  it('saves follow a paper to its new id, and its former id still works', async () => {
    const { library, papers } = await openShelf();
    const title = 'Known by its title alone';
    const old = generatedId(title);
    await papers.importBatch([{ title, abstract: 'We do.' }], { source: 'papers-page', at: MONDAY });
    await library.save(ADA, old, MONDAY);
    await papers.importBatch([{ id: '2605.00009', title, abstract: 'We do.' }], {
      source: 'arxiv',
      at: TUESDAY,
    });
    expect((await library.mine(ADA, 10, 0)).papers.map(({ paper }) => paper.id)).toEqual(['2605.00009']);
    expect(await library.save(ADA, old, FRIDAY)).toEqual({ added: false, first: false, saves: 1 });
    expect(await library.savedAmong(ADA, [old])).toEqual([old]);
    expect(await library.unsave(ADA, old)).toBeDefined();
  });

  it('a note is unsaved with its paper, and its words find nothing any more', async () => {
    const { library, connection } = await openShelf();
    await library.change(ADA, FIRST, { note: 'whales', addTags: ['rl'], state: 'read' }, MONDAY);
    expect(await library.unsave(ADA, FIRST)).toEqual({ note: 'whales', tags: ['rl'], state: 'read' });
    await library.save(ADA, FIRST, TUESDAY);
    expect(await library.detailsOf(ADA, FIRST)).toEqual({ tags: [], state: 'unread' });
    const found = await library.list(ADA, {
      scope: 'mine',
      text: 'whales',
      filter: {},
      sort: 'newest',
      limit: 5,
      offset: 0,
    });
    expect(found.papers).toEqual([]);
    expect(everythingIn(connection).includes('whale')).toBe(false);
  });

  it('notes, tags and states belong to a person, and tags to the team in which the paper was saved', async () => {
    const { library } = await openShelf();
    await library.change(ADA, FIRST, { note: 'mine', addTags: ['rl'], state: 'read' }, MONDAY);
    await library.change(BOB, FIRST, { addTags: ['moe'] }, TUESDAY);
    await library.change(ADA_ELSEWHERE, SECOND, { addTags: ['elsewhere'] }, TUESDAY);
    const query = { scope: 'team', filter: {}, sort: 'title', limit: 5, offset: 0 } as const;
    const { papers } = await library.list(BOB, query);
    expect(papers).toMatchObject([{ tags: ['moe', 'rl'], state: 'unread', saves: 2 }]);
    expect(papers[0]).not.toHaveProperty('note');
    expect((await library.list(BOB, { ...query, filter: { tag: 'elsewhere' } })).total).toBe(0);
    expect(await library.suggestTags(ADA, 'r', 5)).toEqual(['rl']);
  });

  it('both notes of a person stay when two papers turn out to be one', async () => {
    const { library, papers } = await openShelf();
    const title = 'Known by its title alone';
    const record = { title, abstract: 'We do.' };
    await papers.importBatch([record], { source: 'papers-page', at: MONDAY });
    await papers.importBatch([{ id: '2605.00009', title: 'Another name', abstract: 'We do.' }], {
      source: 'arxiv',
      at: MONDAY,
    });
    await library.change(ADA, generatedId(title), { note: 'first thought', addTags: ['a'] }, MONDAY);
    await library.change(ADA, '2605.00009', { note: 'second thought', addTags: ['b'] }, MONDAY);
    await papers.importBatch([{ ...record, id: '2605.00009', version: 2 }], { source: 'arxiv', at: TUESDAY });
    expect(await library.detailsOf(ADA, '2605.00009')).toEqual({
      note: 'second thought\nfirst thought',
      tags: ['a', 'b'],
      state: 'unread',
    });
    const found = {
      scope: 'mine',
      filter: {},
      text: 'first second',
      sort: 'newest',
      limit: 5,
      offset: 0,
    } as const;
    expect((await library.list(ADA, found)).total).toBe(1);
  });
});
