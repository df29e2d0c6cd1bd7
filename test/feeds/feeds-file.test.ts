import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import type { FileFeed } from '../../src/feeds/feed-store.ts';
import { loadFeedsFile, parseFeedsFile } from '../../src/feeds/feeds-file.ts';
import { temporaryFolder } from '../support/database.ts';
import { sampleFeed } from '../support/feeds.ts';

const channel = { platform: 'discord', workspace: '1', channel: '2' };
const parse = (entries: unknown) => parseFeedsFile(JSON.stringify(entries), 'feeds.json', 'Europe/Berlin');

describe('a file of feeds', () => {
  it('a feeds file has the same options as the command, as strings or lists', () => {
    const [feed, other] = parse([
      {
        ...channel,
        time: '9am',
        days: ['mon', 'wed'],
        include: ['reinforcement learning', 'cs.RO'],
        min_votes: 10,
      },
      { ...channel, feed: 'weekly', period: 'week', exclude: 'survey, "world models"' },
    ]);
    const { settings } = sampleFeed();
    expect(feed).toEqual({
      channel,
      id: 'file-1',
      settings: {
        ...settings,
        days: [1, 3],
        include: ['reinforcement learning', 'cs.RO'],
        minVotes: 10,
      },
    });
    expect(other).toMatchObject({
      id: 'weekly',
      settings: { period: 'week', exclude: ['survey', 'world models'] },
    });
  });

  it.each([
    ['{', /^FEEDS_FILE feeds\.json is not valid JSON: /],
    ['{}', /^FEEDS_FILE feeds\.json must contain a list of feeds/],
    ['[3]', /entry 1: it /],
    [[{ ...channel }, { platform: 'discord', workspace: '1' }], /entry 2: channel is missing\./],
    [
      [{ ...channel, zone: 'Europe/Berln' }],
      /entry 1 \(2\): “Europe\/Berln” is not a time zone\. Did you mean Europe\/Berlin\?/,
    ],
    [[{ ...channel, count: 11 }], /entry 1: count must be a whole number from 1 to 10\./],
    [[{ ...channel, thin: 'maybe' }], /entry 1: thin must be one of fewer, wait, skip\./],
    [[{ ...channel, tiem: '9' }], /entry 1: unknown option tiem\. Available: .*time/],
    [[{ ...channel, feed: 'b' }], /entry 1: feed must be 3 to 20 lower-case letters/],
    [
      [
        { ...channel, feed: 'one' },
        { ...channel, feed: 'one' },
      ],
      /entry 2: this channel already has a feed one/,
    ],
    [[{ ...channel, channel: 7 }], /entry 1: channel must be a string\./],
  ])('%j is refused with the entry and the fix', (entries, sentence) => {
    const text = typeof entries === 'string' ? entries : JSON.stringify(entries);
    expect(() => parseFeedsFile(text, 'feeds.json', 'UTC')).toThrow(UserError);
    expect(() => parseFeedsFile(text, 'feeds.json', 'UTC')).toThrow(sentence);
  });

  it('the feeds file is loaded at the start, and its feeds are removed without it', async () => {
    const taken: (readonly FileFeed[])[] = [];
    const feeds = { replaceFileFeeds: async (all: readonly FileFeed[]) => void taken.push(all) };
    const feedsFile = join(temporaryFolder(), 'feeds.json');
    await loadFeedsFile({ feedsFile: undefined, defaultZone: 'UTC' }, feeds);
    await expect(loadFeedsFile({ feedsFile, defaultZone: 'UTC' }, feeds)).rejects.toThrow(
      /cannot be read \(ENOENT\)\. Check the path/,
    );
    writeFileSync(feedsFile, JSON.stringify([channel]));
    await loadFeedsFile({ feedsFile, defaultZone: 'UTC' }, feeds);
    expect(taken.map((all) => all.map(({ settings }) => settings.zone))).toEqual([[], ['UTC']]);
  });
});
