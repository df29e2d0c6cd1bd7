/** The manager of a Slack channel that the bot can no longer post in hears of it once, by its name. */
import { describe, expect, it } from 'vitest';
import { startDelivery } from '../../../../src/delivery/engine.ts';
import { openLedger } from '../../../../src/delivery/ledger/ledger-store.ts';
import { openFeedStore } from '../../../../src/feeds/feed-store.ts';
import { toFollowedFeeds } from '../../../../src/feeds/followed-feeds.ts';
import { openFakePlatform } from '../../../fakes/memory/fake-port.ts';
import type { ChannelOptions, FakeChannel } from '../../../fakes/slack/model.ts';
import { openTestDatabase } from '../../../support/database.ts';
import { aFeed, engineOptions } from '../../../support/delivery.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { openFrame } from '../harness.ts';

const HALF_MINUTE = 30_000;
const DAY = 86_400_000;

describe('a channel that the bot no longer sees', () => {
  it.each<[string, ChannelOptions, (channel: FakeChannel) => void, RegExp]>([
    [
      'a private one that it was removed from',
      { isPrivate: true },
      (channel) => channel.kickBot(),
      /\/invite/,
    ],
    ['one that was deleted', {}, (channel) => channel.delete(), /was deleted/],
    ['one that was archived', {}, (channel) => channel.archive(), /^[^/]*is archived\.$/],
    [
      'one in which it may no longer post',
      {},
      (channel) => void Object.assign(channel, { restricted: true }),
      /administrator/,
    ],
  ])('%s is named to its manager once, after a restart too', async (_, options, lose, reason) => {
    const { slack, chat, startBot, ada } = await openFrame();
    const channel = slack.addChannel('reading', options);
    const channelRef = { platform: 'slack', workspace: slack.workspace.id, channel: channel.id };
    const connection = await openTestDatabase();
    const store = openFeedStore(connection);
    const { settings } = aFeed(channel.id);
    await store.follow({ channel: channelRef, settings, manager: ada.id, at: '2026-01-01T00:00:00.000Z' });
    const clock = fakeClock('2026-05-28T08:59:45Z');
    const test = {
      clock,
      feeds: toFollowedFeeds(store),
      ledger: openLedger(connection),
      platform: openFakePlatform({ clock }),
    };
    const start = async (port: typeof chat) => {
      const engine = await startDelivery({ ...engineOptions(test), ports: [port] });
      const until = (holds: () => boolean | Promise<boolean>) =>
        expect
          .poll(async () => {
            await clock.advance(HALF_MINUTE);
            void engine.tick();
            return holds();
          })
          .toBe(true);
      return { engine, until };
    };
    const first = await start(chat);
    await first.until(() => channel.messages.length === 3);
    await first.engine.stop();
    await chat.stop();
    lose(channel);
    const second = await start(await startBot());
    const told = () => ada.dm().messages.map(({ text }) => text);
    await clock.advance(DAY);
    await second.until(() => told().length > 0);
    expect(told()).toEqual([expect.stringMatching(/^#reading no longer gets papers\. /)]);
    expect(told()[0]).toMatch(reason);
    expect(told()[0]).not.toContain(channel.id);
    await clock.advance(DAY);
    await second.until(() => true);
    expect(told()).toHaveLength(1);
    await second.engine.stop();
  });
});
