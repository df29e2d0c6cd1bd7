/** Past messages of Discord channels, as far as Discord lets a bot read them. */
import { expect, it } from 'vitest';
import { DIRECT } from '../../../../src/chat/refs.ts';
import { Intent } from '../../../fakes/discord/protocol.ts';
import { openFrame } from '../harness.ts';

const LINK = 'https://arxiv.org/abs/2605.10001';

it('Discord’s past messages are refused without the intent that gives them their text', async () => {
  const { guild, chat, channel, ada } = await openFrame();
  ada.say(channel, LINK);
  const channelRef = { platform: 'discord', workspace: guild.id, channel: channel.id };
  expect(await chat.readPast(channelRef, {})).toEqual({
    refusal: expect.stringContaining('turn on Message Content Intent'),
  });
});

it('Discord’s past messages need the permission to read the history, and the sentence names it', async () => {
  const { guild, chat } = await openFrame({ discord: { privilegedIntents: Intent.MessageContent } });
  const { id } = guild.addChannel('closed', { deny: ['ReadMessageHistory'] });
  const channelRef = { platform: 'discord', workspace: guild.id, channel: id };
  expect(await chat.readPast(channelRef, {})).toEqual({
    refusal: 'The bot may not read the past messages of this channel. Give it Read Message History.',
  });
});

it('direct messages with the bot on Discord can be read without the intent', async () => {
  const { chat, ada } = await openFrame();
  const channel = ada.dm();
  ada.say(channel, LINK);
  const page = await chat.readPast({ platform: 'discord', workspace: DIRECT, channel: channel.id }, {});
  expect(page).toMatchObject({ messages: [{ text: LINK }] });
});

it('a channel on Discord is counted and then imported with a button', async () => {
  const { chat, channel, ada, alan, savedBy, outside } = await openFrame({
    discord: { privilegedIntents: Intent.MessageContent },
  });
  outside.past = chat;
  alan.say(channel, `look: ${LINK}`);
  alan.say(channel, 'and <https://huggingface.co/papers/2605.10002>');
  const asked = ada.command(channel, 'papers', 'library import', { from: 'channel' });
  const message = await asked.answered;
  expect(message.ephemeral).toBe(true);
  expect(await savedBy(ada.id)).toEqual([]);
  await ada.press(message, 'Save 2 papers').answered;
  expect((await savedBy(ada.id)).toSorted()).toEqual(['2605.10001', '2605.10002']);
  expect(await savedBy(alan.id)).toEqual([]);
});

it('a form on Discord takes many lines', async () => {
  const { channel, ada, savedBy } = await openFrame();
  const typed = ada.command(channel, 'papers', 'library import');
  const text = '@misc{a,\n  title={A},\n  eprint={2605.10001}\n}\n@misc{b,\n title={B}, eprint={2605.10002}}';
  const submitted = await ada.submit(channel, typed, { text, tags: '' });
  await submitted.answered;
  expect((await savedBy(ada.id)).toSorted()).toEqual(['2605.10001', '2605.10002']);
});

it('a mention on Discord keeps the lines of a pasted list', async () => {
  const { discord, channel, ada, savedBy } = await openFrame();
  ada.say(channel, `<@${discord.botUserId}> import tag:rl\n- ${LINK}\n- 2605.10002`);
  await expect.poll(async () => (await savedBy(ada.id)).length).toBe(2);
});
