/** `/paperfeed follow` reports at once that the bot cannot post in a Slack channel. */
import { describe, expect, it } from 'vitest';
import type { ChannelOptions, FakeChannel } from '../../../fakes/slack/model.ts';
import { shownText } from '../../../fakes/slack/people/shown.ts';
import { openFrame } from '../harness.ts';

async function openBoss() {
  const frame = await openFrame();
  const { slack, feeds, channelRef } = frame;
  const boss = slack.addPerson('boss', { admin: true });
  const follow = async (channel: FakeChannel, typed = 'follow time:9:30') =>
    shownText(await boss.command(channel, '/paperfeed', typed).answered);
  const followIn = (options: ChannelOptions) => follow(slack.addChannel('reading', options));
  const followed = async ({ id: channel }: FakeChannel) =>
    (await feeds.of({ ...channelRef, channel })).length;
  return { ...frame, boss, follow, followIn, followed };
}

describe('follow', () => {
  it('in a private channel that the bot is not in says /invite, and promises once it is in', async () => {
    const { slack, follow, followed } = await openBoss();
    const channel = slack.addChannel('secret', { isPrivate: true, isMember: false });
    expect(await follow(channel)).toMatch(/^The bot is not in this channel.*\/invite @paperboy/);
    expect(await followed(channel)).toBe(0);
    channel.isMember = true;
    expect(await follow(channel)).toContain('This channel will get');
  });

  it('in a public channel that the bot is not in promises, and says what does not work until /invite', async () => {
    const { slack, followIn } = await openBoss();
    expect(await followIn({ isMember: false })).toMatch(
      /will get[\s\S]*reactions save papers only after[\s\S]*\/invite/,
    );
    slack.workspace.scopes.delete('chat:write.public');
    expect(await followIn({ isMember: false })).toMatch(/cannot post here.*\/invite/);
  });

  it('in a conversation of other people says that the bot cannot join it', async () => {
    const { slack, ada, boss, follow, followed } = await openBoss();
    const channel = slack.addChannel('us', { between: [ada.user, boss.user] });
    expect(await follow(channel)).toMatch(/^The bot cannot join a conversation between other people/);
    expect(await followed(channel)).toBe(0);
  });

  it('typed alone says so in place of opening a form', async () => {
    const { slack, follow } = await openBoss();
    const channel = slack.addChannel('secret', { isPrivate: true, isMember: false });
    expect(await follow(channel, 'follow')).toMatch(/^The bot is not in this channel/);
  });

  it('in an archived channel says so; in the own conversation with the bot it is promised', async () => {
    const { slack, boss, follow } = await openBoss();
    const channel = slack.addChannel('old');
    channel.archived = true;
    expect(await follow(channel)).toMatch(/^This channel is archived/);
    expect(await follow(boss.dm())).toContain('This channel will get');
  });
});
