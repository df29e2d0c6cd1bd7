/**
 * Guarantee 1: one thread per channel and day, never two, never none, even if the process crashes at any time
 * and the platform fails.
 */
import { describe, expect, it } from 'vitest';
import { sentence } from '../../../src/chat/card.ts';
import { directMessagesTo } from '../../../src/chat/direct-messages.ts';
import type { PostingPort } from '../../../src/chat/port.ts';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { startDelivery } from '../../../src/delivery/engine.ts';
import type { ClaimToken, Ledger } from '../../../src/delivery/ledger/ledger.ts';
import { openLedger } from '../../../src/delivery/ledger/ledger-store.ts';
import { openNoticeLedger } from '../../../src/delivery/ledger/notice-store.ts';
import { UNCONFIRMED } from '../../../src/delivery/timing.ts';
import type { Feed } from '../../../src/feeds/feed.ts';
import {
  type FakePlatform,
  type FakePlatformOptions,
  type Fault,
  openFakePlatform,
} from '../../fakes/memory/fake-port.ts';
import { crashing, crashingClock, lifetime } from '../../support/crash-injection.ts';
import { openTestDatabase } from '../../support/database.ts';
import { aDigest, engineOptions, holdFeeds, seededRandom, someFeeds } from '../../support/delivery.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';

const SEEDS = process.env['TEST_FAULTS'] === undefined ? 30 : 500;
const CRASHES = 6;
const FEEDS = 8;
const PAPERS = 2;
const HALF_MINUTE = 30_000;
const LONG_ENOUGH = 90 * 60_000;
/** A life that reaches no crash point in this time has finished the backlog. */
const AIM_FOR = 15 * 60_000;
/** The other lives can end at any call. */
const AIMED = 0.95;

const PLATFORM = { platform: 'fake', workspace: 'w0' };
/** Direct messages, and one in a channel without a feed. */
const NOTICES = [
  { to: { ...PLATFORM, person: 'ada' }, topic: 'reminder', about: '2605.00001', card: sentence('first') },
  { to: { ...PLATFORM, person: 'ada' }, topic: 'reminder', about: '2605.00002', card: sentence('second') },
  { to: { ...PLATFORM, person: 'bob' }, topic: 'reminder', about: '2605.00001', card: sentence('third') },
  { to: { ...PLATFORM, channel: 'other' }, topic: 'watch', card: sentence('fourth') },
] as const;

interface World {
  readonly clock: FakeClock;
  readonly connection: DatabaseConnection;
  readonly platform: FakePlatform;
  readonly feeds: Feed[];
  readonly random: () => number;
}

interface Tally {
  lost: number;
  /** Lost messages without a parked row that asks a person about them. */
  unexplained: number;
  duplicates: number;
  disordered: number;
  parked: number;
  kills: number;
  hits: number;
}

type Options = Partial<Pick<FakePlatformOptions, 'nonceWindowMs' | 'canFind'>> & {
  readonly faults: readonly (readonly [number, Fault])[];
};

const LOSSES: Options['faults'] = [
  [0.03, 'lose-answer'],
  [0.03, 'error-after'],
  [0.02, 'lose-request'],
  [0.02, 'refuse'],
  [0.01, 'rate-limit'],
  [0.005, 'rate-limit-everywhere'],
];

async function openWorld(seed: number, { faults, ...options }: Options): Promise<World> {
  const random = seededRandom(seed);
  const clock = fakeClock('2026-05-28T08:59:50Z');
  const platform = openFakePlatform({
    clock,
    ...options,
    latencyMs: () => 50 + random() * 1_500,
    fault: () => {
      let dice = random();
      for (const [share, fault] of faults) {
        dice -= share;
        if (dice < 0) return fault;
      }
      return undefined;
    },
  });
  const connection = await openTestDatabase();
  const notices = openNoticeLedger(connection);
  const due = clock.now().getTime() + HALF_MINUTE;
  for (const each of NOTICES) await notices.schedule({ ...each, due, title: 'Reminder' });
  return { clock, platform, random, feeds: someFeeds(FEEDS, 3), connection };
}

/**
 * A ledger that knows which of its claimed rows have not been written back: their requests are in progress.
 */
function watchClaims(ledger: Ledger): { readonly ledger: Ledger; readonly inFlight: ReadonlySet<number> } {
  const inFlight = new Set<number>();
  const ending = <Rest extends unknown[]>(write: (token: ClaimToken, ...rest: Rest) => Promise<boolean>) => {
    return async (token: ClaimToken, ...rest: Rest) => {
      inFlight.delete(token.id);
      return write(token, ...rest);
    };
  };
  const claim: Ledger['claim'] = async (...args) => {
    const claimed = await ledger.claim(...args);
    if (claimed) inFlight.add(claimed.id);
    return claimed;
  };
  const { posted, threaded, release, end, endThread } = ledger;
  const watched = {
    posted: ending(posted),
    threaded: ending(threaded),
    release: ending(release),
    end: ending(end),
    endThread: ending(endThread),
  };
  return { inFlight, ledger: { ...ledger, claim, ...watched } };
}

async function crashAndRecover({ clock, connection, platform, feeds, random }: World, tally: Tally) {
  const book = holdFeeds(feeds);
  for (let crash = 0; crash <= CRASHES; crash++) {
    const isLast = crash === CRASHES;
    const watched = watchClaims(openLedger(connection));
    const isAimed = random() < AIMED;
    let hit = false;
    // Checked last before the call at which the life ends. The effect of that call must not count.
    const isMoment = () => {
      hit = watched.inFlight.size > 0;
      return hit || !isAimed;
    };
    const life = isLast ? lifetime() : lifetime(3 + Math.floor(random() * 40), random() < 0.5, isMoment);
    const test = {
      clock: crashingClock(clock, life),
      ledger: crashing(watched.ledger, life),
      feeds: book,
      platform,
    };
    const options = engineOptions({ ...test, random });
    const ports = options.ports.map((port) => crashing(port, life));
    const starting = startDelivery({ ...options, ports });
    const engine = await Promise.race([starting, clock.advance(0).then(() => undefined)]);
    const until = clock.now().getTime() + (isLast ? LONG_ENOUGH : AIM_FOR);
    while (engine && !life.dead && clock.now().getTime() < until) {
      void engine.tick();
      await clock.advance(isLast ? HALF_MINUTE : 1 + random() * HALF_MINUTE);
    }
    if (isLast || !life.dead) await engine?.stop();
    if (isLast) return;
    tally.kills += Number(life.dead);
    tally.hits += Number(life.dead && hit);
    // Restarted by a supervisor at once, or after a while.
    await clock.advance(random() < 0.5 ? random() * 5_000 : random() * 200_000);
  }
}

function evaluate({ platform, feeds, connection }: World, tally: Tally): void {
  for (const feed of feeds) {
    const roots = platform.messages.filter(({ channel }) => channel === feed.channel.channel);
    const parked = parkedOf(feed, connection);
    const lose = (paper: string) => {
      tally.lost++;
      // Messages that depend on a root wait with it.
      tally.unexplained += Number(!parked.has('') && !parked.has(paper));
    };
    if (roots.length === 0) lose('');
    tally.duplicates += Math.max(0, roots.length - 1);
    const replies = roots.flatMap(({ message }) =>
      platform.messages.filter(({ channel }) => channel === `thread-of-${message}`),
    );
    const { papers } = aDigest(feed, '2026-05-28', PAPERS);
    const wanted = papers.map(({ card }) => JSON.stringify(card));
    const got = replies.map(({ card }) => JSON.stringify(card));
    for (const { paper, card } of papers) if (!got.includes(JSON.stringify(card))) lose(paper);
    tally.duplicates += got.length - new Set(got).size;
    tally.disordered += Number(JSON.stringify([...new Set(got)]) !== JSON.stringify(wanted));
  }
  for (const { to, card } of NOTICES) {
    const channel = 'person' in to ? directMessagesTo(to).channel : to.channel;
    const got = platform.messages.filter(
      (message) => message.channel === channel && JSON.stringify(message.card) === JSON.stringify(card),
    );
    tally.lost += Number(got.length === 0);
    tally.duplicates += Math.max(0, got.length - 1);
    tally.unexplained += Number(got.length === 0 && !isUnconfirmed(JSON.stringify(card), connection));
  }
  tally.parked += Number(
    connection.prepare(`SELECT count(*) FROM deliveries WHERE state = 'parked'`).pluck().get(),
  );
}

/** The papers of a channel's parked rows; the empty string for a root. */
function parkedOf({ channel: channelRef }: Feed, connection: DatabaseConnection): ReadonlySet<string> {
  const papers = connection
    .prepare<[string], string>(`SELECT paper FROM deliveries WHERE channel = ? AND state = 'parked'`)
    .pluck();
  return new Set(papers.all(channelRef.channel));
}

function isUnconfirmed(card: string, connection: DatabaseConnection): boolean {
  const reason = connection
    .prepare<[string], string>(`SELECT reason FROM deliveries WHERE kind = 'notice' AND card = ?`)
    .pluck()
    .get(card);
  return reason === UNCONFIRMED;
}

async function simulate(options: Options, seeds = SEEDS): Promise<Tally> {
  const tally: Tally = {
    lost: 0,
    unexplained: 0,
    duplicates: 0,
    disordered: 0,
    parked: 0,
    kills: 0,
    hits: 0,
  };
  for (let seed = 1; seed <= seeds; seed++) {
    const world = await openWorld(seed, options);
    await crashAndRecover(world, tally);
    evaluate(world, tally);
  }
  if (process.env['TEST_FAULTS'] !== undefined)
    process.stdout.write(`${JSON.stringify({ ...options, faults: options.faults.length, ...tally })}\n`);
  return tally;
}

const SAFE = { lost: 0, duplicates: 0, disordered: 0, parked: 0 };
const TIME_OUT = { timeout: SEEDS * 5_000 };

describe('a crash at any await', () => {
  it(
    'loses nothing and posts nothing twice on a platform that remembers keys for two minutes',
    TIME_OUT,
    async () => {
      const tally = await simulate({ nonceWindowMs: 120_000, faults: LOSSES });
      expect(tally).toMatchObject(SAFE);
      expect(tally.hits / tally.kills).toBeGreaterThanOrEqual(0.9);
      expect(tally.kills).toBeGreaterThan(3 * SEEDS);
    },
  );

  it(
    'loses nothing and posts nothing twice on a platform without keys, where posts have to be looked up',
    TIME_OUT,
    async () => {
      const tally = await simulate({ nonceWindowMs: 0, faults: LOSSES });
      expect(tally).toMatchObject(SAFE);
    },
  );

  it(
    'loses nothing and posts nothing twice on a platform that carries out requests long after they timed out',
    TIME_OUT,
    async () => {
      for (const nonceWindowMs of [0, 120_000]) {
        const tally = await simulate({ nonceWindowMs, faults: [[0.3, 'slow'], ...LOSSES] }, SEEDS / 2);
        expect(tally).toMatchObject(SAFE);
      }
    },
  );

  it('parks messages that only a person can check, and never posts them twice', TIME_OUT, async () => {
    const tally = await simulate({ nonceWindowMs: 0, canFind: false, faults: LOSSES }, SEEDS / 2);
    expect(tally).toMatchObject({ duplicates: 0, unexplained: 0 });
    expect(tally.lost).toBeGreaterThan(0);
  });
});

/** The two obvious orders, with the same crashes. Each must fail, to show that the ledger is needed. */
describe('without the ledger, the same crashes show that', () => {
  const naive = (order: 'post, then record' | 'record, then post') => async (): Promise<Tally> => {
    const tally: Tally = {
      lost: 0,
      unexplained: 0,
      duplicates: 0,
      disordered: 0,
      parked: 0,
      kills: 0,
      hits: 0,
    };
    for (let seed = 1; seed <= 30; seed++) {
      const world = await openWorld(seed, { nonceWindowMs: 0, faults: LOSSES });
      const recorded = new Set<string>();
      const records = { add: async (channel: string) => void recorded.add(channel) };
      for (let crash = 0; crash <= CRASHES; crash++) {
        const life =
          crash === CRASHES
            ? lifetime()
            : lifetime(1 + Math.floor(world.random() * 12), world.random() < 0.5);
        const port = crashing<PostingPort>(world.platform.connect(), life);
        const book = crashing(records, life);
        const one = async ({ channel: channelRef }: Feed) => {
          if (recorded.has(channelRef.channel)) return;
          if (order === 'record, then post') await book.add(channelRef.channel);
          await port.post(channelRef, aDigest(world.feeds[0] as Feed, '2026-05-28').root, {
            key: channelRef.channel,
            title: '',
          });
          if (order === 'post, then record') await book.add(channelRef.channel);
        };
        for (const feed of world.feeds) void one(feed).catch(() => {});
        await world.clock.advance(60_000);
      }
      for (const { channel: channelRef } of world.feeds) {
        const count = world.platform.messages.filter(({ channel }) => channel === channelRef.channel).length;
        tally.lost += Number(count === 0);
        tally.duplicates += Math.max(0, count - 1);
      }
    }
    return tally;
  };

  it('the order “post, then record” posts twice', async () => {
    expect((await naive('post, then record')()).duplicates).toBeGreaterThan(0);
  });

  it('the order “record, then post” loses messages', async () => {
    expect((await naive('record, then post')()).lost).toBeGreaterThan(0);
  });
});
