import { describe, expect, it } from 'vitest';
import type { ChannelRef } from '../../../src/chat/refs.ts';
import { sampleFeed } from '../../support/feeds.ts';
import { GRACE, openHarness } from '../harness.ts';

const AT = '2026-05-29T12:00:00.000Z';
const { settings } = sampleFeed();

async function openFeeds(targets: readonly ChannelRef[]) {
  const harness = await openHarness();
  for (const channel of targets) await harness.feeds.follow({ channel, settings, manager: 'grace', at: AT });
  /** @param from without a channel where it is asked from none, as in Slack's App Home */
  return async ({ channel, ...from }: { platform: string; workspace: string; channel?: ChannelRef }) => {
    const { channel: _, ...person } = GRACE;
    const caller = { ...person, ...from, ...(channel && { channel }) };
    const { card } = await harness.request({ line: '/papers feeds', caller });
    return card.title ?? 'none';
  };
}

describe('/papers feeds', () => {
  const lab = { platform: 'slack', workspace: 'T1', channel: 'C0LAB' };
  const { channel: _, ...here } = lab;

  it('/papers feeds lists the feeds of the caller’s workspace, inside or outside a channel', async () => {
    const told = await openFeeds([lab, { ...lab, channel: 'C0READING' }]);
    expect(await told({ ...here, channel: lab })).toBe('2 feeds here');
    expect(await told(here)).toBe('2 feeds here');
  });

  it('/papers feeds lists no feed of another workspace or platform', async () => {
    const told = await openFeeds([lab]);
    expect(await told({ ...here, workspace: 'T2' })).toBe('none');
    expect(await told({ ...here, platform: 'discord' })).toBe('none');
  });
});
