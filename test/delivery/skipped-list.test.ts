/** Papers count as posted from when their list is fixed, and no longer once it is skipped. */
import { describe, expect, it } from 'vitest';
import { startDelivery } from '../../src/delivery/engine.ts';
import { openLedger } from '../../src/delivery/ledger/ledger-store.ts';
import { slotOf } from '../../src/delivery/planning/slots.ts';
import { CATCH_UP_MS } from '../../src/delivery/timing.ts';
import { type Fault, openFakePlatform } from '../fakes/memory/fake-port.ts';
import { openTestDatabase } from '../support/database.ts';
import { aFeed, engineOptions, holdFeeds } from '../support/delivery.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { listedPapers } from '../support/papers.ts';
import { openProgram } from '../support/program.ts';

const FRIDAY = '2026-05-29';
const MINUTE = 60_000;
const PAPERS = ['2605.10001', '2605.10002'];

async function open() {
  const clock = fakeClock(`${FRIDAY}T08:59:30Z`);
  const connection = await openTestDatabase();
  const { papers, digestComposer, posted } = openProgram(connection, clock);
  await papers.importBatch(listedPapers(FRIDAY, 2), { source: 'hugging-face', at: `${FRIDAY}T06:00:00Z` });
  const feed = aFeed('papers');
  const ledger = openLedger(connection);
  const state: { fault: Fault | undefined } = { fault: undefined };
  const platform = openFakePlatform({ clock, fault: () => state.fault });
  const engine = await startDelivery(
    engineOptions({ clock, ledger, feeds: holdFeeds([feed]), platform, digestSource: digestComposer }),
  );
  async function pass(ms: number) {
    for (let passed = 0; passed < ms; passed += MINUTE) {
      void engine.tick();
      await clock.advance(MINUTE);
    }
  }
  const counted = async () => (await posted.before(feed.channel, PAPERS)).map(({ paper }) => paper);
  const stateOfRoot = async () => (await ledger.list({}, 10)).find(({ kind }) => kind === 'root')?.state;
  /** Papers that the feed would post if the same list came up in a later slot. */
  async function later() {
    const composed = await digestComposer.compose(feed, slotOf(feed, FRIDAY, true), clock.now(), true);
    return composed.kind === 'ready' ? composed.digest.posted : composed.reason;
  }
  return {
    clock,
    connection,
    digestComposer,
    feed,
    ledger,
    pass,
    posted,
    platform,
    state,
    counted,
    stateOfRoot,
    later,
  };
}

describe('the papers of a list', () => {
  it('that was posted count as posted', async () => {
    const { pass, counted, stateOfRoot } = await open();
    await pass(60 * MINUTE);
    expect(await stateOfRoot()).toBe('done');
    expect(await counted()).toEqual(PAPERS);
  });

  it('that is composed and not fixed in the ledger do not count as posted', async () => {
    const { digestComposer, feed, clock, counted } = await open();
    await digestComposer.compose(feed, slotOf(feed, FRIDAY, false), clock.now(), true);
    expect(await counted()).toEqual([]);
  });

  it('that waits for the platform count as posted until the list is skipped as too late', async () => {
    const { pass, state, counted, stateOfRoot, later } = await open();
    state.fault = 'refuse';
    await pass(30 * MINUTE);
    expect(await counted()).toEqual(PAPERS);
    await pass(CATCH_UP_MS);
    expect(await stateOfRoot()).toBe('skipped');
    expect(await counted()).toEqual([]);
    expect(await later()).toEqual(PAPERS);
  });

  it('that the channel refuses for good do not count as posted', async () => {
    const { pass, state, counted, stateOfRoot } = await open();
    state.fault = 'forbid';
    await pass(120 * MINUTE);
    expect(await stateOfRoot()).toBe('disabled');
    expect(await counted()).toEqual([]);
  });

  it('that may stand in the channel go on counting as posted', async () => {
    const { pass, state, counted } = await open();
    state.fault = 'lose-answer';
    await pass(2 * MINUTE);
    expect(await counted()).toEqual(PAPERS);
  });

  it('that a clock ahead of its time fixed do not count once the clock is right', async () => {
    const { ledger, feed, counted } = await open();
    const due = Date.parse('2026-06-05T09:00:00Z');
    await ledger.plan([{ channel: feed.channel, feed: feed.id, day: '2026-06-05', due }], due);
    const [row] = await ledger.due({ platform: 'fake', owner: 'test', limit: 10, except: [] }, due);
    const digest = { title: '', root: { tone: 'plain' as const, blocks: [] }, papers: [], posted: PAPERS };
    await ledger.freeze(row?.id ?? 0, feed, digest);
    expect(await counted()).toEqual(PAPERS);
    await ledger.rewind(Date.parse(`${FRIDAY}T09:00:00Z`));
    expect(await counted()).toEqual([]);
  });
});
