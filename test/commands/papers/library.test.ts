import { describe, expect, it } from 'vitest';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { ALAN, openHarness } from '../harness.ts';

const scope = [samplePaper(), ...listedPapers('2026-05-28', 6)];

describe('saving', () => {
  it('the first save explains the list, later ones do not', async () => {
    const { say } = await openHarness(scope);
    expect((await say('/papers save 2605.00001')).text).toBe(
      [
        'Saved to your list',
        'Routing Tokens to Mixtures of Experts',
        'https://arxiv.org/abs/2605.00001',
        '2026 · cs.LG · ▲ 128',
        'This is your first saved paper. Only you can see your list; /papers saved scope:team shows the papers that your team saved, without names.',
        'Your list: /papers saved',
      ].join('\n'),
    );
    expect((await say('/papers save 2605.10001')).text).not.toContain('first');
  });

  it('saving a paper twice changes nothing and says so', async () => {
    const { say } = await openHarness(scope);
    await say('/papers save 2605.00001');
    const again = await say('/papers save 2605.00001');
    expect(again.text).toMatch(/^Already on your list\n/);
    expect(again.ok).toBe(true);
    expect((await say('/papers saved')).card.title).toBe('Your list · 1 paper');
  });

  it('saving says how many people in the team saved the paper', async () => {
    const { say } = await openHarness(scope);
    await say('/papers save 2605.00001');
    expect((await say('/papers save 2605.00001', ALAN)).text).toContain('2 people in your team saved it');
  });

  it('ambiguous words save no paper and offer the matches', async () => {
    const { say } = await openHarness(scope);
    const said = await say('/papers save mixture of experts');
    expect(said.ok).toBe(false);
    expect(said.text).toMatch(
      /^“mixture of experts” matches several papers, so nothing has changed\. Which one\?\n1\. /,
    );
    expect((await say('/papers saved')).text).toMatch(/^Your list is empty/);
    const [, first] = said.card.blocks;
    expect((await said.press('Save')).text).toMatch(/^Saved to your list/);
    expect((await say('/papers saved')).text).toContain(first?.kind === 'entry' && first.title);
  });

  it('an exact title or unambiguous words save the paper', async () => {
    const { say } = await openHarness(scope);
    expect((await say('/papers save routing tokens to mixtures of experts')).ok).toBe(true);
    expect((await say('/papers save TokenRoute')).text).toMatch(/^Already on your list/);
  });
});

describe('a list', () => {
  it('a list is private, and the team’s list combines all saves', async () => {
    const { say } = await openHarness(scope);
    await say('/papers save 2605.00001');
    await say('/papers save 2605.10002', ALAN);
    const mine = await say('/papers saved');
    expect(mine.text).toBe(
      [
        'Your list · 1 paper',
        '1. Routing Tokens to Mixtures of Experts',
        'https://arxiv.org/abs/2605.00001',
        '2026 · cs.LG · ▲ 128 · saved 29 May 2026',
        'We propose TokenRoute, a router that learns which experts a token needs.',
        'sentences extracted',
      ].join('\n'),
    );
    const team = await say('/papers saved scope:team');
    expect(team.card.title).toBe('Saved by your team · 2 papers');
    expect(team.text).toContain('Mixture of Experts for proteins, Part 2');
    const stranger = await say('/papers saved scope:team', { ...ALAN, team: 'another' });
    expect(stranger.text).toMatch(/^Nobody in your team has saved a paper yet\./);
  });

  it('a search in a list finds only papers on it', async () => {
    const { say } = await openHarness(scope);
    await say('/papers save 2605.00001');
    await say('/papers save 2605.10003');
    await say('/papers save 2605.10004', ALAN);
    expect((await say('/papers saved experts')).card.title).toBe('2 saved papers for “experts”');
    expect((await say('/papers saved experts scope:team')).card.title).toBe(
      '3 saved papers of your team for “experts”',
    );
    const none = await say('/papers saved proteins');
    expect(none.text).toMatch(/^No paper on your list matches “proteins”\./);
    expect((await none.press('Whole list')).card.title).toBe('Your list · 2 papers');
  });

  it('a long list of saved papers has pages', async () => {
    const { say } = await openHarness(scope);
    for (let n = 1; n <= 6; n++) await say(`/papers save 2605.1000${n}`);
    const first = await say('/papers saved');
    expect(first.text).toContain('Page 1/2');
    expect((await first.press('Next ›')).text).toMatch(/^6\. Mixture/m);
    expect((await say('/papers saved page:7')).text).toBe(
      'There is no page 7. The list has 6 papers on 2 pages.',
    );
  });
});

describe('unsaving', () => {
  it('unsave removes a paper, and can be undone', async () => {
    const { say } = await openHarness(scope);
    await say('/papers save 2605.00001');
    const said = await (await say('/papers saved')).press('Unsave');
    expect(said.text).toMatch(/^Removed from your list\nRouting Tokens/);
    expect((await say('/papers saved')).text).toMatch(/^Your list is empty/);
    await said.press('Save');
    expect((await say('/papers saved')).card.title).toBe('Your list · 1 paper');
  });

  it('unsave by words searches only the list, and asks if several papers match', async () => {
    const { say } = await openHarness(scope);
    await say('/papers save 2605.10001');
    await say('/papers save 2605.10002');
    expect((await say('/papers unsave experts')).text).toMatch(
      /matches several papers, so nothing has changed/,
    );
    expect((await say('/papers unsave proteins')).text).toMatch(
      /^Removed from your list\nMixture of Experts for proteins/,
    );
    expect((await say('/papers unsave experts')).text).toMatch(
      /^Removed from your list\nMixture of Experts for robots/,
    );
    expect((await say('/papers unsave experts')).text).toMatch(/^No paper on your list matches “experts”\./);
  });

  it('unsave of a paper that was not saved changes no list', async () => {
    const { say } = await openHarness(scope);
    await say('/papers save 2605.00001', ALAN);
    expect((await say('/papers unsave 2605.00001')).text).toBe(
      '“Routing Tokens to Mixtures of Experts” is not on your list. See your list: /papers saved',
    );
    expect((await say('/papers saved', ALAN)).card.title).toBe('Your list · 1 paper');
  });
});
