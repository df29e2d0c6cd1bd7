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

  it('under a message of somebody else, or a name that is not written out, is left alone', async () => {
    const { discord, channel, ada, alan } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    const said = ada.say(channel, 'Nice weather.');
    alan.say(channel, `<@${discord.botUserId}> what is it about?`, said);
    alan.say(channel, 'what is it about?', card);
    // One that is answered, after those that are not: by then they were seen.
    alan.say(channel, `<@${discord.botUserId}> what is it about?`, card);
    await discord.until(() => channel.messages.length === 6);
    expect(channel.messages.filter(({ author }) => author.bot)).toHaveLength(2);
  });
});
