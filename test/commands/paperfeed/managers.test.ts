/** People whom channel managers allowed: they can change the channel's feeds, and allow nobody else. */
import { describe, expect, it } from 'vitest';
import { feedCommands } from '../../../commands/paperfeed/commands.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import { LAB } from '../../support/feeds.ts';
import { listedPapers } from '../../support/papers.ts';
import { ALAN, GRACE, openHarness } from '../harness.ts';

/** A person who manages nothing, asking in the channel. */
const HERE: Caller = { ...ALAN, channel: LAB };
const ALLOW = '/paperfeed allow person:<@alan>';
const DISALLOW = '/paperfeed disallow person:<@alan>';
/** Everything but naming others, and reading. */
const OWN = feedCommands.filter(({ name }) => !['allow', 'disallow', 'why', 'dismiss'].includes(name));

const openChannel = () => openHarness(listedPapers('2026-05-29', 9));

describe('a person who was allowed to manage a channel', () => {
  it.each(OWN.map((command) => [command.name, command] as const))(
    'an allowed person may run %s in that channel',
    async (_, command) => {
      const harness = await openChannel();
      await harness.say('/paperfeed follow', GRACE);
      expect((await harness.say(command.examples[0], HERE)).text).toMatch(
        /^Only channel managers can change/,
      );
      expect((await harness.say(ALLOW, GRACE)).text).toContain('alan can now manage this channel’s feeds.');
      expect((await harness.say(command.examples[0], HERE)).text).not.toMatch(/^Only channel managers/);
    },
  );

  it('disallow revokes the permission', async () => {
    const harness = await openChannel();
    await harness.say(ALLOW, GRACE);
    expect((await harness.say('/paperfeed follow', HERE)).ok).toBe(true);
    expect((await harness.say(DISALLOW, GRACE)).text).toContain(
      'alan can no longer manage this channel’s feeds.',
    );
    expect((await harness.say('/paperfeed unfollow', HERE)).text).toMatch(
      /^Only channel managers can change/,
    );
    expect(await harness.feeds.of(LAB)).toHaveLength(1);
  });

  it('an allowed person has no permission in other channels or workspaces', async () => {
    const harness = await openChannel();
    await harness.say(ALLOW, GRACE);
    for (const channel of [
      { ...LAB, channel: 'other' },
      { ...LAB, workspace: 'other' },
      { ...LAB, platform: 'other' },
    ]) {
      const { text } = await harness.request({ line: '/paperfeed follow', caller: { ...ALAN, channel } });
      expect(text).toMatch(/^Only channel managers can change/);
    }
  });

  it('an allowed person cannot allow or disallow others', async () => {
    const harness = await openChannel();
    await harness.say(ALLOW, GRACE);
    for (const line of ['/paperfeed allow person:<@eve>', DISALLOW]) {
      const { ok, text } = await harness.say(line, HERE);
      expect([ok, text]).toEqual([
        false,
        expect.stringMatching(/^Only the channel’s creator or an administrator/),
      ]);
    }
    expect(await harness.managers.of(LAB)).toEqual([{ person: 'alan', name: 'alan' }]);
  });

  it('an allowed person gets completion of feeds', async () => {
    const harness = await openChannel();
    await harness.say('/paperfeed follow', GRACE);
    expect(await harness.suggest('edit', 'feed', '', HERE, 'paperfeed')).toEqual([]);
    await harness.say(ALLOW, GRACE);
    expect(await harness.suggest('edit', 'feed', '', HERE, 'paperfeed')).toHaveLength(1);
  });

  it('list shows the people who were allowed', async () => {
    const harness = await openChannel();
    expect((await harness.say('/paperfeed list', GRACE)).text).not.toContain('Also allowed');
    await harness.say(ALLOW, GRACE);
    await harness.say('/paperfeed allow person:<@eve|eve>', GRACE);
    expect((await harness.say('/paperfeed list', GRACE)).text).toContain(
      'Also allowed to manage feeds: @alan, @eve',
    );
    await harness.say('/paperfeed follow', GRACE);
    expect((await harness.say('/paperfeed list', GRACE)).text).toMatch(
      /Nothing has been posted yet\.[\s\S]*Also allowed to manage feeds: @alan, @eve/,
    );
  });
});

describe('allow and disallow', () => {
  it.each([
    ['/paperfeed allow', /^Name a person: type \/paperfeed allow, then @/],
    ['/paperfeed allow person:ada', /^“ada” is not a mention of a person\. Type @/],
    ['/paperfeed disallow person:<@nobody>', /^This person was not allowed to manage/],
  ])('%s explains the error', async (line, sentence) => {
    const harness = await openChannel();
    const { ok, text } = await harness.say(line, GRACE);
    expect([ok, text]).toEqual([false, expect.stringMatching(sentence)]);
    expect(await harness.managers.of(LAB)).toEqual([]);
  });

  it('allow says that a person is already allowed', async () => {
    const harness = await openChannel();
    await harness.say(ALLOW, GRACE);
    expect((await harness.say(ALLOW, GRACE)).text).toContain('alan can already manage this channel’s feeds.');
  });
});
