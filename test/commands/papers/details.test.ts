import { describe, expect, inject, it } from 'vitest';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { ALAN, openHarness } from '../harness.ts';

const scope = [samplePaper(), ...listedPapers('2026-05-28', 6)];
/** Elsewhere, words about the last list are typed in a message to the bot. */
const isTerminal = inject('platform') === 'terminal';
const [ROUTING, SECOND, THIRD] = ['2605.00001', '2605.10001', '2605.10002'];

describe('a note', () => {
  it('a note on a paper that is not saved saves it and says so', async () => {
    const { say } = await openHarness(scope);
    const said = await say(`/papers note ${ROUTING} Compare with our *baseline*`);
    expect(said.text).toBe(
      [
        'Note saved',
        'Routing Tokens to Mixtures of Experts',
        'https://arxiv.org/abs/2605.00001',
        '2026 · cs.LG · ▲ 128',
        'Compare with our *baseline*',
        'The paper was not on your list yet, so it is saved now.',
        'Only you can see your notes. Your list: /papers saved',
      ].join('\n'),
    );
    expect((await say('/papers saved')).text).toContain('Your note: Compare with our *baseline*');
  });

  it('a second note replaces the first, and Undo brings the first back', async () => {
    const { say } = await openHarness(scope);
    await say(`/papers note ${ROUTING} first "words"`);
    const said = await say(`/papers note ${ROUTING} other words`);
    expect(said.card.title).toBe('Note replaced');
    expect(said.text).not.toContain('so it is saved now');
    expect((await said.press('Undo')).text).toContain('first "words"');
  });

  it('Undo of a first note removes it', async () => {
    const { say, library } = await openHarness(scope);
    const said = await say(`/papers note ${ROUTING} words`);
    expect((await said.press('Undo')).card.title).toBe('Note removed');
    expect((await library.mine({ ...ALAN, person: 'ada' }, 5, 0)).total).toBe(1);
  });

  it('a note of more than 4,000 characters is refused in a sentence', async () => {
    const { say } = await openHarness(scope);
    const said = await say(`/papers note ${ROUTING} ${'a'.repeat(4_001)}`);
    expect(said.text).toBe('text must have at most 4000 characters (got 4001).');
    expect((await say('/papers saved')).text).toMatch(/^Your list is empty/);
  });

  it('a note is seen by its person only, and not in the list of the team', async () => {
    const { say } = await openHarness(scope);
    await say(`/papers note ${ROUTING} a secret thought`);
    await say(`/papers save ${ROUTING}`, ALAN);
    for (const line of ['/papers saved', '/papers saved scope:team', '/papers saved thought scope:team']) {
      expect((await say(line, ALAN)).text).not.toContain('secret');
    }
    expect((await say('/papers saved scope:team')).text).toContain('Your note: a secret thought');
  });

  it('words that match several papers write no note and keep the text for the choice', async () => {
    const { say } = await openHarness(scope);
    const said = await say('/papers note paper:"mixture of experts" text:"keep this"');
    expect(said.text).toMatch(/matches several papers, so nothing has changed/);
    expect((await said.press('Note')).text).toContain('keep this');
  });
});

describe('tags', () => {
  it('the first tag says who sees it; tags are one word in small letters, and -tag removes one', async () => {
    const { say } = await openHarness(scope);
    const said = await say(`/papers tag ${ROUTING} Reading Group, #RL`);
    expect(said.text).toContain('#reading-group #rl');
    expect(said.text).toContain('Your team sees the tags, without your name, in its list.');
    const less = await say(`/papers tag ${ROUTING} -rl`);
    expect(less.text).toContain('#reading-group');
    expect(less.text).not.toContain('#rl');
    expect(less.text).not.toContain('Your team sees');
    expect((await less.press('Undo')).text).toContain('#reading-group #rl');
    expect((await say(`untag ${ROUTING} rl`)).text).not.toContain('#rl');
  });

  it('a tag of more than 50 characters and a 21st tag are refused in a sentence, and change nothing', async () => {
    const { say } = await openHarness(scope);
    expect((await say(`/papers tag ${ROUTING} ${'t'.repeat(51)}`)).text).toMatch(
      /^A tag can have at most 50 characters\. “t+…” has 51\.$/,
    );
    const twenty = Array.from({ length: 20 }, (_, at) => `t${at}`).join(', ');
    expect((await say(`/papers tag ${ROUTING} ${twenty}`)).ok).toBe(true);
    expect((await say(`/papers tag ${ROUTING} one-more`)).text).toBe(
      'A paper can have at most 20 tags, and this one would have 21. Remove one with -tag.',
    );
    expect((await say('/papers saved tag:one-more')).text).toMatch(/^No paper on your list/);
  });

  it('the team sees tags without names, and finds papers by them', async () => {
    const { say } = await openHarness(scope);
    await say(`/papers tag ${ROUTING} rl`);
    await say(`/papers save ${SECOND}`, ALAN);
    const team = await say('saved by the team with tag rl', ALAN);
    expect(team.card.title).toBe('1 saved paper of your team tagged #rl');
    expect(team.text).toContain('#rl');
    expect(team.text).not.toContain('ada');
    const elsewhere = await say('saved by the team with tag rl', { ...ALAN, team: 'another' });
    expect(elsewhere.text).toMatch(/^No paper on the team’s list is tagged #rl\./);
  });
});

describe('the reading state', () => {
  it.each([
    [`/papers read ${ROUTING}`, '✓ read'],
    [`I read ${ROUTING}`, '✓ read'],
    [`done with ${ROUTING}`, '✓ read'],
    [`reading ${ROUTING}`, '◐ reading'],
    [`mark ${ROUTING} as read`, '✓ read'],
  ])('%s shows as %s in the list', async (line, mark) => {
    const { say } = await openHarness(scope);
    expect((await say(line)).ok).toBe(true);
    expect((await say('/papers saved')).text).toContain(`saved 29 May 2026 · ${mark}`);
  });

  it('unread takes it back', async () => {
    const { say } = await openHarness(scope);
    await say(`/papers read ${ROUTING}`);
    expect((await say(`unread ${ROUTING}`)).card.title).toBe('Marked as unread');
    expect((await say('/papers saved')).text).not.toContain('✓');
  });

  if (isTerminal)
    it('a number of the last list chooses the paper, for its state, its note and its tags', async () => {
      const { say } = await openHarness(scope);
      await say(`/papers save ${SECOND}`);
      await say(`/papers save ${THIRD}`);
      await say('/papers saved sort:title');
      await say('read 2');
      await say('/papers saved sort:title');
      await say('note 2 see table 3');
      await say('/papers saved sort:title');
      await say('tag 2 rl');
      const list = await say('/papers saved sort:title');
      const [, second] = list.card.blocks;
      const shown = JSON.stringify(second);
      for (const part of ['✓ read', 'see table 3', '#rl']) expect(shown).toContain(part);
    });
});

describe('unsaving', () => {
  it('a paper’s note, tags and state go with it, and Undo brings all of them back', async () => {
    const { say } = await openHarness(scope);
    await say(`/papers note ${ROUTING} a "quoted" thought`);
    await say(`/papers tag ${ROUTING} rl, moe`);
    await say(`/papers read ${ROUTING}`);
    const gone = await say(`/papers unsave ${ROUTING}`);
    expect(gone.text).toContain('Deleted with it: your note, its 2 tags and its reading state.');
    await say(`/papers save ${ROUTING}`);
    expect((await say('/papers saved')).text).not.toMatch(/thought|#rl|✓/);
    await say(`/papers unsave ${ROUTING}`);
    await gone.press('Undo');
    const back = await say('/papers saved');
    for (const part of ['a "quoted" thought', '#moe #rl', '✓ read']) expect(back.text).toContain(part);
  });
});

describe('the list', () => {
  async function filled() {
    const harness = await openHarness(scope);
    const { say, library } = harness;
    const ada = { ...ALAN, person: 'ada' };
    await library.change(ada, ROUTING, { note: 'whales sing', addTags: ['rl'] }, '2026-03-02T10:00:00Z');
    await library.change(ada, SECOND, { state: 'read', addTags: ['rl', 'later'] }, '2026-05-26T10:00:00Z');
    await library.change(ada, THIRD, { state: 'reading' }, '2026-05-20T10:00:00Z');
    const idsOf = async (line: string) =>
      (await say(line)).card.blocks.flatMap((block) => (block.kind === 'entry' ? [block.paper] : []));
    return { say, idsOf };
  }

  it.each([
    ['my unread papers', [ROUTING]],
    ['my unread papers about experts', [ROUTING]],
    ['what did I tag rl', [SECOND, ROUTING]],
    ['/papers saved tagged later', [SECOND]],
    ['papers I saved this week', [SECOND]],
    ['papers I saved in March', [ROUTING]],
    ['papers I saved since May', [SECOND, THIRD]],
    ['saved by the team since May with tag rl', [SECOND]],
    ['my notes on whales', [ROUTING]],
    ['my notes', [ROUTING]],
    ['/papers saved oldest first', [ROUTING, THIRD, SECOND]],
    ['/papers saved sort:unread', [ROUTING, THIRD, SECOND]],
    ['/papers saved by votes', [ROUTING, SECOND, THIRD]],
    ['/papers saved state:reading', [THIRD]],
    ['/papers saved experts oldest first', [ROUTING, THIRD, SECOND]],
    ['/papers saved whales sort:newest', [ROUTING]],
    ['/papers saved later', [SECOND]],
  ])('%s', async (line, ids) => {
    const { idsOf } = await filled();
    expect(await idsOf(line)).toEqual(ids);
  });

  if (isTerminal)
    it('oldest first after a list sorts that list', async () => {
      const { say, idsOf } = await filled();
      await say('what did I tag rl');
      expect(await idsOf('oldest first')).toEqual([ROUTING, SECOND]);
    });

  it('a note’s words come first in a search', async () => {
    const { say, idsOf } = await filled();
    await say(`/papers note ${THIRD} tokens`);
    expect((await idsOf('/papers saved tokens'))[0]).toBe(THIRD);
  });

  it('dates the wrong way round are refused', async () => {
    const { say } = await filled();
    expect((await say('/papers saved since:2026-05-02 until:2026-05-01')).text).toBe(
      'since (2 May 2026) is after until (1 May 2026). Swap the two dates.',
    );
  });
});
