import { describe, expect, it } from 'vitest';
import type { ChannelRef } from '../../../src/chat/refs.ts';
import { sampleFeed } from '../../support/feeds.ts';
import { GRACE, openHarness } from '../harness.ts';

const AT = '2026-05-29T12:00:00.000Z';
const { settings } = sampleFeed();

async function openFeeds(targets: readonly ChannelRef[]) {
  const room = await openHarness();
  for (const channel of targets) await room.feeds.follow({ channel, settings, manager: 'grace', at: AT });
  /** How many feeds somebody there is told of. @param channel absent where it was asked from nowhere, as in App Home */
  return async (channel: ChannelRef | undefined, platform = 'slack', workspace = 'T1') => {
    const { channel: _, ...person } = GRACE;
    const caller = { ...person, platform, workspace, ...(channel && { channel }) };
    const { card } = await room.request({ line: '/papers feeds', caller });
    return card.title ?? 'none';
  };
}

describe('feeds in direct messages', () => {
  it('feeds in Slack direct messages are listed only there', async () => {
    const lab = { platform: 'slack', workspace: 'T1', channel: 'C0LAB' };
    const mine = { ...lab, channel: 'D0MINE' };
    const told = await openFeeds([lab, mine, { ...lab, channel: 'D0OTHER' }]);
    expect(await told(undefined)).toBe('1 feed here');
    expect(await told(lab)).toBe('1 feed here');
    expect(await told(mine)).toBe('2 feeds here');
    expect(await told({ ...mine, channel: 'D0NOBODY' })).toBe('1 feed here');
  });

  it('feeds in Discord direct messages are listed only there', async () => {
    const mine = { platform: 'discord', workspace: '@me', channel: '71' };
    const told = await openFeeds([mine]);
    expect(await told(mine, 'discord', 'discord')).toBe('1 feed here');
    expect(await told({ ...mine, channel: '72' }, 'discord', 'discord')).toBe('none');
  });

  it('other platforms have no direct messages by the first letter of a channel', async () => {
    const lab = { platform: 'terminal', workspace: 'local', channel: 'Deep' };
    const told = await openFeeds([lab]);
    expect(await told({ ...lab, channel: 'lab' }, 'terminal', 'local')).toBe('1 feed here');
  });
});
