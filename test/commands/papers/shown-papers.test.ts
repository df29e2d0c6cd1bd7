/** Commands about what a person was shown last: numbers of an answer, and the opened paper. */
import { describe, expect, it } from 'vitest';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { GRACE, openHarness } from '../harness.ts';

const [FIRST, SECOND, THIRD] = ['2605.10001', '2605.10002', '2605.10003'];

/** A person who types lines as commands (`run`), and messages to the bot (`say`). */
async function openPerson() {
  const harness = await openHarness([samplePaper(), ...listedPapers('2026-05-28', 7)]);
  const idsIn = ({ text }: { readonly text: string }) => text.match(/2605\.\d{5}/g) ?? [];
  return {
    idsIn,
    run: (line: string) => harness.say(line, GRACE),
    say: (said: string) => harness.request({ caller: GRACE, said }),
    /** Types a line as in Slack, where the program reads it. */
    line: (line: string) => harness.request({ caller: GRACE, line }),
  };
}

describe('numbers of the last answer', () => {
  it.each([
    ['/papers compare 1 3', [FIRST, THIRD]],
    ['/papers compare 1, 3', [FIRST, THIRD]],
    ['/papers compare 1 and 2', [FIRST, SECOND]],
    ['/papers show 2', [SECOND]],
    ['/papers summary #3', [THIRD]],
  ])('are papers in a command, too: %s', async (line, papers) => {
    const { run, line: typed, idsIn } = await openPerson();
    await run('/papers trending');
    await typed('/papers trending');
    expect(idsIn(await typed(line))).toEqual(papers);
    await run('/papers trending');
    await typed('/papers trending');
    expect(idsIn(await run(line))).toEqual(papers);
  });

  it.each([
    ['an answer from several papers', '/papers ask which experts are trained for speech?'],
    ['a comparison', `/papers compare ${THIRD}, ${FIRST}`],
    ['similar papers', `/papers similar ${FIRST}`],
  ])('count after %s', async (_, asked) => {
    const { say, line, idsIn } = await openPerson();
    await say('trending');
    const [first = ''] = idsIn(await line(asked));
    expect(first).not.toBe(FIRST);
    expect(idsIn(await say('save 1'))).toEqual([first]);
    expect(idsIn(await line('/papers show 1'))).toEqual([first]);
  });

  it.each([
    ['/papers note 2 great ablation', /Note saved[\s\S]*Part 2[\s\S]*great ablation/],
    ['/papers tag 2 rl', /Part 2[\s\S]*#rl/],
    ['/papers later 2 tomorrow', /Reminder set for[\s\S]*Part 2/],
  ])('are papers before a text: %s', async (typed, answer) => {
    const { line } = await openPerson();
    await line('/papers trending');
    expect((await line(typed)).text).toMatch(answer);
  });

  it('that are not on the list are refused, and nothing is left out', async () => {
    const { say, line } = await openPerson();
    await say('trending');
    for (const refused of [await say('compare 1 9'), await line('/papers save 1 and 9')]) {
      expect(refused.text).toContain('The last list has no number 9. Choose a number from 1 to 5.');
    }
    expect((await line('/papers saved')).text).toMatch(/^Your list is empty/);
  });

  it('are no numbers where nothing was listed', async () => {
    const { line } = await openPerson();
    expect((await line('/papers show 2')).text).toMatch(/^Which paper\? Name it by its number/);
  });

  it('leave “more” with the list before a question', async () => {
    const { say, line } = await openPerson();
    await say('trending');
    await line('/papers ask which experts are trained for speech?');
    expect((await say('more')).text).toContain('6. ');
    await line('/papers ask which experts are trained for speech?');
    expect((await say('since 2027')).text).not.toContain('needs a question');
  });
});

describe('the paper that was opened last', () => {
  it.each([
    ['save', 'Saved to your list'],
    ['summary', 'Mixture of Experts for proteins, Part 2'],
    ['similar', 'Papers similar to “Mixture of Experts for proteins, Part 2”'],
    ['ask what does it outperform?', 'It outperforms dense models by 2%.'],
    ['later tomorrow', 'Reminder set for'],
  ])('is meant by “%s”', async (said, answer) => {
    const { say } = await openPerson();
    await say('trending');
    await say('show 2');
    const { text } = await say(said);
    expect(text).toContain(answer);
    expect(text).toContain('Part 2');
  });

  it('is meant by a command without a paper, and not by a question to all papers', async () => {
    const { line, idsIn } = await openPerson();
    await line(`/papers show ${SECOND}`);
    expect(idsIn(await line('/papers save'))).toEqual([SECOND]);
    expect(idsIn(await line('/papers ask what is it about?')).length).toBeGreaterThan(1);
  });

  it('is meant until an answer with numbers follows', async () => {
    const { say } = await openPerson();
    await say(`show ${SECOND}`);
    await say('trending');
    expect((await say('save')).text).toContain('/papers save needs a paper');
  });

  it.each([`ask what does ${THIRD} outperform?`, `note ${THIRD} good`, `later ${THIRD} tomorrow`])(
    'is not meant where another is named: %s',
    async (said) => {
      const { say } = await openPerson();
      await say(`show ${SECOND}`);
      expect((await say(said)).text).not.toContain('Part 2');
    },
  );

  it('is not what a watch is like', async () => {
    const { say } = await openPerson();
    await say(`show ${SECOND}`);
    expect((await say('watch diffusion')).text).not.toContain('Part 2');
  });

  it('is of one person in one place', async () => {
    const { request } = await openHarness(listedPapers('2026-05-28', 3));
    await request({ caller: GRACE, said: `show ${SECOND}` });
    const elsewhere = { ...GRACE, channel: { platform: 'terminal', workspace: 'local', channel: 'other' } };
    for (const caller of [elsewhere, { ...GRACE, person: 'alan' }]) {
      expect((await request({ caller, said: 'save' })).text).toContain('needs a paper');
    }
  });
});
