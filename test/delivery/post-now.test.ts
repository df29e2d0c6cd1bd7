import { describe, expect, it } from 'vitest';
import { slotOf } from '../../src/delivery/planning/slots.ts';
import { openPostNow } from '../../src/delivery/post-now.ts';
import { type Fault, openFakePlatform } from '../fakes/memory/fake-port.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { sampleFeed } from '../support/feeds.ts';
import { listedPapers } from '../support/papers.ts';
import { openProgram } from '../support/program.ts';

const FRIDAY = '2026-05-29';
const channel = { platform: 'fake', workspace: 'lab', channel: 'papers' };
const feed = sampleFeed({ count: 2 }, { channel });
const FIRST = ['2605.10001', '2605.10002'];
const NEXT = ['2605.10003', '2605.10004'];

/** Ten to nine in Berlin, ten minutes before the day's list is due. */
async function open(fault?: Fault) {
  const clock = fakeClock(`${FRIDAY}T06:50:00Z`);
  const program = openProgram(await openTestDatabase(), clock);
  const { papers, digestComposer, posted } = program;
  await papers.importBatch(listedPapers(FRIDAY, 9), { source: 'hugging-face', at: `${FRIDAY}T06:00:00Z` });
  const platform = openFakePlatform({ clock, fault: () => fault });
  const port = platform.connect();
  const ask = openPostNow({ digestComposer, posted, portOf: () => port, clock });

  async function postNow() {
    const outcome = ask(feed);
    await clock.advance(60_000);
    return outcome;
  }
  /** Papers of the list that is due today. */
  async function todays() {
    const composed = await digestComposer.compose(feed, slotOf(feed, FRIDAY, false), clock.now(), true);
    return composed.kind === 'ready' ? composed.digest.posted : composed.reason;
  }
  return { ...program, clock, platform, port, ask, postNow, todays };
}

describe('an extra digest', () => {
  it('an extra digest counts as posted: the day’s list has other papers', async () => {
    const { postNow, platform, todays } = await open();
    expect(await postNow()).toEqual({ kind: 'posted', papers: 2 });
    expect(platform.messages).toHaveLength(3);
    expect(await todays()).toEqual(NEXT);
  });

  for (const fault of ['refuse', 'forbid', 'rate-limit', 'rate-limit-everywhere'] as const) {
    it(`an extra digest that was certainly not posted leaves its papers to the list for the day (${fault})`, async () => {
      const { postNow, platform, todays } = await open(fault);
      expect(await postNow()).toMatchObject({ kind: 'failed' });
      expect(platform.messages).toEqual([]);
      expect(await todays()).toEqual(FIRST);
    });
  }

  for (const fault of ['lose-answer', 'lose-request', 'error-after', 'slow'] as const) {
    it(`an extra digest that may have been posted counts as posted (${fault})`, async () => {
      const { postNow, todays } = await open(fault);
      expect(await postNow()).toMatchObject({ kind: 'failed' });
      expect(await todays()).toEqual(NEXT);
    });
  }

  it('an extra digest whose list was posted counts as posted, even if its thread fails', async () => {
    for (const refused of ['openThread', 'post'] as const) {
      const { postNow, platform, todays } = await open();
      platform.fault = (operation) =>
        platform.messages.length > 0 && operation === refused ? 'forbid' : undefined;
      expect(await postNow()).toMatchObject({ kind: 'failed' });
      expect(platform.messages).toHaveLength(1);
      expect(await todays()).toEqual(NEXT);
    }
  });

  it('an extra digest counts as posted during its request, so that no crash can post its papers twice', async () => {
    const { ask, clock, platform, posted } = await open();
    const outcome = ask(feed);
    await clock.advance(0);
    expect(platform.messages).toEqual([]);
    expect((await posted.before(channel, FIRST)).map(({ paper }) => paper)).toEqual(FIRST);
    await clock.advance(60_000);
    await outcome;
  });

  it('an extra digest still counts as posted if a second request for it is rejected', async () => {
    const { postNow, platform, todays } = await open();
    await postNow();
    platform.fault = () => 'forbid';
    expect(await postNow()).toMatchObject({ kind: 'failed' });
    expect(await todays()).toEqual(NEXT);
  });

  it('two requests for an extra digest at the same time post it once', async () => {
    const { ask, clock, platform } = await open();
    const outcomes = Promise.all([ask(feed), ask(feed)]);
    await clock.advance(60_000);
    expect(await outcomes).toEqual([
      { kind: 'posted', papers: 2 },
      { kind: 'posted', papers: 2 },
    ]);
    expect(platform.requests).toHaveLength(4);
  });
});
