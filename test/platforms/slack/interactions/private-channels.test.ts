/** A private channel is named only to people who ask in it. */
import { describe, expect, it } from 'vitest';
import type { FakeChannel } from '../../../fakes/slack/model.ts';
import { sampleFeed } from '../../../support/feeds.ts';
import { openFrame } from '../harness.ts';

async function openChannels() {
  const frame = await openFrame();
  const { slack, feeds, channelRef, channel } = frame;
  const secret = slack.addChannel('secret', { isPrivate: true });
  const { settings } = sampleFeed();
  for (const { id } of [channel, secret]) {
    const at = '2026-05-29T12:00:00Z';
    await feeds.follow({ channel: { ...channelRef, channel: id }, settings, manager: 'U1', at });
  }
  const told = async (where: FakeChannel) =>
    JSON.stringify((await frame.ada.command(where, '/papers', 'feeds').answered).blocks);
  return { ...frame, secret, told };
}

describe('/papers feeds', () => {
  it('names a private channel where it is asked in it, and nowhere else', async () => {
    const { channel, secret, told } = await openChannels();
    expect(await told(channel)).toContain(channel.id);
    expect(await told(channel)).not.toContain(secret.id);
    expect(await told(secret)).toContain(secret.id);
  });

  it('in App Home names none', async () => {
    const { channel, secret, ada } = await openChannels();
    ada.openHome();
    const home = () => JSON.stringify(ada.home()?.view ?? '');
    await expect.poll(home).toContain(channel.id);
    expect(home()).not.toContain(secret.id);
  });
});

it('the manager of a channel is told its name, and of one that is gone that nobody knows it', async () => {
  const { slack, chat, channelRef, secret } = await openChannels();
  expect(await chat.nameOf(channelRef)).toBe('#papers');
  expect(await chat.nameOf({ ...channelRef, channel: secret.id })).toBe('#secret');
  secret.isMember = false;
  expect(await chat.nameOf({ ...channelRef, channel: secret.id })).toBeUndefined();
  expect(await chat.nameOf({ ...channelRef, channel: slack.addPerson('bob').dm().id })).toBe(
    'Your conversation with the bot',
  );
});
