/** People whom those named that manage a channel: they may say what it gets, and name nobody. */
import { describe, expect, it } from 'vitest';
import { feedCommands } from '../../../commands/paperfeed/commands.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import { LAB } from '../../support/feeds.ts';
import { listedPapers } from '../../support/papers.ts';
import { ALAN, GRACE, openHarness } from '../harness.ts';

/** Somebody who manages nothing, asking in the channel. */
const HERE: Caller = { ...ALAN, channel: LAB };
const ALLOW = '/paperfeed allow person:<@alan>';
const DISALLOW = '/paperfeed disallow person:<@alan>';
/** Everything but naming others. */
const OWN = feedCommands.filter(({ name }) => !['allow', 'disallow'].includes(name));

const openTrainer = () => openHarness(listedPapers('2026-05-29', 9));

describe('somebody who was named', () => {
  it.each(OWN.map((command) => [command.name, command] as const))(
    'may %s in that channel',
    async (_, command) => {
      const room = await openTrainer();
      await room.say('/paperfeed follow', GRACE);
      expect((await room.say(command.examples[0], HERE)).text).toMatch(/^Only those who manage this channel/);
      expect((await room.say(ALLOW, GRACE)).text).toContain(
        'alan may say from now on what this channel gets.',
      );
      expect((await room.say(command.examples[0], HERE)).text).not.toMatch(/^Only those who manage/);
    },
  );

  it('may do so no longer when it is taken back', async () => {
    const room = await openTrainer();
    await room.say(ALLOW, GRACE);
    expect((await room.say('/paperfeed follow', HERE)).ok).toBe(true);
    expect((await room.say(DISALLOW, GRACE)).text).toContain(
      'alan can no longer say what this channel gets.',
    );
    expect((await room.say('/paperfeed unfollow', HERE)).text).toMatch(/^Only those who manage this channel/);
    expect(await room.feeds.of(LAB)).toHaveLength(1);
  });

  it('may nothing in another channel or workspace', async () => {
    const room = await openTrainer();
    await room.say(ALLOW, GRACE);
    for (const channel of [
      { ...LAB, channel: 'other' },
      { ...LAB, workspace: 'other' },
      { ...LAB, platform: 'other' },
    ]) {
      const { text } = await room.request({ line: '/paperfeed follow', caller: { ...ALAN, channel } });
      expect(text).toMatch(/^Only those who manage this channel/);
    }
  });

  it('may name nobody, nor take anything back', async () => {
    const room = await openTrainer();
    await room.say(ALLOW, GRACE);
    for (const line of ['/paperfeed allow person:<@eve>', DISALLOW]) {
      const { ok, text } = await room.say(line, HERE);
      expect([ok, text]).toEqual([
        false,
        expect.stringMatching(/^Only those who manage this channel by their role/),
      ]);
    }
    expect(await room.managers.of(LAB)).toEqual([{ person: 'alan', name: 'alan' }]);
  });

  it('is offered feeds to complete', async () => {
    const room = await openTrainer();
    await room.say('/paperfeed follow', GRACE);
    expect(await room.suggest('edit', 'feed', '', HERE, 'paperfeed')).toEqual([]);
    await room.say(ALLOW, GRACE);
    expect(await room.suggest('edit', 'feed', '', HERE, 'paperfeed')).toHaveLength(1);
  });

  it('is listed beside how the feeds go', async () => {
    const room = await openTrainer();
    expect((await room.say('/paperfeed list', GRACE)).text).not.toContain('Named to manage');
    await room.say(ALLOW, GRACE);
    await room.say('/paperfeed allow person:<@eve|eve>', GRACE);
    expect((await room.say('/paperfeed list', GRACE)).text).toContain(
      'Named to manage this channel: @alan, @eve',
    );
    await room.say('/paperfeed follow', GRACE);
    expect((await room.say('/paperfeed list', GRACE)).text).toMatch(
      /Nothing has been posted yet\.[\s\S]*Named to manage this channel: @alan, @eve/,
    );
  });
});

describe('naming', () => {
  it.each([
    ['/paperfeed allow', /^Say who: \/paperfeed allow and their name/],
    ['/paperfeed allow person:ada', /^“ada” names nobody for certain\. Type @/],
    ['/paperfeed disallow person:<@nobody>', /^Nobody has let them say/],
  ])('%s says what is missing', async (line, sentence) => {
    const room = await openTrainer();
    const { ok, text } = await room.say(line, GRACE);
    expect([ok, text]).toEqual([false, expect.stringMatching(sentence)]);
    expect(await room.managers.of(LAB)).toEqual([]);
  });

  it('somebody twice says that they may already', async () => {
    const room = await openTrainer();
    await room.say(ALLOW, GRACE);
    expect((await room.say(ALLOW, GRACE)).text).toContain('alan may do that already.');
  });
});
