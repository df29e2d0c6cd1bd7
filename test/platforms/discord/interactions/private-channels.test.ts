/** A private channel is named only to people who can see it. */
import { describe, expect, it } from 'vitest';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { sampleFeed } from '../../../support/feeds.ts';
import { openFrame } from '../harness.ts';

async function openChannels() {
  const frame = await openFrame();
  const { guild, feeds } = frame;
  const open = guild.channel('general');
  const secret = guild.addChannel('secret', { isPrivate: true });
  const { settings } = sampleFeed();
  const channelOf = ({ id: channel }: { readonly id: string }) => ({
    platform: 'discord',
    workspace: guild.id,
    channel,
  });
  for (const channel of [open, secret]) {
    await feeds.follow({ channel: channelOf(channel), settings, manager: '1', at: '2026-05-29T12:00:00Z' });
  }
  return { ...frame, open, secret, channelOf };
}

describe('/papers feeds', () => {
  it('names a private channel to those who see it, and to nobody else', async () => {
    const { channel, open, secret, ada, alan } = await openChannels();
    const told = async (person: typeof ada) =>
      (await person.command(channel, 'papers', 'channel feeds').answered).embeds[0]?.description;
    secret.letIn(ada);
    await expect.poll(() => told(ada)).toContain(secret.id);
    expect(await told(alan)).toContain(open.id);
    expect(await told(alan)).not.toContain(secret.id);
  });

  it('asked in a private channel names it', async () => {
    const { secret, ada } = await openChannels();
    secret.letIn(ada);
    const told = await ada.command(secret, 'papers', 'channel feeds').answered;
    expect(told.embeds[0]?.description).toContain(secret.id);
  });

  it('says that there is none where only private channels follow', async () => {
    const { channel, open, alan } = await openChannels();
    open.delete();
    await expect
      .poll(async () => shownText(await alan.command(channel, 'papers', 'channel feeds').answered))
      .toMatch(/^No channel that you can see gets papers yet\./);
  });
});

it('a thread names other channels only where all who read along see them', async () => {
  const { chat, open, secret, channel, ada, channelOf } = await openChannels();
  const targets = [channelOf(open), channelOf(secret)];
  expect(await chat.visibleTo({ channel: channelOf(channel) }, targets)).toEqual([channelOf(open)]);
  expect(await chat.visibleTo({ channel: channelOf(secret) }, [channelOf(open)])).toEqual([channelOf(open)]);
  // A person who was let in by name; the other readers of an open channel were not.
  secret.letIn(ada);
  expect(await chat.visibleTo({ channel: channelOf(channel) }, targets)).toEqual([channelOf(open)]);
  // Channels of a server that the bot is not on are never named.
  const elsewhere = { ...channelOf(channel), workspace: '1' };
  expect(await chat.visibleTo({ channel: elsewhere }, targets)).toEqual([]);
});
