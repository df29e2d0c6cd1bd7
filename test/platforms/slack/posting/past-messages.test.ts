/** Past messages of Slack channels, as far as Slack lets an app read them. */
import { expect, it } from 'vitest';
import { scanChannel } from '../../../../src/list-import/channel-scan.ts';
import { systemClock } from '../../../../src/time/clock.ts';
import { openFrame } from '../harness.ts';

const LINK = 'https://arxiv.org/abs/2605.10001';

it('Slack’s past messages are refused with the name of the missing scope', async () => {
  const { slack, chat, channelRef } = await openFrame();
  slack.workspace.scopes.delete('channels:history');
  expect(await chat.readPast(channelRef, {})).toEqual({
    refusal: expect.stringMatching(
      /^The app lacks the permission channels:history, .*install the app again\.$/,
    ),
  });
});

it('Slack’s past messages cannot be read where the bot is not a member', async () => {
  const { chat, channel, channelRef } = await openFrame();
  channel.kickBot();
  expect(await chat.readPast(channelRef, {})).toEqual({
    refusal: 'The bot is not in this channel. Type /invite @paperboy here, and try again.',
  });
});

it('where Slack lets the app read 15 messages a minute, a scan says that older ones were not read', async () => {
  const { slack, chat, channel, channelRef, ada } = await openFrame({
    slack: { distributed: true, limits: true },
  });
  slack.allow(/429/);
  for (let at = 0; at < 40; at++) ada.say(channel, `${LINK} ${at}`);
  const slept: number[] = [];
  const clock = { ...systemClock, sleep: async (ms: number) => void slept.push(ms) };
  const scanned = await scanChannel(chat, channelRef, {}, clock, new AbortController().signal);
  expect(scanned).toMatchObject({ kind: 'counted', messages: 15, papers: ['2605.10001'], cut: 'rate' });
  expect(slept.length).toBeLessThan(4);
});

it('a channel in Slack is counted and then imported with a button', async () => {
  const { chat, channel, ada, alan, savedBy, outside } = await openFrame();
  outside.past = chat;
  alan.say(channel, `look: ${LINK}`);
  alan.paste(channel, 'https://huggingface.co/papers/2605.10002');
  const message = await ada.command(channel, '/papers', 'import this channel').answered;
  expect(await savedBy(ada.id)).toEqual([]);
  await ada.press(message, 'Save 2 papers').answered;
  expect((await savedBy(ada.id)).toSorted()).toEqual(['2605.10001', '2605.10002']);
  expect(await savedBy(alan.id)).toEqual([]);
});
