import { describe, expect, it } from 'vitest';
import { UNTIL_RESUMED } from '../../src/feeds/feed.ts';
import { openFeedStore } from '../../src/feeds/feed-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { LAB, sampleFeed } from '../support/feeds.ts';

const { settings } = sampleFeed();
const AT = '2026-05-29T12:00:00.000Z';
const request = { channel: LAB, settings, manager: 'grace', at: AT };
const open = async () => openFeedStore(await openTestDatabase());

describe('a feed', () => {
  it('a feed is read back as it was stored', async () => {
    const feeds = await open();
    const feed = await feeds.follow(request);
    expect(feed).toEqual({
      id: 'a',
      channel: LAB,
      settings,
      manager: 'grace',
      from: 'command',
      createdAt: AT,
    });
    expect(await feeds.find(feed)).toEqual(feed);
    expect(await feeds.of(LAB)).toEqual([feed]);
    expect(await feeds.active()).toEqual([feed]);
  });

  it('a feed gets a short id that its channel has never used', async () => {
    const feeds = await open();
    await feeds.follow(request);
    const second = await feeds.follow(request);
    await feeds.unfollow(second);
    expect((await feeds.follow(request)).id).toBe('c');
    expect((await feeds.follow({ ...request, channel: { ...LAB, channel: 'other' } })).id).toBe('a');
    for (let more = 0; more < 23; more++) await feeds.follow(request);
    expect((await feeds.follow(request)).id).toBe('aa');
  });

  it('a feed belongs only to its channel', async () => {
    const feeds = await open();
    const feed = await feeds.follow(request);
    const elsewhere = { ...feed, channel: { ...LAB, workspace: 'other' } };
    expect(await feeds.of(elsewhere.channel)).toEqual([]);
    expect(await feeds.unfollow(elsewhere)).toBe(false);
    expect(await feeds.edit(elsewhere, settings)).toBe(false);
    expect(await feeds.find(feed)).toEqual(feed);
  });

  it('a feed can be edited, paused, disabled, resumed and removed', async () => {
    const feeds = await open();
    const feed = await feeds.follow(request);
    expect(await feeds.edit(feed, { ...settings, count: 3 })).toBe(true);
    expect(await feeds.pause(feed, UNTIL_RESUMED)).toBe(true);
    expect(await feeds.name(feed, '#papers')).toBe(true);
    expect(await feeds.disable(feed, 'The channel is gone.')).toBe(true);
    expect(await feeds.find(feed)).toEqual({
      ...feed,
      settings: { ...settings, count: 3 },
      pausedUntil: UNTIL_RESUMED,
      disabled: 'The channel is gone.',
      channelName: '#papers',
    });
    expect(await feeds.active()).toEqual([]);
    expect(await feeds.resume(feed)).toBe(true);
    expect(await feeds.active()).toEqual([
      { ...feed, settings: { ...settings, count: 3 }, channelName: '#papers' },
    ]);
    expect(await feeds.unfollow(feed)).toBe(true);
    expect(await feeds.resume(feed)).toBe(false);
    expect(await feeds.of(LAB)).toEqual([]);
  });
});

describe('the feeds of a file', () => {
  const fileFeed = (id: string, count = 5) => ({ channel: LAB, id, settings: { ...settings, count } });

  it('feeds from a file are replaced together, other feeds stay', async () => {
    const feeds = await open();
    const own = await feeds.follow(request);
    await feeds.replaceFileFeeds([fileFeed('one'), fileFeed('two')], AT);
    await feeds.replaceFileFeeds([fileFeed('two', 3), fileFeed('three')], '2026-06-01T00:00:00.000Z');
    const all = await feeds.of(LAB);
    expect(all.map(({ id, from, settings: { count } }) => [id, from, count])).toEqual([
      [own.id, 'command', 5],
      ['two', 'file', 3],
      ['three', 'file', 5],
    ]);
    expect(all[1]?.createdAt).toBe(AT);
    await feeds.replaceFileFeeds([], AT);
    expect(await feeds.of(LAB)).toEqual([own]);
  });

  it('feeds from a file stay paused or disabled after a restart', async () => {
    const feeds = await open();
    await feeds.replaceFileFeeds([fileFeed('one')], AT);
    const [feed] = await feeds.of(LAB);
    if (!feed) throw new Error('no feed');
    await feeds.pause(feed, '2026-06-08');
    await feeds.disable(feed, 'No access.');
    await feeds.replaceFileFeeds([fileFeed('one', 3)], AT);
    expect((await feeds.of(LAB))[0]).toMatchObject({ pausedUntil: '2026-06-08', disabled: 'No access.' });
  });
});
