import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/chat/caller.ts';
import { listedPapers } from '../../support/papers.ts';
import { ALAN, GRACE, openHarness } from '../harness.ts';

const [FIRST, SECOND, THIRD] = ['2605.10001', '2605.10002', '2605.10003'];

/** Messages to the bot after a list of the saved papers, which has the second one in the second place. */
async function afterList(caller: Caller = GRACE) {
  const harness = await openHarness(listedPapers('2026-05-28', 3));
  for (const [id, tags] of [
    [FIRST, 'llm, rl'],
    [SECOND, 'llm, rl'],
    [THIRD, 'llm'],
  ]) {
    await harness.request({ caller, line: `/papers save ${id} tags:"${tags}"` });
  }
  await harness.request({ caller, said: 'saved oldest first' });
  return {
    ...harness,
    say: (said: string) => harness.request({ caller, said }),
    run: (line: string) => harness.request({ caller, line }),
  };
}

describe('a sentence about a number of the last list', () => {
  it('writes a note on that paper, and removes it', async () => {
    const { say, run } = await afterList();
    expect((await say('my note for the 2nd: great ablation')).card.title).toBe('Note saved');
    expect((await run(`/papers note ${SECOND}`)).text).toContain('great ablation');
    expect((await say('delete my note on 2')).card.title).toBe('Note removed');
    expect((await run(`/papers note ${SECOND}`)).text).toContain('You have no note on this paper');
  });

  it('removes a tag from that paper only, or from several', async () => {
    const { say, run } = await afterList();
    expect((await say('remove the tag llm from 2')).text).toContain('#rl');
    expect((await run('/papers saved tag:llm')).text).not.toContain(SECOND);
    await say('saved oldest first');
    await say('remove the tag llm from 1 and 3');
    expect((await run('/papers saved tag:llm')).text).toContain('No paper');
  });

  it('removes all tags', async () => {
    const { say } = await afterList();
    expect((await say('remove all tags from the second one')).text).toContain('no tags of yours now');
  });

  it('sets, moves and cancels a reminder', async () => {
    const { say, run } = await afterList();
    expect((await say('set a reminder for 2 tomorrow at 9')).card.title).toContain('30 May');
    expect((await say('move the reminder for 2 to 3 june at 10:00')).card.title).toContain('3 June');
    expect((await say('cancel the reminder for 2')).card.title).toBe('Reminder cancelled');
    expect((await run('/papers later')).card.title).toBe('You have no reminders');
  });

  it('asks which paper is meant where there is no list', async () => {
    const { request } = await openHarness(listedPapers('2026-05-28', 3));
    for (const said of ['delete my note on 2', 'remove the tag llm from the first two']) {
      expect((await request({ caller: ALAN, said })).text).toContain('Which paper?');
    }
  });

  it('asks before words that match several papers remove a note', async () => {
    const { say } = await afterList();
    const said = await say('delete my note on paper');
    expect(said.ok).toBe(false);
    expect(said.text).toMatch(/Which/);
  });
});

describe('a sentence about a list', () => {
  it('exports what it says', async () => {
    const { say } = await afterList();
    expect((await say('give me a bib file of my saves')).card.file?.name).toMatch(/\.bib$/);
    expect((await say('my saved papers tagged rl as csv')).card.title).toMatch(/^2 papers/);
    expect((await say('give me a ris file of everything the team saved')).card.title).toContain('team');
  });

  it('lists what most people saved, and says why nobody is named', async () => {
    const { say } = await afterList();
    const said = await say('who saved the most this month?');
    expect(said.card.title).toContain('Most saved this month');
    expect(said.text).toContain('nobody is named');
    expect((await say('what did we save most this month?')).text).not.toContain('nobody is named');
  });
});

it('a sentence adds a daily watch', async () => {
  const { say, run } = await afterList();
  await say('notify me daily about diffusion');
  const said = await run('/papers watches');
  expect(said.text).toContain('diffusion');
  expect(said.text).toMatch(/every day at/);
});
