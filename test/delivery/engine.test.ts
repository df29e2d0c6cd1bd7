import { describe, expect, it } from 'vitest';
import { sentence } from '../../src/chat/card.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import type { PostingPort } from '../../src/chat/port.ts';
import type { ChannelRef } from '../../src/chat/refs.ts';
import { type DeliveryEngine, startDelivery } from '../../src/delivery/engine.ts';
import type { DigestSource } from '../../src/delivery/ledger/digest.ts';
import type { Ledger } from '../../src/delivery/ledger/ledger.ts';
import { openLedger } from '../../src/delivery/ledger/ledger-store.ts';
import type { Feed } from '../../src/feeds/feed.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { type FakePlatformOptions, type Fault, openFakePlatform } from '../fakes/memory/fake-port.ts';
import { openTestDatabase } from '../support/database.ts';
import { aDigest, aFeed, engineOptions, holdFeeds, someFeeds, type TestEngine } from '../support/delivery.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { samplePaper } from '../support/papers.ts';

async function openTrainer(
  feeds: Feed[],
  more: Partial<Omit<TestEngine, 'clock'>> = {},
  there: Partial<FakePlatformOptions> = {},
) {
  const clock = fakeClock('2026-05-28T08:59:45Z');
  const ledger = openLedger(await openTestDatabase());
  const test = {
    clock,
    ledger,
    feeds: holdFeeds(feeds),
    platform: openFakePlatform({ clock, ...there }),
    ...more,
  };
  return { ...test, engine: await startDelivery(engineOptions(test)) };
}

/** Ticks each half minute of so much time, or less often. */
async function pass(clock: FakeClock, engine: DeliveryEngine, ms: number, everyMs = 30_000) {
  for (let passed = 0; passed < ms; passed += everyMs) {
    await clock.advance(Math.min(everyMs, ms - passed));
    void engine.tick();
  }
  await clock.advance(0);
}

const MINUTE = 60_000;
const PLACES = process.env['TEST_FAULTS'] === undefined ? 700 : 5_000;

describe('due lists', () => {
  it('posts all roots first, then opens threads and posts their papers in order', async () => {
    const { clock, engine, platform } = await openTrainer(someFeeds(4, 2));
    await pass(clock, engine, 5 * MINUTE);
    const kinds = platform.messages.map(({ channel }) => (channel.startsWith('thread') ? 'paper' : 'root'));
    expect(kinds).toEqual([...Array(4).fill('root'), ...Array(8).fill('paper')]);
    const thread = platform.messages.filter(({ channel }) => channel === 'thread-of-m1');
    expect(thread.map(({ card }) => card.blocks)).toMatchObject([
      [{ text: ['about 2026-05-28.1'] }],
      [{ text: ['about 2026-05-28.2'] }],
    ]);
    expect((await engine.figures()).byState).toEqual({ done: 12 });
  });

  it('a list is posted once, however often the clock ticks, and again the next day', async () => {
    const { clock, engine, platform } = await openTrainer(someFeeds(1, 1));
    await pass(clock, engine, 60 * MINUTE);
    expect(platform.messages).toHaveLength(3);
    await pass(clock, engine, 24 * 60 * MINUTE);
    expect(platform.messages).toHaveLength(6);
  });
});

describe('after a crash', () => {
  it('after a crash, an ambiguous row that has to wait does not delay other rows', async () => {
    const feeds = someFeeds(101, 101);
    const clock = fakeClock('2026-05-28T09:00:30Z');
    const ledger = openLedger(await openTestDatabase());
    const now = clock.now().getTime();
    const slots = feeds.map(({ channel: channelRef, id }) => ({
      channel: channelRef,
      feed: id,
      day: '2026-05-28',
      due: now - 30_000,
    }));
    await ledger.plan(slots, now);
    const [last, ...others] = (
      await ledger.due({ platform: 'fake', owner: 'test', limit: 101, except: [] }, now)
    ).toReversed();
    for (const { id } of others) {
      await ledger.freeze(id, aFeed('c'), aDigest(aFeed('c'), '2026-05-28'));
      await ledger.claim(id, 'the one that died', now);
    }
    const platform = openFakePlatform({ clock, nonceWindowMs: 0 });
    const engine = await startDelivery(engineOptions({ clock, ledger, feeds: holdFeeds(feeds), platform }));
    void engine.tick();
    await clock.advance(500);
    // Its root and both papers, in half a second of a hundred turns' two and a half.
    expect(platform.messages.map(({ channel }) => channel)).toEqual([
      last?.channel.channel,
      'thread-of-m1',
      'thread-of-m1',
    ]);
    await engine.stop();
  });
});

describe('a list that is not full yet', () => {
  const waiting = (more: object): DigestSource => ({
    async compose(feed, slot, _now, lastChance) {
      if (!lastChance) return { kind: 'wait', reason: 'the list is short', ...more };
      return { kind: 'ready', digest: aDigest(feed, slot.day, 1) };
    },
  });

  it('a list that is not full yet is composed again every few minutes, posted at the last chance, and does not count as late', async () => {
    const alerts: string[] = [];
    const { clock, engine, platform } = await openTrainer(someFeeds(1, 1), {
      digestSource: waiting({}),
      alerts: { raise: async (what) => void alerts.push(what) },
    });
    await pass(clock, engine, 170 * MINUTE);
    expect([platform.messages.length, alerts]).toEqual([0, []]);
    await pass(clock, engine, 20 * MINUTE);
    expect([platform.messages.length, alerts]).toEqual([2, []]);
  });

  it('a list whose source does not respond counts as late, with one alert', async () => {
    const alerts: string[] = [];
    const { clock, engine } = await openTrainer(someFeeds(3, 1), {
      digestSource: waiting({ outage: true }),
      alerts: { raise: async (what) => void alerts.push(what) },
    });
    await pass(clock, engine, 14 * MINUTE);
    expect(alerts).toEqual([]);
    await pass(clock, engine, 60 * MINUTE);
    expect(alerts).toEqual([
      'Deliveries are late: fake c0, feed daily, 2026-05-28 (the list is short). To see all of them: paperboy deliveries',
    ]);
  });

  it('a list without papers is not posted, and the ledger has the reason', async () => {
    const digestSource: DigestSource = { compose: async () => ({ kind: 'skip', reason: 'nothing new' }) };
    const { clock, engine, platform, ledger, feeds } = await openTrainer(someFeeds(1, 1), { digestSource });
    await pass(clock, engine, 10 * MINUTE);
    expect(platform.requests).toEqual([]);
    const [channelRef] = (await feeds.all()).map((feed) => feed.channel);
    expect(await ledger.list({ channel: channelRef as ChannelRef }, 5)).toMatchObject([
      { state: 'skipped', reason: 'nothing new' },
    ]);
  });
});

describe('channels that reject posts', () => {
  it('channels that reject posts open the breaker long before 1,000 requests, and are disabled once, with one message to each manager', {
    timeout: 600_000,
  }, async () => {
    const feeds = someFeeds(PLACES, PLACES);
    const alerts: string[] = [];
    const { clock, engine, platform } = await openTrainer(feeds, {
      alerts: { raise: async (what) => void alerts.push(what) },
    });
    platform.fault = (operation) => (operation === 'tell' ? undefined : 'forbid');
    await pass(clock, engine, 5 * 60 * MINUTE);
    const refused = platform.requests.filter((request) => request.refused).map(({ at }) => at);
    const inTenMinutes = refused.map(
      (at) => refused.filter((other) => other >= at && other < at + 10 * MINUTE).length,
    );
    expect(Math.max(...inTenMinutes)).toBeLessThan(600);
    expect(alerts.filter((what) => what.includes('rejected'))).not.toEqual([]);
    expect(platform.told).toHaveLength(PLACES);
    expect((await engine.figures()).byState).toEqual({ disabled: PLACES, skipped: 2 * PLACES });
    const before = platform.requests.length;
    await pass(clock, engine, 24 * 60 * MINUTE);
    expect(platform.requests.length).toBe(before);
  });

  it('a channel that rejects a post once gets a second attempt', async () => {
    const { clock, engine, platform } = await openTrainer(someFeeds(1, 1));
    const faults: Fault[] = ['forbid'];
    platform.fault = () => faults.shift();
    await pass(clock, engine, 20 * MINUTE);
    expect([platform.messages.length, platform.told]).toEqual([3, []]);
  });

  it('a root stays posted when only its thread is rejected', async () => {
    const { clock, engine, platform } = await openTrainer(someFeeds(1, 1));
    platform.fault = (operation) => (operation === 'openThread' ? 'forbid' : undefined);
    await pass(clock, engine, 30 * MINUTE);
    expect(platform.messages).toHaveLength(1);
    expect((await engine.figures()).byState).toEqual({ done: 1, skipped: 2 });
  });
});

describe('permanent failures', () => {
  it('a list that was removed before its thread opened gets no more requests, and raises no alert', async () => {
    const alerts: string[] = [];
    const { clock, engine, platform, feeds } = await openTrainer(someFeeds(1, 1), {
      alerts: { raise: async (what) => void alerts.push(what) },
    });
    platform.fault = (operation) => {
      if (operation === 'openThread') platform.messages.length = 0;
      return undefined;
    };
    await pass(clock, engine, 3 * 60 * MINUTE);
    const asked = platform.requests.filter(({ operation }) => operation === 'openThread');
    expect(asked).toHaveLength(1);
    expect((await engine.figures()).byState).toEqual({ done: 1, skipped: 2 });
    expect([alerts, platform.told]).toEqual([[], []]);
    expect(await feeds.all()).not.toMatchObject([{ disabled: expect.anything() }]);
  });

  it('a list whose words a filter rejects ends alone: the next day’s list is posted', async () => {
    const { clock, engine, platform } = await openTrainer(someFeeds(1, 1, { style: 'single' }));
    platform.fault = () => 'block';
    await pass(clock, engine, 60 * MINUTE);
    expect(platform.requests.filter(({ operation }) => operation === 'post')).toHaveLength(1);
    expect((await engine.figures()).byState).toEqual({ skipped: 1 });
    platform.fault = () => undefined;
    await pass(clock, engine, 24 * 60 * MINUTE);
    expect(platform.messages).toHaveLength(1);
  });

  it('a thread that is gone ends all its papers with one request', async () => {
    const { clock, engine, platform } = await openTrainer(someFeeds(1, 1, { count: 9 }));
    platform.fault = (_, { channel }) => (channel.startsWith('thread') ? 'vanish' : undefined);
    await pass(clock, engine, 60 * MINUTE);
    expect(platform.requests.filter(({ refused }) => refused)).toHaveLength(1);
    expect((await engine.figures()).byState).toEqual({ done: 1, skipped: 9 });
  });
});

describe('deadlines of deliveries', () => {
  const HOUR = 60 * MINUTE;

  it('a thread that cannot be opened is given up after half a day', async () => {
    const { clock, engine, platform, ledger } = await openTrainer([aFeed('c', { days: [4] })]);
    platform.fault = (operation) => (operation === 'openThread' ? 'refuse' : undefined);
    await pass(clock, engine, 13 * HOUR, 5 * MINUTE);
    const before = platform.requests.length;
    await pass(clock, engine, 24 * HOUR, 5 * MINUTE);
    expect(platform.requests.length).toBe(before);
    const rows = await ledger.list({}, 5);
    expect(rows.filter(({ kind }) => kind === 'root')).toMatchObject([
      { state: 'done', reason: expect.stringMatching(/could not be opened in time/) },
    ]);
    expect(rows.map(({ state }) => state).toSorted()).toEqual(['done', 'skipped', 'skipped']);
  });

  it('an ambiguous list that cannot be verified needs review after six hours', async () => {
    const { clock, engine, platform, ledger } = await openTrainer(
      [aFeed('c', { days: [4], style: 'single' })],
      {},
      { nonceWindowMs: 0 },
    );
    platform.fault = (operation) => (operation === 'post' ? 'lose-answer' : 'refuse');
    await pass(clock, engine, 7 * HOUR, MINUTE);
    expect(await ledger.list({}, 5)).toMatchObject([{ state: 'parked' }]);
    const before = platform.requests.length;
    await pass(clock, engine, 24 * HOUR, 5 * MINUTE);
    expect(platform.requests.length).toBe(before);
  });

  it('a delivery that needs review is dropped after a week', async () => {
    const { clock, engine, platform, ledger } = await openTrainer(
      [aFeed('c', { days: [4] })],
      {},
      { nonceWindowMs: 0, canFind: false },
    );
    platform.fault = () => 'lose-answer';
    await pass(clock, engine, 6 * 24 * HOUR, 5 * MINUTE);
    expect(await ledger.list({ state: 'parked' }, 5)).toHaveLength(1);
    await pass(clock, engine, 2 * 24 * HOUR, 5 * MINUTE);
    const rows = (await ledger.list({}, 10)).filter(({ day }) => day === '2026-05-28');
    expect(rows.map(({ state }) => state)).toEqual(['skipped', 'skipped', 'skipped']);
  });

  it('rows of a platform that is no longer served end, and raise no alert', async () => {
    const alerts: string[] = [];
    const lab = await openTrainer(someFeeds(2, 1), {
      alerts: { raise: async (what) => void alerts.push(what) },
    });
    let posts = 0;
    lab.platform.fault = (operation) => (operation === 'post' && posts++ === 0 ? undefined : 'refuse');
    await pass(lab.clock, lab.engine, MINUTE);
    await lab.engine.stop();
    const options = engineOptions(lab);
    const without = await startDelivery({ ...options, ports: [] });
    await pass(lab.clock, without, 14 * HOUR, 5 * MINUTE);
    const states = (await lab.ledger.list({}, 20)).map(({ state }) => state);
    expect(states.filter((state) => state !== 'done' && state !== 'skipped')).toEqual([]);
    alerts.length = 0;
    await pass(lab.clock, without, 24 * HOUR, 5 * MINUTE);
    expect(alerts).toEqual([]);
    expect(await lab.ledger.list({}, 1)).toMatchObject([
      { day: '2026-05-29', state: 'skipped', reason: expect.stringMatching(/fake was not configured/) },
    ]);
  });
});

describe('alerts', () => {
  it('alerts report each problem once, and none hides another', async () => {
    const alerts: string[] = [];
    const [first, second] = someFeeds(2, 2, { style: 'single' }) as [Feed, Feed];
    const later = { ...second, settings: { ...second.settings, time: '10:00' } };
    const digestSource: DigestSource = {
      compose: async ({ channel: channelRef }) => ({
        kind: 'wait',
        reason: `no list for ${channelRef.channel}`,
        outage: true,
      }),
    };
    const { clock, engine } = await openTrainer([first, later], {
      digestSource,
      alerts: { raise: async (what) => void alerts.push(what) },
    });
    await pass(clock, engine, 5 * 60 * MINUTE);
    expect(alerts).toEqual([
      'A delivery is late: fake c0, feed daily, 2026-05-28 (no list for c0). To see all of them: paperboy deliveries',
      'A delivery is late: fake c1, feed daily, 2026-05-28 (no list for c1). To see all of them: paperboy deliveries',
    ]);
  });

  it('alerts are not repeated when a problem comes and goes', async () => {
    const alerts: string[] = [];
    const { clock, engine, platform } = await openTrainer(someFeeds(1, 1), {
      alerts: { raise: async (what) => void alerts.push(what) },
    });
    let tries = 0;
    platform.fault = (operation) =>
      operation === 'openThread' ? (tries++ % 2 === 0 ? 'refuse' : 'lose-request') : undefined;
    await pass(clock, engine, 8 * 60 * MINUTE);
    expect(alerts).toHaveLength(1);
  });
});

describe('messages to a manager', () => {
  it('a manager is told which channel gets no more papers by its name, never by its ID', async () => {
    const { clock, engine, platform } = await openTrainer([aFeed('c')]);
    platform.fault = (operation) => (operation === 'post' ? 'forbid' : undefined);
    await pass(clock, engine, 20 * MINUTE);
    expect(platform.told.map(({ card }) => toPlainText(card))).toEqual([
      '#name-of-c no longer gets papers. The bot may not post here. Once that is fixed, continue with /paperfeed resume',
    ]);
  });

  it('a manager is told of a deleted channel without advice, even if its name is unknown', async () => {
    const { clock, engine, platform } = await openTrainer([aFeed('c')], {}, { nameOf: () => undefined });
    platform.fault = (operation) => (operation === 'post' ? 'vanish' : undefined);
    await pass(clock, engine, 20 * MINUTE);
    expect(platform.told.map(({ card }) => toPlainText(card))).toEqual([
      'A channel that followed 2 trending papers every day at 09:00 (UTC) no longer gets papers. It is gone.',
    ]);
  });

  it('a manager is told the name that a channel had when a list was posted, even if nobody knows it now', async () => {
    let isKnown = true;
    const nameOf = () => (isKnown ? '#reading' : undefined);
    const { clock, engine, platform } = await openTrainer([aFeed('c')], {}, { nameOf });
    await pass(clock, engine, 20 * MINUTE);
    isKnown = false;
    platform.fault = (operation) => (operation === 'post' ? 'forbid' : undefined);
    await pass(clock, engine, 25 * 60 * MINUTE, 5 * MINUTE);
    expect(platform.told.map(({ card }) => toPlainText(card))).toEqual([
      expect.stringMatching(/^#reading no longer gets papers\./),
    ]);
  });

  it('a manager is told once that a filter blocks lists, and again if it does so after a list was posted', async () => {
    const { clock, engine, platform } = await openTrainer([aFeed('c', { style: 'single' })]);
    let blocks = true;
    platform.fault = (operation) => (operation === 'post' && blocks ? 'block' : undefined);
    const days = (count: number) => pass(clock, engine, count * 24 * 60 * MINUTE, 5 * MINUTE);
    await days(3);
    expect(platform.told.map(({ card }) => toPlainText(card))).toEqual([
      'A list for #name-of-c was not posted. A filter blocked the message.',
    ]);
    blocks = false;
    await days(1);
    blocks = true;
    await days(2);
    expect(platform.told).toHaveLength(2);
  });
});

describe('two engines on one ledger', () => {
  /** An engine that is stopped after a call until the test lets it go on. */
  async function pausedAt(name: 'claim' | 'post', nonceWindowMs: number) {
    const lab = await openTrainer(someFeeds(1, 1, { style: 'single' }), {}, { nonceWindowMs });
    await lab.engine.stop();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const options = engineOptions(lab);
    const [own] = options.ports as [PostingPort];
    const stale: unknown[] = [];
    const ledger: Ledger = {
      ...lab.ledger,
      claim: async (...args) => {
        const claimed = await lab.ledger.claim(...args);
        if (name === 'claim') await held;
        return claimed;
      },
      posted: async (...args) => note(await lab.ledger.posted(...args)),
      release: async (...args) => note(await lab.ledger.release(...args)),
    };
    const note = (accepted: boolean) => {
      stale.push(accepted);
      return accepted;
    };
    const port: PostingPort = {
      ...own,
      post: async (...args) => {
        const ref = await own.post(...args);
        if (name === 'post') await held;
        return ref;
      },
    };
    const slow = await startDelivery({ ...options, ledger, ports: [port] });
    await pass(lab.clock, slow, MINUTE);
    const other = await startDelivery(engineOptions(lab));
    await pass(lab.clock, other, 10 * MINUTE);
    goOn();
    await pass(lab.clock, slow, 10 * MINUTE);
    return { ...lab, stale };
  }

  for (const name of ['claim', 'post'] as const) {
    for (const nonceWindowMs of [0, 120_000]) {
      it(`an engine suspended after its ${name} for longer than its lease cannot write, and the list is posted once (keys known for ${nonceWindowMs} ms)`, async () => {
        const { platform, stale, engine } = await pausedAt(name, nonceWindowMs);
        expect(platform.messages).toHaveLength(1);
        expect(stale).toEqual([false]);
        expect((await engine.figures()).byState).toEqual({ done: 1 });
      });
    }
  }
});

describe('stopping the engine', () => {
  it('a stop starts no new request, finishes running ones, and leaves the rest to the next start', async () => {
    const lab = await openTrainer(someFeeds(100, 10));
    await pass(lab.clock, lab.engine, 15_000);
    await lab.clock.advance(1_000);
    const stopping = lab.engine.stop();
    const requests = lab.platform.requests.length;
    await lab.clock.advance(1_000);
    await stopping;
    expect(lab.platform.requests.length).toBe(requests);
    expect((await lab.engine.figures()).ambiguous).toBe(0);
    const next = await startDelivery(engineOptions(lab));
    await pass(lab.clock, next, 10 * MINUTE);
    expect(lab.platform.messages).toHaveLength(300);
  });

  it('a stop waits at most 20 seconds for a platform that does not respond', async () => {
    const lab = await openTrainer(someFeeds(3, 1), {}, { latencyMs: () => 10 * MINUTE });
    await pass(lab.clock, lab.engine, MINUTE);
    let stopped = false;
    const stopping = lab.engine.stop().then(() => {
      stopped = true;
    });
    await lab.clock.advance(19_000);
    expect(stopped).toBe(false);
    await lab.clock.advance(1_000);
    await stopping;
  });
});

describe('rate limits', () => {
  it('posts 5,000 roots at one minute within 250 s at 40 requests a second, never more in any second', async () => {
    const feeds = someFeeds(5_000, 500, { style: 'single' });
    const { clock, engine, platform } = await openTrainer(feeds);
    await pass(clock, engine, 4 * MINUTE);
    const times = platform.requests.map(({ at }) => at);
    expect(platform.messages).toHaveLength(5_000);
    const due = Date.parse('2026-05-28T09:00:00Z');
    expect(((times.at(-1) ?? 0) - due) / 1000).toBeLessThan(250);
    const busiest = Math.max(
      ...times.map((at, index) => times.slice(index, index + 60).filter((t) => t < at + 1000).length),
    );
    expect(busiest).toBeLessThanOrEqual(41);
  });

  it('a global rate limit stops all requests, and no post is doubled afterwards', async () => {
    const { clock, engine, platform } = await openTrainer(someFeeds(200, 20, { style: 'single' }));
    let count = 0;
    platform.fault = () => (++count === 50 ? 'rate-limit-everywhere' : undefined);
    await pass(clock, engine, 3 * MINUTE);
    expect(new Set(platform.messages.map(({ channel }) => channel)).size).toBe(200);
    expect(platform.messages).toHaveLength(200);
    const limited = platform.requests.findIndex(({ refused }) => refused);
    const [said = 0, ...after] = platform.requests.slice(limited).map(({ at }) => at);
    const inSilence = after.filter((at) => at > said + 100 && at < said + 5_000);
    expect(inSilence).toEqual([]);
  });

  it('a busy workspace does not delay a quiet one', async () => {
    const busy = someFeeds(300, 1, { style: 'single' });
    const quiet = aFeed(
      'quiet',
      { style: 'single' },
      { channel: { platform: 'fake', workspace: 'z', channel: 'quiet' } },
    );
    const limits = { perSecond: 40, inFlight: 64, perWorkspace: 1 };
    const { clock, engine, platform } = await openTrainer([...busy, quiet], { limits });
    await pass(clock, engine, 10 * MINUTE);
    expect(platform.messages.findIndex(({ channel }) => channel === 'quiet')).toBeLessThan(3);
    expect(platform.messages).toHaveLength(301);
  });
});

describe('thirty days', () => {
  it('thirty days pass without a false alert, and a ticker that stops raises one', async () => {
    const alerts: string[] = [];
    const { clock, engine, platform } = await openTrainer(someFeeds(3, 2), {
      alerts: { raise: async (what) => void alerts.push(what) },
    });
    for (let tick = 0; tick < 30 * 24 * 12; tick++) {
      await clock.advance(5 * MINUTE);
      void engine.tick();
    }
    expect([alerts, platform.messages.length]).toEqual([[], 3 * 3 * 30]);
    await clock.advance(3 * 60 * MINUTE);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatch(/^No posts have been planned for 1[56] minutes/);
  }, 60_000);
});

it('setting the clock forward or back raises no alert about a stopped ticker', async () => {
  const alerts: string[] = [];
  const { clock, engine } = await openTrainer([], {
    alerts: { raise: async (what) => void alerts.push(what) },
  });
  for (const ms of [60 * MINUTE, -120 * MINUTE]) {
    await clock.advance(MINUTE);
    await engine.tick();
    clock.jump(ms);
    await clock.advance(2 * MINUTE);
  }
  expect(alerts).toEqual([]);
});

describe('after posting', () => {
  it('a posted list is updated for two days, at most every few hours, with one reply for a late addition', async () => {
    const riser = samplePaper();
    let votes = 1;
    const digestSource: DigestSource = {
      compose: async (feed, slot) => ({ kind: 'ready', digest: aDigest(feed, slot.day) }),
      recompose: async (_feed, slot) => ({
        root: sentence(`list of ${slot.day}, ${votes} votes`),
        late: votes > 1 ? [{ paper: riser.id ?? '', card: sentence('rose') }] : [],
      }),
    };
    const feeds = [aFeed('c', { days: [4] })];
    const connection = await openTestDatabase();
    await openPaperStore(connection).importBatch([riser], { source: 'arxiv', at: '2026-05-28T06:00:00Z' });
    const { clock, engine, platform } = await openTrainer(feeds, {
      digestSource,
      ledger: openLedger(connection),
    });
    await pass(clock, engine, 9 * 60 * MINUTE);
    expect(platform.updates).toHaveLength(1);
    votes = 2;
    await pass(clock, engine, 3 * 24 * 60 * MINUTE);
    expect(platform.updates).toHaveLength(2);
    expect(JSON.stringify(platform.messages[0]?.card)).toContain('2 votes');
    expect(platform.messages.filter(({ card }) => JSON.stringify(card).includes('rose'))).toHaveLength(1);
  });
});

describe('channels without threads', () => {
  it('a list in a channel without threads is a single message, regardless of its style', async () => {
    const { clock, engine, platform } = await openTrainer([aFeed('c')], {}, { startsThreads: () => false });
    await pass(clock, engine, 20 * MINUTE);
    expect(platform.messages).toHaveLength(1);
    expect(platform.requests.map(({ operation }) => operation)).toEqual(['post']);
  });
});

describe('posts in a forum', () => {
  it('papers, later updates and late additions are posted in the forum post’s thread', async () => {
    const riser = samplePaper();
    const digestSource: DigestSource = {
      compose: async (feed, slot) => ({ kind: 'ready', digest: aDigest(feed, slot.day) }),
      recompose: async (_feed, slot) => ({
        root: sentence(`list of ${slot.day}, with votes`),
        late: [{ paper: riser.id ?? '', card: sentence('rose') }],
      }),
    };
    const connection = await openTestDatabase();
    await openPaperStore(connection).importBatch([riser], { source: 'arxiv', at: '2026-05-28T06:00:00Z' });
    const { clock, engine, platform } = await openTrainer(
      [aFeed('forum', { days: [4] })],
      { digestSource, ledger: openLedger(connection) },
      { isForum: ({ channel }) => channel === 'forum' },
    );
    await pass(clock, engine, 9 * 60 * MINUTE);
    expect(platform.messages.map(({ channel, card }) => [channel, toPlainText(card)])).toEqual([
      ['post-m1', 'list of 2026-05-28, with votes'],
      ['post-m1', 'about 2026-05-28.1'],
      ['post-m1', 'about 2026-05-28.2'],
      ['post-m1', 'rose'],
    ]);
    expect((await engine.figures()).byState).toEqual({ done: 4 });
  });

  it('an ambiguous list in a forum is found, and its thread continues', async () => {
    const lab = await openTrainer(
      [aFeed('forum')],
      {},
      { nonceWindowMs: 0, isForum: ({ channel }) => channel === 'forum' },
    );
    const faults: Fault[] = ['lose-answer'];
    lab.platform.fault = () => faults.shift();
    await pass(lab.clock, lab.engine, 10 * MINUTE);
    expect(lab.platform.messages.map(({ channel }) => channel)).toEqual(['post-m1', 'post-m1', 'post-m1']);
  });
});

describe('a parked row', () => {
  it('a parked row is sent again or dropped after review', async () => {
    const lab = await openTrainer(
      someFeeds(2, 1, { style: 'single' }),
      {},
      { nonceWindowMs: 0, canFind: false },
    );
    lab.platform.fault = () => 'lose-request';
    await pass(lab.clock, lab.engine, 10 * MINUTE);
    lab.platform.fault = () => undefined;
    const parked = await lab.ledger.list({ state: 'parked' }, 5);
    expect(parked).toHaveLength(2);
    const [first, second] = parked.map(({ id }) => id) as [number, number];
    const now = lab.clock.now().getTime();
    expect(await lab.ledger.unpark(first, 'send', now)).toBe(true);
    expect(await lab.ledger.unpark(second, 'drop', now)).toBe(true);
    expect(await lab.ledger.unpark(second, 'send', now)).toBe(false);
    await pass(lab.clock, lab.engine, 5 * MINUTE);
    expect(lab.platform.messages).toHaveLength(1);
  });
});

describe('ticks', () => {
  it('ticks never overlap: a tick during another joins it', async () => {
    let plans = 0;
    const feeds = {
      ...holdFeeds([]),
      all: () =>
        new Promise<Feed[]>(
          (resolve) =>
            void setImmediate(() => {
              plans++;
              resolve([]);
            }),
        ),
    };
    const { engine } = await openTrainer([], { feeds });
    await Promise.all([engine.tick(), engine.tick(), engine.tick()]);
    expect(plans).toBe(1);
  });

  it('ticks can be missed for hours: the next one posts all due lists', async () => {
    const { clock, engine, platform } = await openTrainer(someFeeds(3, 1, { style: 'single' }));
    await engine.tick();
    await clock.advance(5 * 60 * MINUTE);
    await pass(clock, engine, MINUTE);
    expect(platform.messages).toHaveLength(3);
  });
});
