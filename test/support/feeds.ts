/** A feed for tests. Each test overrides the fields it is about. */
import type { Feed, FeedSettings } from '../../src/feeds/feed.ts';
import { defaultSettings } from '../../src/feeds/options/feed-options.ts';

export const LAB = { platform: 'terminal', workspace: 'local', channel: 'lab' };

export function sampleFeed(settings: Partial<FeedSettings> = {}, facts: Partial<Feed> = {}): Feed {
  return {
    id: 'a',
    channel: LAB,
    settings: { ...defaultSettings('Europe/Berlin'), ...settings },
    manager: 'grace',
    from: 'command',
    createdAt: '2026-05-01T00:00:00Z',
    ...facts,
  };
}
