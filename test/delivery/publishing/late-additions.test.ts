import { describe, expect, it } from 'vitest';
import { type DeliveryEngine, startDelivery } from '../../../src/delivery/engine.ts';
import { openLedger } from '../../../src/delivery/ledger/ledger-store.ts';
import { slotOf } from '../../../src/delivery/planning/slots.ts';
import type { FeedSettings } from '../../../src/feeds/feed.ts';
import { openFakePlatform } from '../../fakes/memory/fake-port.ts';
import { openTestDatabase } from '../../support/database.ts';
import { aFeed, engineOptions, holdFeeds } from '../../support/delivery.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { openProgram } from '../../support/program.ts';

const FRIDAY = '2026-05-29';
const HOUR = 3_600_000;
const RISER = '2605.00001';
const rising = samplePaper({
  id: RISER,
  votes: 300,
  appearances: [{ day: FRIDAY, rank: 10, votes: 300, comments: 0 }],
});

async function pass(clock: FakeClock, engine: DeliveryEngine, ms: number) {
  for (let passed = 0; passed < ms; passed += 60_000) {
    void engine.tick();
    await clock.advance(60_000);
  }
}

/** The day's list was posted at 09:00, and a paper has risen since. */
async function open(settings: Partial<FeedSettings> = {}, refusesThreads = false) {
  const clock = fakeClock(`${FRIDAY}T08:59:30Z`);
  const connection = await openTestDatabase();
  const { papers, digestComposer, posted } = openProgram(connection, clock);
  await papers.importBatch(listedPapers(FRIDAY, 9), { source: 'hugging-face', at: `${FRIDAY}T06:00:00Z` });
  const feed = aFeed('papers', settings);
  const ledger = openLedger(connection);
  const platform = openFakePlatform({
    clock,
    fault: (operation) => (refusesThreads && operation === 'openThread' ? 'forbid' : undefined),
  });
  const test = { clock, ledger, feeds: holdFeeds([feed]), platform, digestSource: digestComposer };
  const options = engineOptions(test);
  const engine = await startDelivery(options);
  await pass(clock, engine, HOUR);
  await papers.importBatch([rising], { source: 'hugging-face', at: clock.now().toISOString() });

  /** The papers that another feed of the channel would post from the same list. */
  async function another() {
    const other = aFeed('papers', { count: 9 }, { id: 'other' });
    const composed = await digestComposer.compose(other, slotOf(other, FRIDAY, false), clock.now(), true);
    return composed.kind === 'ready' ? composed.digest.posted : [];
  }
  const replies = () =>
    platform.messages.filter(
      ({ channel, card }) => channel.startsWith('thread') && JSON.stringify(card).includes(RISER),
    ).length;
  const counted = async () => (await posted.before(feed.channel, [RISER])).map(({ day }) => day);
  return { clock, engine, platform, options, ledger, posted, feed, another, replies, counted };
}

describe('late additions', () => {
  it('a late addition is posted as a reply once, and no other feed of the channel posts it', async () => {
    const { clock, engine, replies, counted, another } = await open();
    await pass(clock, engine, 24 * HOUR);
    expect(replies()).toBe(1);
    expect(await counted()).toEqual([FRIDAY]);
    expect(await another()).not.toContain(RISER);
  });

  for (const [name, style, refusesThreads] of [
    ['in one message', 'single', false],
    ['whose thread was refused', 'thread', true],
  ] as const) {
    it(`a late addition is left to other feeds by a list ${name}`, async () => {
      const { clock, engine, platform, counted, another } = await open({ style }, refusesThreads);
      await pass(clock, engine, 24 * HOUR);
      expect(platform.messages).toHaveLength(1);
      expect(await counted()).toEqual([]);
      expect(await another()).toContain(RISER);
    });
  }

  it('a late addition is posted in a later round if the list could not be updated', async () => {
    const { clock, engine, platform, replies, counted } = await open();
    let refused = 0;
    platform.fault = (operation) => (operation === 'update' && refused++ === 0 ? 'rate-limit' : undefined);
    await pass(clock, engine, 5 * HOUR);
    expect([refused, replies(), await counted()]).toEqual([1, 0, []]);
    await pass(clock, engine, 24 * HOUR);
    expect([replies(), await counted()]).toEqual([1, [FRIDAY]]);
  });

  it('a late addition is not posted in a list that was removed, which gets only one request', async () => {
    const { clock, engine, platform, counted } = await open();
    platform.messages.length = 0;
    await pass(clock, engine, 24 * HOUR);
    expect(platform.requests.filter(({ operation }) => operation === 'update')).toHaveLength(1);
    expect(await counted()).toEqual([]);
  });

  it('a late addition is posted once after a crash between the update and its reply', async () => {
    const { clock, engine, options, ledger, replies } = await open();
    await engine.stop();
    const dying = { ...ledger, refreshed: () => Promise.reject(new Error('the process ends here')) };
    const first = await startDelivery({ ...options, ledger: dying });
    await pass(clock, first, 5 * HOUR);
    await first.stop();
    expect(replies()).toBe(0);
    const second = await startDelivery(options);
    await pass(clock, second, 24 * HOUR);
    expect(replies()).toBe(1);
  });

  it('a late addition is not posted if another feed of the channel has posted it', async () => {
    const { clock, engine, options, posted, feed, ledger, replies } = await open();
    await engine.stop();
    const other = aFeed('papers', {}, { id: 'other' });
    const racing: typeof ledger = {
      ...ledger,
      async refreshed(...args) {
        await posted.record(other, slotOf(other, FRIDAY, false), [RISER]);
        return ledger.refreshed(...args);
      },
    };
    const again = await startDelivery({ ...options, ledger: racing });
    await pass(clock, again, 24 * HOUR);
    expect(replies()).toBe(0);
    expect((await posted.before(feed.channel, [RISER])).map((post) => post.feed)).toEqual(['other']);
  });
});
