import { describe, expect, it } from 'vitest';
import { samplePaper } from '../../support/papers.ts';
import { ALAN, GRACE, openHarness } from '../harness.ts';

const AT = '2026-05-29T12:00:00.000Z';
const first = samplePaper();
const second = samplePaper({
  version: 2,
  abstract: first.abstract.replace('twelve', 'thirteen'),
});

/** Two papers; the first is on a list, and gets a new version. */
async function open() {
  const frame = await openHarness([first, samplePaper({ id: '2605.00002', title: 'Other Work' })]);
  const bring = (record = second) => frame.papers.importBatch([record], { source: 'arxiv', at: AT });
  return { ...frame, bring };
}

describe('changes of saved papers', () => {
  it('are listed with their title, in words, for the person who saved them', async () => {
    const { say, bring } = await open();
    expect((await say('/papers changes')).text).toMatch(/^None of your saved papers has changed/);
    await say('/papers save 2605.00001');
    await bring();
    expect((await say('/papers changes')).text).toBe(
      [
        'Your saved papers · 1 change',
        '1. Routing Tokens to Mixtures of Experts',
        'https://arxiv.org/abs/2605.00001',
        '29 May 2026',
        'v2: in the abstract, “twelve benchmarks” is now “thirteen benchmarks”',
      ].join('\n'),
    );
    expect((await say('/papers changes', ALAN)).text).toMatch(/^None of your saved papers/);
    const team = await say('/papers changes scope:team', ALAN);
    expect(team.text).toMatch(/^Papers saved by your team · 1 change\n1\. Routing/);
    expect((await team.press('My papers')).text).toMatch(/^Your saved papers · 1 change|^None of your/);
  });

  it('are listed newest first, in pages', async () => {
    const { say, bring } = await open();
    await say('/papers save 2605.00001');
    for (let version = 2; version <= 8; version++)
      await bring(samplePaper({ version, title: `Title ${version}` }));
    const page = await say('/papers changes');
    expect(page.text).toMatch(/^Your saved papers · 7 changes\n1\. Title 8\n/);
    expect(page.text).toContain('v8: the title is now “Title 8”');
    expect((await page.press('Next ›')).text).toContain('v2: the title is now “Title 2”');
    expect((await say('/papers changes page:9')).text).toMatch(/There is no page 9\. The list has 7 changes/);
  });

  it.each([
    'what changed?',
    'any news about my papers',
    'What’s new in my papers?',
    'new versions of my papers',
  ])('are meant by “%s”', async (words) => {
    const { say, bring } = await open();
    await say('/papers save 2605.00001');
    await bring();
    expect((await say(`/papers ${words}`)).text).toMatch(/^Your saved papers · 1 change/);
  });

  it('are not meant by words to search for', async () => {
    const { say } = await open();
    expect((await say('/papers what changed in language models')).text).not.toMatch(/saved papers/);
  });
});

describe('who is told of changes', () => {
  it.each([
    '/papers changes tell:me',
    '/papers tell me when my papers change',
    '/papers notify me when my papers change!',
  ])('a person asks for private messages with “%s”, and takes it back', async (words) => {
    const { say, connection } = await open();
    const readers = () => connection.prepare('SELECT person, zone FROM change_readers').all();
    expect(readers()).toEqual([]);
    const told = await say(words);
    expect(told.text).toBe(
      'You get a private message at 09:00 (Europe/Berlin) on days when papers changed that you saved.',
    );
    expect(readers()).toEqual([{ person: expect.any(String), zone: 'Europe/Berlin' }]);
    expect((await say(words)).text).toMatch(/^You already get/);
    expect((await told.press('Undo')).text).toMatch(/^You get no private messages any more/);
    expect(readers()).toEqual([]);
    expect((await say('/papers stop telling me about changes')).text).toMatch(
      /^You get no private messages when/,
    );
  });

  it.each(['/papers changes here:off', '/papers stop telling us about changes here'])(
    'a manager turns replies in threads off with “%s”, and on again',
    async (words) => {
      const { say, connection } = await open();
      const quiet = () => connection.prepare('SELECT count(*) FROM quiet_channels').pluck().get();
      const off = await say(words, GRACE);
      expect(off.text).toMatch(/^Threads in this channel get no replies any more/);
      expect(quiet()).toBe(1);
      expect((await off.press('Undo')).ok).toBe(true);
      expect(quiet()).toBe(0);
      expect((await say('/papers tell us when papers change', GRACE)).text).toMatch(
        /the thread gets a reply\.$/,
      );
    },
  );

  it('is decided for the channel of a thread from within the thread', async () => {
    const { request, connection } = await open();
    const lab = { platform: 'terminal', workspace: 'local', channel: 'lab' };
    const inThread = { ...GRACE, channel: { ...lab, channel: 'thread' }, parentChannel: lab };
    expect((await request({ line: '/papers changes here:off', caller: inThread })).ok).toBe(true);
    expect(connection.prepare('SELECT channel FROM quiet_channels').pluck().all()).toEqual(['lab']);
  });

  it('cannot be decided for a channel by people who may not manage it', async () => {
    const { say, connection } = await open();
    const member = { ...GRACE, person: 'alan', canManageChannel: false };
    const refused = await say('/papers changes here:off', member);
    expect(refused).toMatchObject({ ok: false, text: expect.stringMatching(/^Only channel managers/) });
    expect(connection.prepare('SELECT count(*) FROM quiet_channels').pluck().get()).toBe(0);
  });

  it('is not what a watch is about', async () => {
    const { say } = await open();
    expect((await say('/papers stop telling me about changes in climate models')).text).not.toMatch(
      /private messages/,
    );
    expect((await say('/papers tell me when my papers change hands')).text).not.toMatch(/private message at/);
  });
});
