/** Asking about a paper by mentioning the bot under it, in Discord. */
import { describe, expect, it } from 'vitest';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';

describe('a mention', () => {
  it('in reply to a paper is answered below it, about that paper, and notifies nobody', async () => {
    const { discord, channel, ada, alan } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    const asked = alan.say(channel, `<@${discord.botUserId}> what is it about?`, card);
    await discord.until(() => channel.messages.length === 3);
    const answer = channel.messages[2];
    expect(answer?.repliesTo).toBe(asked.id);
    expect(answer && shownText(answer)).toContain('Routing Tokens to Mixtures of Experts');
    expect(answer && shownText(answer)).toMatch(/best-matching sentences, extracted/);
  });

  it('in the thread of a paper is about it, in that of a list about the entry of its number', async () => {
    const { discord, guild, chat, channel, ada } = await openFrame();
    const list = await ada.command(channel, 'papers', 'trending').answered;
    const root = { platform: 'discord', workspace: guild.id, channel: channel.id, message: list.id };
    const { channel: id } = await chat.openThread(root, 'Papers');
    const thread = discord.channel(id);
    ada.say(thread, `<@${discord.botUserId}> 2 what is it about?`);
    await discord.until(() => thread.messages.length === 2);
    expect(shownText(thread.messages[1] ?? list)).toContain('Part 2');
    ada.say(thread, `<@!${discord.botUserId}> and what about the weather?`);
    await discord.until(() => thread.messages.length === 4);
    expect(shownText(thread.messages[3] ?? list)).toMatch(/^Which of these papers\?/);
  });

  it('in reply to a list compares its numbers in public, and saves one of them in private', async () => {
    const { discord, channel, ada, alan } = await openFrame();
    const list = await ada.command(channel, 'papers', 'trending').answered;
    alan.say(channel, `<@${discord.botUserId}> compare 1 3`, list);
    await discord.until(() => channel.messages.length === 3);
    expect(shownText(channel.messages[2] ?? list)).toMatch(/Part 1[\s\S]*Part 3/);
    alan.say(channel, `<@${discord.botUserId}> save 2`, list);
    await expect.poll(() => alan.dm().messages.map(shownText).join()).toContain('Saved to your list');
    expect(channel.messages).toHaveLength(4);
    alan.say(channel, `<@${discord.botUserId}> my note for the 2nd: great ablation`, list);
    await expect
      .poll(() => alan.dm().messages.map(shownText).join())
      .toMatch(/Note saved[\s\S]*great ablation/);
  });

  it('about one’s own last list refines it, in reply to it or not; thanks are answered', async () => {
    const { discord, channel, ada } = await openFrame();
    const list = await ada.command(channel, 'papers', 'search', { query: 'papers about experts' }).answered;
    expect(shownText(list)).toMatch(/for “experts”/);
    const answered = async (said: string, answering?: typeof list) => {
      const before = channel.messages.length;
      ada.say(channel, `<@${discord.botUserId}> ${said}`, answering);
      await discord.until(() => channel.messages.length === before + 2);
      return shownText(channel.messages.at(-1) ?? list);
    };
    expect(await answered('newest first please', list)).toMatch(/for “experts”, newest first/);
    expect(await answered('since 2025')).toMatch(/for “experts”, since 2025, newest first/);
    expect(await answered('thanks!')).toMatch(/^You are welcome\./);
  });

  it('that does not write the name out is left alone', async () => {
    const { discord, channel, ada, alan } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    alan.say(channel, 'what is it about?', card);
    // One that is answered, after the one that is not: by then it was seen.
    alan.say(channel, `<@${discord.botUserId}> what is it about?`, card);
    await discord.until(() => channel.messages.length === 4);
    expect(channel.messages.filter(({ author }) => author.bot)).toHaveLength(2);
  });

  it('outside of a paper is a command, or words to look for', async () => {
    const { discord, channel, ada, alan } = await openFrame();
    const said = ada.say(channel, 'Nice weather.');
    const asks = [
      alan.say(channel, `<@${discord.botUserId}> experts for speech`, said),
      alan.say(channel, `<@${discord.botUserId}> show ${PAPER}`),
    ];
    await discord.until(() => channel.messages.length === 5);
    const answers = channel.messages.filter(({ author }) => author.bot);
    const textTo = (at: number) =>
      answers
        .filter(({ repliesTo }) => repliesTo === asks[at]?.id)
        .map(shownText)
        .join();
    expect(textTo(0)).toContain('Mixture of Experts for speech');
    expect(textTo(1)).toContain('Routing Tokens to Mixtures of Experts');
  });

  it('for what is the asker’s alone is answered in private', async () => {
    const { discord, channel, alan } = await openFrame();
    alan.say(channel, `<@${discord.botUserId}> saved`);
    await expect.poll(() => alan.dm().messages.map(shownText).join()).toMatch(/^Your list is empty/);
    expect(channel.messages).toHaveLength(1);
    alan.closeDms();
    alan.say(channel, `<@${discord.botUserId}> saved`);
    await discord.until(() => channel.messages.length === 3);
    expect(channel.messages.map(shownText).at(-1)).toMatch(/^This answer is private/);
  });
});
