/** The daily thread in Discord, with the delivery engine over the real client, while moderators interfere. */
import { describe, expect, it } from 'vitest';
import { startDelivery } from '../../../../src/delivery/engine.ts';
import { openLedger } from '../../../../src/delivery/ledger/ledger-store.ts';
import type { FeedSettings } from '../../../../src/feeds/feed.ts';
import type { ChannelOptions, FakeChannel } from '../../../fakes/discord/model.ts';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { openFakePlatform } from '../../../fakes/memory/fake-port.ts';
import { openTestDatabase } from '../../../support/database.ts';
import { aFeed, engineOptions, holdFeeds } from '../../../support/delivery.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { openFrame, openGate } from '../harness.ts';

const HALF_MINUTE = 30_000;
const DAY = 86_400_000;
const BEGIN = Date.parse('2026-05-28T08:59:45Z');

/** A channel that follows a list of two papers, which falls due while `until` waits for something. */
async function openFollowing(options: ChannelOptions = {}, settings: Partial<FeedSettings> = {}) {
  const frame = await openFrame();
  const { discord, guild, chat, ada } = frame;
  const channel: FakeChannel = guild.addChannel('reading', options);
  const channelRef = { platform: 'discord', workspace: guild.id, channel: channel.id };
  const feeds = holdFeeds([aFeed(channel.id, settings, { channel: channelRef, manager: ada.id })]);
  const clock = fakeClock(new Date(BEGIN).toISOString());
  const ledger = openLedger(await openTestDatabase());
  const platform = openFakePlatform({ clock });
  const engine = await startDelivery({
    ...engineOptions({ clock, ledger, feeds, platform }),
    ports: [chat],
  });
  /** Time goes on, half a minute at a time, until it holds. */
  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    const passes = async () => {
      await clock.advance(HALF_MINUTE);
      void engine.tick();
      return holds();
    };
    await expect.poll(passes).toBe(true);
  }
  /** To the minute before the next list. */
  const nextMorning = () => clock.advance(DAY - ((clock.now().getTime() - BEGIN) % DAY));
  const rows = () => ledger.list({ channel: channelRef }, 20);
  const ended = async () =>
    (await rows()).length > 0 &&
    (await rows()).every(({ state }) => ['done', 'skipped', 'disabled'].includes(state));
  const requests = (path: RegExp) => discord.requests.filter((request) => path.test(request.path)).length;
  /** The direct messages to the manager. */
  const told = () => ada.dm().messages.map(shownText);
  return {
    ...frame,
    programFeeds: frame.feeds,
    channel,
    feeds,
    until,
    nextMorning,
    rows,
    ended,
    requests,
    told,
  };
}

describe('the thread of a list', () => {
  it('is answered about the feed of its channel, until it has one of its own', async () => {
    const { channel, until, ended, ada, ...frame } = await openFollowing();
    const channelRef = { platform: 'discord', workspace: frame.guild.id, channel: channel.id };
    const { settings } = aFeed(channel.id);
    const at = '2026-05-01T08:00:00Z';
    await frame.programFeeds.follow({ channel: channelRef, settings, manager: ada.id, at });
    await until(ended);
    const [thread] = channel.threads;
    if (!thread) throw new Error('no thread');
    const why = async () =>
      shownText(await ada.command(thread, 'papers', 'channel why', { paper: '2605.00001' }).answered);
    expect(await why()).toContain('Nothing has been posted here yet.');
    const boss = frame.discord.addPerson('boss', { permissions: ['ManageChannels'] });
    const listed = async () => shownText(await boss.command(thread, 'paperfeed', 'list').answered);
    expect(await listed()).toContain('2 trending papers');
    const own = { ...channelRef, channel: thread.id };
    await frame.programFeeds.follow({
      channel: own,
      settings: { ...settings, count: 9 },
      manager: ada.id,
      at,
    });
    expect(await listed()).toContain('9 trending papers');
    expect(await listed()).not.toContain('2 trending papers');
  });
});

describe('a list', () => {
  it('in a forum has its papers in its own post', async () => {
    const { channel, until, ended } = await openFollowing({
      kind: 'forum',
      tags: ['Papers'],
      requireTag: true,
    });
    await until(ended);
    const [post] = channel.threads;
    expect(post?.messages.map(shownText)).toEqual([
      expect.stringContaining('list of 2026-05-28'),
      expect.stringContaining('about 2026-05-28.1'),
      expect.stringContaining('about 2026-05-28.2'),
    ]);
  });

  it('that a moderator removed before its thread opened is left alone, and so are its papers', async () => {
    const { discord, channel, until, ended, requests, rows, feeds } = await openFollowing();
    const gate = openGate();
    const isThread = ({ path }: { path: string }) => path.endsWith('/threads');
    discord.faults.next({ kind: 'delay', until: gate.opened, match: isThread });
    const over = until(ended);
    await discord.until(() => (discord.faults.met['delay'] ?? 0) > 0);
    for (const message of channel.messages) message.deleted = true;
    gate.open();
    await over;
    expect(requests(/\/threads$/)).toBe(1);
    expect((await rows()).map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
      ['paper', 'skipped', 'The message was removed.'],
      ['paper', 'skipped', 'The message was removed.'],
      ['root', 'done', 'The message was removed.'],
    ]);
    expect(await feeds.all()).toMatchObject([{ settings: { time: '09:00' } }]);
  });
});

describe('when a right is lost later', () => {
  it('to post: the manager hears of it once, with the channel’s name and what is missing', async () => {
    const { channel, until, told, nextMorning, requests } = await openFollowing();
    channel.deny('SendMessages', 'EmbedLinks');
    await until(() => told().length > 0);
    expect(told()).toEqual([
      '#reading on Lab no longer gets papers. The bot cannot post there. Give it Send Messages and Embed Links.' +
        ' Once that is fixed, continue with /paperfeed resume',
    ]);
    const before = requests(/./);
    await nextMorning();
    await until(() => true);
    expect([told().length, requests(/./)]).toEqual([1, before]);
  });

  it('to open threads: the manager hears of it once, not each morning', async () => {
    const { channel, until, ended, told, nextMorning, rows } = await openFollowing();
    channel.deny('CreatePublicThreads');
    await until(ended);
    await until(() => told().length > 0);
    expect(told()).toEqual([
      'The lists in #reading on Lab are posted without their papers. The bot cannot open threads there. Give it Create Public' +
        ' Threads. Or post the list as one message: /paperfeed edit style:single',
    ]);
    await nextMorning();
    await until(async () => (await rows()).length === 6 && (await ended()));
    expect([channel.messages.length, told().length]).toEqual([2, 1]);
    channel.allow('CreatePublicThreads');
    await nextMorning();
    await until(async () => (await rows()).length === 9 && (await ended()));
    expect(channel.threads).toHaveLength(1);
    channel.deny('CreatePublicThreads');
    await nextMorning();
    await until(() => told().length > 1);
  });

  it('with the channel itself: the manager hears its name, and no advice', async () => {
    const { channel, until, told } = await openFollowing();
    channel.delete();
    await until(() => told().length > 0);
    expect(told()).toEqual(['#reading on Lab no longer gets papers. The channel is gone.']);
  });

  it('with the server: the manager hears the channel’s name, and how to add the bot again', async () => {
    const { guild, until, told } = await openFollowing();
    guild.kickBot();
    await until(() => told().length > 0);
    expect(told()).toEqual([
      expect.stringMatching(/^#reading on Lab no longer gets papers\. The bot .* server/),
    ]);
    expect(told().join()).not.toMatch(/\d{17}/);
  });
});

describe('where no threads start', () => {
  it.each(['voice', 'stage'] as const)(
    'as in a %s channel, a feed that asks for one gets its list alone',
    async (kind) => {
      const { channel, until, ended, told, requests } = await openFollowing({ kind });
      await until(ended);
      expect(channel.messages).toHaveLength(1);
      expect([told(), requests(/\/threads$/)]).toEqual([[], 0]);
    },
  );
});
