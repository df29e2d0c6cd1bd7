import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/chat/caller.ts';
import { openFakePlatform } from '../../fakes/memory/fake-port.ts';
import { LAB } from '../../support/feeds.ts';
import { samplePaper } from '../../support/papers.ts';
import { GRACE, openHarness } from '../harness.ts';

const { canManageChannel: _, ...MEMBER } = GRACE;

const ROBOT = 'A robot arm learns grasping and manipulation of household objects from robot demonstrations.';
const PROTEIN = 'A protein language model predicts protein folding and designs protein sequences with care.';
const SPEECH =
  'Speech recognition of noisy speech with a speech encoder that was trained on spoken dialogue.';

function listed(number: number, title: string, abstract: string, votes: number, day: string) {
  return samplePaper({
    id: `2605.${10_000 + number}`,
    title,
    abstract,
    votes,
    published: `${day}T00:00:00.000Z`,
    appearances: [{ day, rank: number, votes, comments: 0 }],
  });
}

const thursday = [
  listed(1, 'Robot grasping in kitchens', ROBOT, 50, '2026-05-28'),
  listed(2, 'Protein folding at scale', PROTEIN, 10, '2026-05-28'),
  listed(3, 'Speech in noise', SPEECH, 40, '2026-05-28'),
];
const friday = [
  listed(11, 'Robot hands that grasp', ROBOT, 90, '2026-05-29'),
  listed(12, 'Speech for dialogue', SPEECH, 80, '2026-05-29'),
  listed(13, 'Protein design by folding', PROTEIN, 1, '2026-05-29'),
];

async function openLearning() {
  const harness = await openHarness([...thursday, ...friday]);
  await harness.say('/paperfeed follow learned:on count:2', GRACE);
  const text = async (line: string, caller: Caller = GRACE) => (await harness.say(line, caller)).text;
  const save = (id: string) =>
    harness.learning.record({ channel: LAB, person: 'alan', kind: 'saved' }, id, '2026-05-28T12:00:00.000Z');
  return { ...harness, text, save };
}

describe('a feed that learns', () => {
  it('follow learned:on ranks by both likeness and votes, and learned:off by votes again', async () => {
    const { feeds, text } = await openLearning();
    expect((await feeds.of(LAB))[0]?.settings.rank).toBe('mixed');
    expect(await text('/paperfeed list')).toContain('Learns from what people here save, discuss and dismiss');
    expect(await text('/paperfeed edit learned:off')).toContain('2 trending papers');
    expect((await feeds.of(LAB))[0]?.settings.rank).toBe('votes');
    expect(await text('/paperfeed edit rank:votes learned:on')).toContain('Remove one of the two.');
  });

  it('a preview ranks papers by votes until somebody saves, then those like the saved one first', async () => {
    const { text, save } = await openLearning();
    const before = await text('/paperfeed preview');
    expect(before).not.toContain('Protein design by folding');
    expect(before).toContain('Nothing is learned yet');
    await save('2605.10002');
    const after = await text('/paperfeed preview');
    expect(after.indexOf('Protein design by folding')).toBeGreaterThan(-1);
    expect(after).toContain('because this channel saved “Protein folding at scale”');
    expect(after).toMatch(/Learned subjects: .*protein/);
  });

  it('a banned subject is left out, and a pinned one comes first', async () => {
    const { text } = await openLearning();
    expect(await text('stop showing us speech')).toContain(
      'Banned: this channel gets no papers about “speech”.',
    );
    expect(await text('more about protein folding here')).toContain('Pinned:');
    expect(await text('never show us papers about knots')).toContain('no papers about “knots”');
    const preview = await text('/paperfeed preview');
    expect(preview).not.toContain('Speech for dialogue');
    expect(preview).toContain('pinned subject: protein folding');
    expect(preview).toContain('1 about speech');
    expect(await text('what did this channel learn')).toContain('Pinned: protein folding.');
    expect(await text('/paperfeed why 2605.10012')).toContain('it is about speech, which is banned here');
  });

  it('only managers pin, ban and reset; everyone sees what was learned', async () => {
    const { text, learning, save } = await openLearning();
    await save('2605.10002');
    for (const line of ['pin:robots', 'ban:robots', 'clear:robots', 'reset:yes'])
      expect(await text(`/paperfeed subjects ${line}`, MEMBER)).toMatch(/^Only channel managers/);
    const view = await learning.view({ channel: LAB, start: [], asOf: '2026-05-29T12:00:00.000Z' });
    expect([view.pinned, view.banned, view.papers.saved]).toEqual([[], [], 1]);
    expect(await text('what did this channel learn?', MEMBER)).toContain('From 1 paper saved here.');
  });

  it('a reset forgets what was learned and keeps lists of people', async () => {
    const { text, say, learning } = await openLearning();
    await say('/papers save 2605.10002', GRACE);
    const view = () => learning.view({ channel: LAB, start: [], asOf: '2026-06-01T12:00:00.000Z' });
    expect((await view()).papers.saved).toBe(1);
    expect(await text('forget what you learned here')).toContain('Forgotten');
    expect((await view()).papers.saved).toBe(0);
    expect(await text('/papers saved')).toContain('Protein folding at scale');
  });

  it('a dismissal counts once for each person, and can be taken back', async () => {
    const { say, learning } = await openLearning();
    const count = async () =>
      (await learning.view({ channel: LAB, start: [], asOf: '2026-06-01T12:00:00.000Z' })).papers.dismissed;
    const first = await say('/paperfeed dismiss 2605.10001', GRACE);
    expect(first.text).toContain('fewer papers like “Robot grasping in kitchens”');
    expect((await say('/paperfeed dismiss 2605.10001', GRACE)).text).toContain('It counts once.');
    expect(await count()).toBe(1);
    expect((await first.press('Undo')).text).toContain('Taken back');
    expect(await count()).toBe(0);
  });

  it.each([
    '/paperfeed undismiss 2605.10011',
    'undismiss 2605.10011',
    'undo the dismissal of 2605.10011',
    "don't dismiss 2605.10011",
  ])('a dismissal is taken back by “%s”', async (line) => {
    const { text } = await openLearning();
    await text('/paperfeed dismiss 2605.10011');
    expect(await text(line)).toContain('Taken back: “Robot hands that grasp”.');
    expect(await text(line)).toContain('You have not dismissed “Robot hands that grasp”.');
  });

  it('after a list, “dismiss 1” and “undismiss 1” name a paper of it', async () => {
    const { text, request } = await openLearning();
    const caller = { ...GRACE, channel: LAB };
    const said = async (words: string) => (await request({ said: words, caller })).text;
    await said('robot hands grasp');
    expect(await said('dismiss 1')).toContain('fewer papers like “Robot hands that grasp”');
    await said('robot hands grasp');
    expect(await said('undismiss 1')).toContain('Taken back: “Robot hands that grasp”.');
    expect(await text('/paperfeed undismiss 2605.10011')).toContain('You have not dismissed');
  });

  it('a channel starts from its name and topic, and its lists say which', async () => {
    const { outside, text } = await openLearning();
    outside.aboutOf = async () => ({
      name: 'protein-folding-papers',
      topic: 'Daily papers about *dialogue* & protein language models. Ask @ada! https://lab.example',
    });
    await text('/paperfeed edit learned:off');
    const start =
      'It starts from the channel’s name (protein folding) and the channel’s topic (dialogue, protein language models).';
    expect(await text('/paperfeed edit learned:on')).toContain(start);
    const preview = await text('/paperfeed preview');
    expect(preview).toContain('Protein design by folding');
    expect(preview).toContain('from the channel’s topic: dialogue');
    expect(preview).toContain(start);
    expect(await text('/paperfeed subjects')).toContain(start);
  });

  it.each([
    ['/paperfeed subjects pin protein folding', 'Pinned: papers about “protein folding” rank higher here.'],
    ['ban surveys here', 'Banned: this channel gets no papers about “surveys”.'],
    ['/paperfeed subjects unban surveys', '“surveys” was neither pinned nor banned here.'],
    ['/paperfeed subjects reset', 'Forgotten: this channel learns from now on.'],
    ['forget everything this channel learned', 'Forgotten: this channel learns from now on.'],
    ['learn from our old messages', 'no past messages'],
    ['learn from what we linked here', 'no past messages'],
    ['/paperfeed forget surveys', '“surveys” was neither pinned nor banned here.'],
    ['unpin surveys', '“surveys” was neither pinned nor banned here.'],
    ['more diffusion models here, please', 'Pinned: papers about “diffusion models” rank higher here.'],
    ["we're not interested in robotics", 'Banned: this channel gets no papers about “robotics”.'],
    ['no more papers here', 'Next:'],
    ['no robotics here, please.', 'Banned: this channel gets no papers about “robotics”.'],
    ["what's pinned here?", 'What this channel learned'],
    ['stop learning', 'This channel now gets 2 trending papers'],
    ['/paperfeed stop learning', 'This channel now gets 2 trending papers'],
    ['rank by likeness', 'Ranked by likeness to what people here save and discuss.'],
  ])('%s', async (line, answer) => {
    const { text } = await openLearning();
    expect(await text(line)).toContain(answer);
  });

  it('where a channel has no name, as in a terminal, nothing is said about it', async () => {
    const { text } = await openLearning();
    await text('/paperfeed edit learned:off');
    const edited = await text('/paperfeed edit learned:on');
    expect(edited).not.toContain('It starts from');
    expect(edited).not.toContain('linked here before');
  });

  it('a channel starts from what its feed includes, and says so', async () => {
    const { text } = await openLearning();
    await text('/paperfeed edit include:dialogue');
    expect(await text('/paperfeed subjects')).toContain('It starts from what the feed includes (dialogue).');
    expect(await text('/paperfeed preview')).toContain('from what the feed includes: dialogue');
  });

  it('a channel learns from papers that were linked in it before, after a question', async () => {
    const { outside, say, text, clock } = await openLearning();
    const messages = ['2605.10002', '2605.10002', '2401.99999'].map((id) => ({
      at: clock.now(),
      text: `look: https://arxiv.org/abs/${id}`,
    }));
    outside.past = { ...openFakePlatform({ clock }).connect(), readPast: async () => ({ messages }) };
    const asked = await say('/paperfeed subjects from:channel', GRACE);
    expect(asked.text).toContain(
      '3 messages since 29 May 2026 mention 2 papers. Rank the lists here by them?',
    );
    expect(await text('/paperfeed subjects')).toContain('Nothing is learned yet');
    const learned = await asked.press('Learn from 2 papers');
    expect(learned.text).toContain('This channel learns from 1 paper that was linked here before.');
    await clock.advance(1_000);
    expect(await text('/paperfeed subjects')).toContain('From 1 paper linked before here.');
    expect(await text('/paperfeed preview')).toContain(
      'because this channel linked “Protein folding at scale”',
    );
    expect((await say('/paperfeed subjects from:channel sure:yes', GRACE)).text).toContain('already');
  });

  it('only managers have a channel learn from its past, and a refusal says why', async () => {
    const { outside, text, clock } = await openLearning();
    const refusal = 'The bot may not read this.';
    outside.past = { ...openFakePlatform({ clock }).connect(), readPast: async () => ({ refusal }) };
    expect(await text('/paperfeed subjects from:channel', MEMBER)).toContain('Only');
    expect(await text('/paperfeed subjects from:channel')).toContain('The bot may not read this.');
    delete outside.past;
    expect(await text('/paperfeed subjects from:channel')).toContain('no past messages');
  });
});
