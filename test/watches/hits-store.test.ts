import { expect, it } from 'vitest';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openWatchHits } from '../../src/watches/hits-store.ts';
import { openWatchMatcher } from '../../src/watches/matching/matcher-store.ts';
import type { DueHits, WatchRequest, WatchTarget } from '../../src/watches/watch.ts';
import { openWatchStore } from '../../src/watches/watch-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { samplePaper } from '../support/papers.ts';

const MINUTE_MS = 60_000;
const ADA: WatchTarget = { kind: 'person', person: { platform: 'slack', workspace: 'T1', person: 'U1' } };
const LAB: WatchTarget = { kind: 'channel', channel: { platform: 'slack', workspace: 'T1', channel: 'C1' } };

async function openHits(start: string) {
  const connection = await openTestDatabase();
  const clock = fakeClock(start);
  const watches = openWatchStore(connection);
  const matcher = openWatchMatcher(connection);
  const hits = openWatchHits(connection);
  let papers = 0;
  return {
    connection,
    clock,
    watches,
    hits,
    watch: async (text: string, rest: Partial<WatchRequest> = {}) => {
      const request = { target: ADA, terms: { text }, defaultZone: 'UTC', by: 'U1', ...rest };
      return (await watches.watch(request, clock.now())).watch.id;
    },
    /** A new paper that is matched at once. */
    announce: async (title: string) => {
      papers += 1;
      const id = `2605.3${String(papers).padStart(4, '0')}`;
      const record = samplePaper({ id, title, published: clock.now().toISOString() });
      await openPaperStore(connection).importBatch([record], {
        source: 'arxiv',
        at: clock.now().toISOString(),
      });
      await matcher.step(clock.now());
    },
    /** Titles and reasons by target, as the outbox gets them. */
    take: () => {
      const taken: DueHits[] = [];
      while (hits.takeDue(clock.now(), (due) => taken.push(due)) > 0);
      const inOrder = taken.toSorted((a, b) => a.target.kind.localeCompare(b.target.kind));
      return inOrder.map(({ target, hits: found }) => [
        target.kind,
        found.map(({ paper, reasons }) => [paper.title, ...reasons]),
      ]);
    },
  };
}

it('hits of an at-once watch are told together a few minutes after the first, and only once', async () => {
  const test = await openHits('2026-05-29T12:00:00Z');
  await test.watch('protein');
  await test.announce('Protein one');
  await test.clock.advance(2 * MINUTE_MS);
  await test.announce('Protein two');
  expect(test.take()).toEqual([]);
  await test.clock.advance(MINUTE_MS);
  const why = 'matches “protein” in the title';
  expect(test.take()).toEqual([
    [
      'person',
      [
        ['Protein one', why],
        ['Protein two', why],
      ],
    ],
  ]);
  await test.clock.advance(60 * MINUTE_MS);
  expect(test.take()).toEqual([]);
});

it('hits of a daily watch are told at nine in its own time zone', async () => {
  const test = await openHits('2026-05-29T06:30:00Z');
  await test.watch('protein', { pace: 'daily', zone: 'Europe/Berlin' });
  await test.announce('Protein one');
  await test.clock.advance(29 * MINUTE_MS);
  expect(test.take()).toEqual([]);
  await test.clock.advance(MINUTE_MS);
  expect(test.take()).toHaveLength(1);
  await test.announce('Protein two');
  await test.clock.advance(24 * 60 * MINUTE_MS - 1);
  expect(test.take()).toEqual([]);
  await test.clock.advance(1);
  expect(test.take()).toHaveLength(1);
});

it('a paper is told to a person once over all their watches, with every reason', async () => {
  const test = await openHits('2026-05-29T12:00:00Z');
  await test.watch('protein');
  await test.watch('design', { pace: 'daily' });
  await test.watch('design', { target: LAB });
  await test.announce('Protein design');
  await test.announce('Robot design');
  await test.clock.advance(3 * MINUTE_MS);
  const [protein, design] = ['matches “protein” in the title', 'matches “design” in the title'];
  expect(test.take()).toEqual([
    [
      'channel',
      [
        ['Protein design', design],
        ['Robot design', design],
      ],
    ],
    ['person', [['Protein design', protein, design]]],
  ]);
  await test.clock.advance(24 * 60 * MINUTE_MS);
  expect(test.take()).toEqual([['person', [['Robot design', design]]]]);
});

it('nothing is marked as told if the outbox could not be written', async () => {
  const test = await openHits('2026-05-29T12:00:00Z');
  await test.watch('protein');
  await test.watch('protein', { target: LAB });
  await test.announce('Protein one');
  await test.clock.advance(3 * MINUTE_MS);
  let puts = 0;
  const full = () => {
    puts += 1;
    if (puts === 2) throw new Error('full');
  };
  expect(() => test.hits.takeDue(test.clock.now(), full)).toThrow('full');
  expect(test.take()).toHaveLength(2);
});

it('an ended or paused watch tells nothing that waits', async () => {
  const test = await openHits('2026-05-29T12:00:00Z');
  const ended = await test.watch('protein');
  const paused = await test.watch('design');
  await test.announce('Protein design');
  await test.watches.unwatch(ADA, ended);
  await test.watches.pause(ADA, paused);
  await test.clock.advance(3 * MINUTE_MS);
  expect(test.take()).toEqual([]);
});

it('hits that wait follow a new pace', async () => {
  const test = await openHits('2026-05-29T12:00:00Z');
  await test.watch('protein');
  await test.announce('Protein one');
  await test.watch('protein', { pace: 'daily' });
  await test.clock.advance(20 * 60 * MINUTE_MS);
  expect(test.take()).toEqual([]);
  await test.clock.advance(60 * MINUTE_MS);
  expect(test.take()).toHaveLength(1);
});

it('hits that were told long ago are deleted, and others stay', async () => {
  const test = await openHits('2026-05-29T12:00:00Z');
  await test.watch('protein');
  await test.announce('Protein one');
  await test.clock.advance(3 * MINUTE_MS);
  test.take();
  await test.announce('Protein two');
  await test.watches.forgetHits('2026-06-01T00:00:00Z');
  const [mine] = await test.watches.of(ADA, test.clock.now());
  expect(mine?.recentHits).toBe(1);
});
