/** `/paperfeed follow` reports at once which permissions the bot lacks in Discord. */
import { describe, expect, it } from 'vitest';
import type { ChannelOptions, FakeChannel } from '../../../fakes/discord/model.ts';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { openFrame } from '../harness.ts';

async function openBoss() {
  const frame = await openFrame();
  const { discord, guild } = frame;
  const boss = discord.addPerson('boss', { permissions: ['ManageChannels'] });
  const follow = async (channel: FakeChannel, values: Record<string, string> = {}, name = 'follow') =>
    shownText(await boss.command(channel, 'paperfeed', name, values).answered);
  const followIn = (options: ChannelOptions, values: Record<string, string> = {}) =>
    follow(guild.addChannel('reading', options), values);
  const list = async (channel: FakeChannel) => follow(channel, {}, 'list');
  return { ...frame, boss, follow, followIn, list };
}

describe('in a channel', () => {
  it.each([
    [['SendMessages'], 'Send Messages'],
    [['EmbedLinks'], 'Embed Links'],
    [['ViewChannel'], 'View Channel'],
    [['SendMessages', 'EmbedLinks'], 'Send Messages and Embed Links'],
    [['CreatePublicThreads'], 'Create Public Threads'],
    [['SendMessagesInThreads'], 'Send Messages in Threads'],
  ] as const)('without %s nothing is promised: the missing right is named', async (deny, named) => {
    const { guild, follow, list } = await openBoss();
    const channel = guild.addChannel('reading', { deny });
    const told = await follow(channel);
    expect(told).toContain(`it lacks ${named}.`);
    expect(told).not.toMatch(/will get/);
    expect(await list(channel)).toMatch(/^This channel has no feeds yet/);
  });

  it('without the right to open threads the list alone can be had, and is offered', async () => {
    const { followIn } = await openBoss();
    const deny = ['CreatePublicThreads'] as const;
    expect(await followIn({ deny })).toContain('/paperfeed follow style:single');
    expect(await followIn({ deny }, { style: 'single' })).toContain('This channel will get');
  });

  it('of a server that the bot is not a member of, only its commands, it is named how to add it', async () => {
    const { discord, follow } = await openBoss();
    const channel = discord.addGuild({ commandsOnly: true }).channel('papers');
    const told = await follow(channel);
    expect(told).toMatch(
      /^The bot is not on this server, only its commands are\. Add it: https:\/\/discord\.com\/oauth2/,
    );
  });

  it('with all rights it is promised as ever', async () => {
    const { followIn } = await openBoss();
    expect(await followIn({ kind: 'announcement' })).not.toMatch(/one message/);
    expect(await followIn({})).toMatch(/This channel will get 5 trending papers/);
  });

  it('whose rights were taken since, edit and resume promise nothing either', async () => {
    const { guild, follow } = await openBoss();
    const channel = guild.addChannel('reading');
    await follow(channel);
    channel.deny('SendMessages');
    expect(await follow(channel, {}, 'resume')).toContain('it lacks Send Messages.');
    expect(await follow(channel, { time: '10:00' }, 'edit')).toContain('it lacks Send Messages.');
    channel.allow('SendMessages');
    expect(await follow(channel, {}, 'resume')).toContain('This channel gets');
  });
});

describe('where no thread can start', () => {
  it.each(['voice', 'stage'] as const)(
    'a %s channel gets the list in one message, and is told so',
    async (kind) => {
      const { guild, follow, list } = await openBoss();
      const channel = guild.addChannel('talk', { kind });
      expect(await follow(channel)).toMatch(
        /This channel will get 5 trending papers[\s\S]*A voice channel cannot have threads, so the list is posted as one message\./,
      );
      expect(await list(channel)).toContain('Posts a single message, without a thread.');
      expect(await follow(channel, { style: 'thread' }, 'edit')).toContain(
        'A voice channel cannot have threads',
      );
    },
  );

  it('a thread gets the list in one message, and needs the right to write in threads alone', async () => {
    const { discord, guild, chat, channel, ada, follow } = await openBoss();
    const list = await ada.command(channel, 'papers', 'trending').answered;
    const root = { platform: 'discord', workspace: guild.id, channel: channel.id, message: list.id };
    const thread = discord.channel((await chat.openThread(root, 'Papers')).channel);
    channel.deny('SendMessages', 'CreatePublicThreads');
    expect(await follow(thread)).toMatch(
      /will get[\s\S]*A thread cannot have threads, so the list is posted as one message\./,
    );
    channel.deny('SendMessagesInThreads');
    expect(await follow(thread, { time: '10:00' })).toContain('it lacks Send Messages in Threads.');
  });
});
