import { describe, expect, it } from 'vitest';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { openHarness } from '../harness.ts';

const thursday = listedPapers('2026-05-28', 7);
const friday = [
  samplePaper({
    appearances: [{ day: '2026-05-29', rank: 1, votes: 128, comments: 7 }],
    snapshots: [
      { at: '2026-05-29T01:00:00Z', votes: 87, comments: 2 },
      { at: '2026-05-29T11:00:00Z', votes: 128, comments: 7 },
    ],
  }),
];

/** Without code, which would count. */
function quiet(record: PaperRecord): PaperRecord {
  return { ...record, codeStars: 0 };
}

describe('trending', () => {
  it('trending without a date shows the latest list with its day', async () => {
    const { say } = await openHarness([...thursday, ...friday]);
    const said = await say('/papers trending');
    expect(said.text).toBe(
      [
        'Trending papers · Friday 29 May 2026',
        '1. Routing Tokens to Mixtures of Experts',
        'https://arxiv.org/abs/2605.00001',
        '▲ 128 (+41)',
        'We propose TokenRoute, a router that learns which experts a token needs.',
        '1 paper on the list · sentences extracted',
      ].join('\n'),
    );
    expect(said.buttons).toEqual(['‹ Thu 28 May']);
  });

  it('trending has buttons for pages and for neighbouring days', async () => {
    const { say } = await openHarness([...thursday, ...friday]);
    const before = await (await say('/papers trending')).press('‹ Thu 28 May');
    expect(before.text).toMatch(/^Trending papers · Thursday 28 May 2026\n1\. /);
    expect(before.text).toContain('Page 1/2 · 7 papers on the list');
    expect(before.buttons).toEqual(['Next ›', 'Fri 29 May ›']);
    const later = await before.press('Next ›');
    expect(later.text).toMatch(/^Trending papers · Thursday 28 May 2026\n6\. /);
    expect((await later.press('Fri 29 May ›')).card.title).toBe('Trending papers · Friday 29 May 2026');
  });

  it('a trending button shows the same list even after a newer one arrived', async () => {
    const { say, papers } = await openHarness(thursday);
    const first = await say('/papers trending');
    await papers.importBatch(friday, { source: 'hugging-face', at: '2026-05-29T12:00:00Z' });
    expect((await first.press('Next ›')).card.title).toBe('Trending papers · Thursday 28 May 2026');
  });

  it.each([
    ['2026-W22', 'week of 25 May 2026'],
    ['"this week"', 'week of 25 May 2026'],
    ['2026-05', 'May 2026'],
    ['2026-05-28', 'Thursday 28 May 2026'],
    ['2026-05 period:week', 'week of 27 April 2026'],
  ])('of date:%s is the time that it names', async (date, name) => {
    const { say } = await openHarness([...thursday, ...friday]);
    expect((await say(`/papers trending date:${date}`)).text).toContain(name);
  });

  it.each([
    ['week', 'week of 25 May 2026'],
    ['month', 'May 2026'],
  ])('trending shows a %s under its name', async (period, name) => {
    const { say } = await openHarness([...thursday, ...friday]);
    const { text } = await say(`/papers trending period:${period} date:2026-05-28`);
    expect(text).toMatch(`Trending papers · ${name}\n1. Routing Tokens`);
    expect(text).toContain('Page 1/2 · 8 papers on the list');
  });

  it('trending keeps the topic on neighbouring days', async () => {
    const { say } = await openHarness([...thursday, ...friday]);
    const said = await say('/papers trending speech date:2026-05-28');
    expect(said.text).toMatch(
      /^Trending papers about “speech” · Thursday 28 May 2026\n1\. .*speech, Part 3\n/,
    );
    expect(said.text).toMatch(/\n1 paper · sentences extracted$/);
    const next = await said.press('Fri 29 May ›');
    expect(next.text).toBe(
      'No paper about “speech” on the list for Friday 29 May 2026. Try another topic or a longer period.',
    );
    expect(next.buttons).toEqual(['‹ Thu 28 May', 'Whole week', 'Whole month', 'All topics']);
    expect((await next.press('Whole week')).text).toContain('speech, Part 3');
    expect((await next.press('All topics')).text).toContain('1. Routing Tokens');
  });

  it('trending shows how many people in the team saved a paper', async () => {
    const { say } = await openHarness(friday);
    await say('/papers save 2605.00001');
    expect((await say('/papers trending')).text).toContain('▲ 128 (+41) · 1 save');
  });

  it('trending says why a paper ranks above one with more votes', async () => {
    const [first = samplePaper(), second = samplePaper()] = listedPapers('2026-05-29', 2);
    const old = samplePaper({
      id: '2605.30001',
      title: 'Older and Liked',
      votes: 22,
      comments: 0,
      appearances: [{ day: '2026-05-25', rank: 1, votes: 22, comments: 0 }],
    });
    const { say } = await openHarness([quiet(first), { ...quiet(second), comments: 12 }, quiet(old)]);
    const week = (await say('/papers trending period:week')).text;
    expect(week).toMatch(/1\. .*Part 2\n.*\n▲ 10 · 12 comments\n/);
    expect(week).toMatch(/2\. .*Part 1\n.*\n▲ 20 · new today\n/);
    expect(week).toMatch(/3\. Older and Liked\n.*\n▲ 22\n/);
    const day = (await say('/papers trending')).text;
    expect(day).toMatch(/2\. .*Part 1\n.*\n▲ 20\n/);
  });

  it('trending on a day without a list names the nearest one', async () => {
    const { say } = await openHarness(thursday);
    const said = await say('/papers trending date:2026-05-31');
    expect(said.text).toBe(
      'There is no list for Sunday 31 May 2026. The nearest one is for Thursday 28 May 2026: /papers trending date:2026-05-28',
    );
    expect(said.buttons).toEqual(['‹ Thu 28 May']);
  });

  it('trending without any list says so', async () => {
    const { say } = await openHarness([samplePaper()]);
    expect((await say('/papers trending')).text).toMatch(/^No trending list is loaded yet\./);
  });

  it('trending on a page past the end names the last page', async () => {
    const { say } = await openHarness(thursday);
    expect((await say('/papers trending page:3')).text).toBe(
      'There is no page 3. The list has 7 papers on 2 pages.',
    );
  });
});
