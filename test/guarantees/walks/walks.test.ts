/**
 * Three requests that `docs/architecture.md` follows through the code pass through few files. These are the
 * files with a function that runs, except foundations, connections to a platform, and helpers that use only
 * foundations.
 */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDigestComposer } from '../../../src/delivery/digests/composer.ts';
import { openListRanking } from '../../../src/delivery/digests/list-ranking.ts';
import { openListReader } from '../../../src/delivery/digests/list-reader.ts';
import { startDelivery } from '../../../src/delivery/engine.ts';
import { openLedger } from '../../../src/delivery/ledger/ledger-store.ts';
import { openPostedStore } from '../../../src/delivery/ledger/posted-store.ts';
import { openLearnedLists } from '../../../src/learning/learned-lists-store.ts';
import { openSummaryService } from '../../../src/summary/summary-service.ts';
import { openTrendingService } from '../../../src/trending/trending-store.ts';
import { openFakePlatform } from '../../fakes/memory/fake-port.ts';
import { openFrame as openDiscord } from '../../platforms/discord/harness.ts';
import { openFrame as openSlack } from '../../platforms/slack/harness.ts';
import { aFeed, engineOptions, holdFeeds } from '../../support/delivery.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FOUNDATION = /^src\/(?:base|chat|resilience|text|time|workers|platforms\/\w+\/connection)\//;
const IMPORT = /^import (?!type)[^;]*? from '(\.[^']+)'/gm;

function isHelper(path: string): boolean {
  const specifiers = readFileSync(join(ROOT, path), 'utf8').matchAll(IMPORT);
  return Array.from(specifiers, ([, to = '']) => join(dirname(path), to)).every((to) => FOUNDATION.test(to));
}

/** Files with a named function that runs during the walk. */
async function filesOf(walk: () => Promise<unknown>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.post('Profiler.takePreciseCoverage');
  await walk();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  const prefix = pathToFileURL(`${ROOT}/`).href;
  return result
    .filter(({ functions }) =>
      functions.some(({ functionName, ranges: [range] }) => functionName !== '' && (range?.count ?? 0) > 0),
    )
    .map(({ url }) => url.replace(prefix, '').replace(`${ROOT}/`, ''))
    .filter((path) => /^(?:src|commands)\//.test(path) && !FOUNDATION.test(path) && !isHelper(path));
}

describe('the walk of', () => {
  it('a search typed in Discord passes through at most 35 files', async () => {
    const { channel, ada } = await openDiscord();
    const search = (query: string) => ada.command(channel, 'papers', 'search', { query }).answered;
    await search('routing');
    const files = await filesOf(() => search('mixture of experts'));
    expect(files).toContain('src/search/search-service.ts');
    expect(files.length, files.join('\n')).toBeLessThanOrEqual(35);
  });

  it('a daily thread to Slack passes through at most 35 files', async () => {
    const { chat, channel, channelRef, connection } = await openSlack();
    const clock = fakeClock('2026-05-28T08:59:45Z');
    const trending = openTrendingService(connection, clock);
    const posted = openPostedStore(connection);
    const digestSource = openDigestComposer({
      lists: openListReader({ trending, clock, teamOf: () => ({ team: 'lab' }) }),
      ranking: openListRanking(openLearnedLists(connection)),
      posted,
      summary: openSummaryService(undefined),
      channels: { visibleTo: async (_audience, channels) => [...channels] },
      saveEmojiOf: () => 'bookmark',
    });
    const engine = await startDelivery({
      ...engineOptions({
        clock,
        ledger: openLedger(connection),
        feeds: holdFeeds([aFeed(channel.id, {}, { channel: channelRef })]),
        platform: openFakePlatform({ clock }),
        digestSource,
      }),
      ports: [chat],
    });
    await clock.advance(15_000);
    const files = await filesOf(async () => {
      void engine.tick();
      await expect
        .poll(async () => {
          // In small steps: the watchdog, which wakes each minute, is not on the way.
          await clock.advance(500);
          return channel.messages.length;
        })
        .toBeGreaterThan(1);
    });
    expect(files).toContain('src/delivery/publishing/deliver.ts');
    expect(files.length, files.join('\n')).toBeLessThanOrEqual(35);
    await engine.stop();
  });

  it('a reaction to a saved row passes through at most 12 files', async () => {
    const { channel, ada, savedBy } = await openDiscord();
    const list = await ada.command(channel, 'papers', 'trending').answered;
    const card = await ada.command(channel, 'papers', 'show', { paper: '2605.00001' }).answered;
    // The first save ever is followed by a direct message.
    ada.react(list, '2️⃣');
    await expect.poll(() => ada.dm().messages).toHaveLength(1);
    const files = await filesOf(async () => {
      ada.react(card, '🔖');
      await expect.poll(() => savedBy(ada.id)).toContain('2605.00001');
    });
    expect(files).toContain('src/messages/message-store.ts');
    expect(files.length, files.join('\n')).toBeLessThanOrEqual(12);
  });
});
