import { describe, expect, it } from 'vitest';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { openHarness } from '../harness.ts';

const DAY = '2026-05-28';
const twelve = listedPapers(DAY, 12);

describe('what was read from the words', () => {
  it.each([
    [
      'search',
      'papers about experts since 2024',
      /for “experts”, since 2024/,
      /“papers about experts since 2024”/,
    ],
    ['trending', 'experts on 2026-05-28', /about “experts”.*28 May/, /“experts on 2026-05-28”/],
  ])('is in the heading, and a button takes it back: %s %s', async (name, words, read, exact) => {
    const { say } = await openHarness(twelve);
    const { text, press } = await say(`/papers ${name} ${words}`);
    expect(text).toMatch(read);
    expect((await press('Search for exactly these words')).text).toMatch(exact);
  });
});

it('the last list of a person is forgotten with them', async () => {
  const { request } = await openHarness(twelve);
  const caller = { platform: 'slack', workspace: 'T1', person: 'U1', team: 'lab' };
  const typed = (line: string) => request({ line: `/papers ${line}`, caller });
  const more = () => typed('more');
  await typed('search experts');
  expect((await more()).text).toContain('Page 2/3');
  await typed('forget-me');
  expect((await more()).text).not.toContain('Page');
});

describe('a numbered list', () => {
  it.each([
    'search mixture of experts',
    'trending',
    'similar 2605.10001',
    'saved',
    'save mixture of experts',
  ])('each entry of “%s” can be opened by its line', async (line) => {
    const { say } = await openHarness(twelve);
    await say('/papers save 2605.10002');
    const { card } = await say(`/papers ${line}`);
    const entries = card.blocks.filter((block) => block.kind === 'entry');
    expect(entries.length).toBeGreaterThan(0);
    for (const { title, opens = '' } of entries)
      expect((await say(opens)).card.blocks[0]).toMatchObject({ kind: 'entry', title });
  });
});

describe('a search', () => {
  it('search counts the matches and numbers them across pages', async () => {
    const { say } = await openHarness(twelve);
    const first = await say('/papers search mixture of experts');
    expect(first.card.title).toBe('12 papers for “mixture of experts”');
    expect(first.text).toContain('Page 1/3');
    expect(first.buttons).toEqual(['Next ›']);
    const second = await first.press('Next ›');
    expect(second.text).toMatch(/^6\. Mixture of Experts for/m);
    expect(second.text).toContain('Page 2/3');
    const third = await second.press('Next ›');
    expect(third.text).toContain('Page 3/3');
    expect(third.buttons).toEqual(['‹ Previous']);
    expect((await third.press('‹ Previous')).text).toBe(second.text);
  });

  it('a search result shows the matching sentence, year, category and votes', async () => {
    const { say } = await openHarness([samplePaper(), ...listedPapers(DAY, 2)]);
    const { text } = await say('/papers search halves the cost at equal accuracy limit:1');
    expect(text).toContain(
      [
        '1. Routing Tokens to Mixtures of Experts',
        'https://arxiv.org/abs/2605.00001',
        '2026 · cs.LG · ▲ 128',
        'Experiments on twelve benchmarks show that it halves the cost at equal accuracy.',
      ].join('\n'),
    );
  });

  it('search names its filters and order, and keeps them across pages', async () => {
    const { say } = await openHarness(twelve);
    const first = await say(
      '/papers search experts author:lovelace category:cs.LG since:2026-05 min_votes:60 sort:votes',
    );
    const heading =
      '7 papers for “experts” by lovelace in cs.LG, since May 2026, with at least 60 votes, most votes first';
    expect(first.card.title).toBe(heading);
    const second = await first.press('Next ›');
    expect(second.card.title).toBe(heading);
    expect(second.text).toMatch(/^7\. Mixture of Experts for music, Part 7/m);
  });

  it('search without words lists the papers that match the filters', async () => {
    const { say } = await openHarness(twelve);
    const { text } = await say('/papers search min_votes:110 sort:votes');
    expect(text).toMatch(
      /^2 papers with at least 110 votes, most votes first\n1\. Mixture of Experts for robots, Part 1/,
    );
    expect(text).toContain('We introduce expert number 1');
    expect(text).toMatch(/sentences extracted$/);
  });

  it.each([
    '2605.00001',
    'https://huggingface.co/papers/2605.00001',
    '"arXiv:2605.00001v1"',
    'routing tokens to mixtures of experts',
  ])('search for %s shows the paper itself', async (query) => {
    const { say } = await openHarness([samplePaper(), ...twelve]);
    const { card, text } = await say(`/papers search ${query}`);
    expect(card.blocks).toHaveLength(1);
    expect(text).toBe(
      [
        'Routing Tokens to Mixtures of Experts',
        'https://arxiv.org/abs/2605.00001',
        'Ada Lovelace, Alan Turing · Example Lab',
        '28 May 2026 · cs.LG, cs.CL · ▲ 128 · 💬 7 · ★ 412 code',
        'We propose TokenRoute, a router that learns which experts a token needs. (extracted)',
      ].join('\n'),
    );
  });
});

describe('a category that is typed as words', () => {
  const scope = [
    ...twelve,
    samplePaper({ id: '2605.00002', title: 'Grasping', categories: ['cs.RO'] }),
    samplePaper({ id: '2605.00003', title: 'Black Holes', categories: ['hep-th'] }),
  ];

  it.each([
    ['cs.RO', '1 paper in cs.RO', 'Grasping'],
    ['cs.ro', '1 paper in cs.RO', 'Grasping'],
    ['hep-th', '1 paper in hep-th', 'Black Holes'],
    ['experts cs.RO', '1 paper for “experts” in cs.RO', 'Grasping'],
  ])('is a filter: %s', async (query, title, paper) => {
    const { say } = await openHarness(scope);
    const said = await say(`/papers search ${query}`);
    expect(said.card.title).toBe(title);
    expect(said.text).toContain(paper);
  });

  it.each(['cs.XX', 'e.g. experts', 'expert-one'])('and is none here stays words: %s', async (query) => {
    const { say } = await openHarness(scope);
    expect((await say(`/papers search ${query}`)).text).not.toMatch(/ in (?:cs|e|expert)/);
  });
});

describe('a whole abstract', () => {
  it('is looked for as it is pasted', async () => {
    const { abstract } = samplePaper();
    const { say } = await openHarness([samplePaper(), ...twelve]);
    const text = Array.from({ length: 8 }, () => abstract).join(' ');
    expect(text.length).toBeGreaterThan(1_800);
    expect((await say(`/papers search ${text}`)).text).toContain('1. Routing Tokens to Mixtures of Experts');
  });
});

describe('a search that finds nothing', () => {
  it('“experts today” finds older papers about experts while there are none of today, and says so', async () => {
    const { say } = await openHarness(twelve);
    const { card, text } = await say('/papers search experts today');
    expect(card.title).toBe('12 papers for “experts”');
    expect(text).toContain('none for “experts”, since 29 May 2026');
  });

  it('search without matches offers a corrected spelling', async () => {
    const { say } = await openHarness(twelve);
    const said = await say('/papers search outperfroms');
    expect(said.ok).toBe(false);
    expect(said.text).toMatch(/^No paper matches “outperfroms”\. Did you mean outperforms\? \(12\)$/);
    expect((await said.press('outperforms')).card.title).toBe('12 papers for “outperforms”');
  });

  it('search without matches says what to try', async () => {
    const { say } = await openHarness(twelve);
    expect((await say('/papers search zzqqx')).text).toBe(
      'No paper matches “zzqqx”. Try fewer or other words.',
    );
    expect((await say('/papers search since:2030')).text).toBe('No papers since 2030. Try a wider filter.');
  });

  it('search without matches because of filters can be repeated without them', async () => {
    const { say } = await openHarness(twelve);
    const said = await say('/papers search experts since:2030');
    expect(said.text).toBe('No paper matches “experts”, since 2030. Try fewer words or a wider filter.');
    expect((await said.press('Without filters')).card.title).toBe('12 papers for “experts”');
  });

  it('search on a page past the end links to the last page', async () => {
    const { say } = await openHarness(twelve);
    const said = await say('/papers search mixture of experts page:9');
    expect(said.text).toBe('There is no page 9. The list has 12 papers on 3 pages.');
    expect((await said.press('Page 3')).text).toContain('Page 3/3');
  });

  it('commands on an empty store say that no papers are loaded', async () => {
    const { say } = await openHarness();
    for (const line of [
      '/papers search experts',
      '/papers show experts',
      '/papers random',
      '/papers stats',
    ]) {
      expect((await say(line)).text).toMatch(/^No papers are loaded yet\./);
    }
  });
});

describe('an invalid search', () => {
  it.each([
    ['/papers search', 'Add words to search for, for example: /papers search world models'],
    [
      '/papers search experts since:2026 until:2025',
      'since (1 January 2026) is after until (31 December 2025). Swap the two dates.',
    ],
    [
      '/papers search 9999.99999',
      '9999.99999 is not an arXiv ID: months go from 01 to 12. IDs look like 2406.01574.',
    ],
  ])('an invalid search is explained: %s', async (line, sentence) => {
    const { say } = await openHarness(twelve);
    const said = await say(line);
    expect(said.text).toBe(sentence);
    expect(said.ok).toBe(false);
  });
});

describe('a line without the name of a command', () => {
  it.each([
    'experts for speech',
    'task planning',
    'state space models',
    'compact representations',
    'larger models',
    'tends in robotics',
  ])('is a search if its first word is only like a name: %s', async (topic) => {
    const { say } = await openHarness(twelve);
    expect((await say(`/papers ${topic}`)).text).toContain(`“${topic}”`);
  });

  it.each([
    ['serch robots', /for “robots”/],
    ['serach robots', /for “robots”/],
    ['trendng this week', /^Trending papers/],
    ['stats', /papers/],
  ])('is that command if its first word has a slip: %s', async (line, answer) => {
    const { say } = await openHarness(twelve);
    expect((await say(`/papers ${line}`)).text).toMatch(answer);
  });
});
