import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import type { Leases } from '../../src/processes/processes.ts';
import { openShares } from '../../src/processes/shares.ts';
import { fakeClock } from '../support/fake-clock.ts';

const LOOK_MS = 5_000;
const TAKEN_OVER_WITHIN_MS = 30_000;

/** Leases by a clock that the test holds, and processes that can lose the database. */
function openWorld() {
  const clock = fakeClock('2026-11-30T09:00:00Z');
  const rows = new Map<string, { holder: string; until: number }>();
  const isFree = (name: string, holder: string) => {
    const row = rows.get(name);
    return !row || row.until <= clock.elapsed() || row.holder === holder;
  };
  const table: Pick<Leases, 'take' | 'release' | 'held'> = {
    async take(name, holder, forMs) {
      if (!isFree(name, holder)) return false;
      rows.set(name, { holder, until: clock.elapsed() + forMs });
      return true;
    },
    async release(name, holder) {
      if (rows.get(name)?.holder === holder) rows.delete(name);
    },
    held: async () =>
      [...rows].flatMap(([name, { holder, until }]) => (until > clock.elapsed() ? [{ name, holder }] : [])),
  };

  function startProcess(
    holder: string,
    parts: readonly string[],
    { fails = false, stopped }: { readonly fails?: boolean; readonly stopped?: Promise<void> } = {},
  ) {
    const running = new Set<string>();
    let isCutOff = false;
    let starts = 0;
    const through =
      <Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
      (...given: Given): Promise<Answer> =>
        isCutOff ? Promise.reject(new Error('no connection')) : call(...given);
    const shares = openShares({
      parts,
      holder,
      clock,
      log: silentLog,
      leases: { take: through(table.take), release: through(table.release), held: through(table.held) },
      start: async (part) => {
        starts += 1;
        if (fails) throw new Error('refused');
        running.add(part);
        return {
          async stop() {
            await stopped;
            running.delete(part);
          },
        };
      },
    });
    onTestFinished(() => shares.stop());
    return {
      running,
      shares,
      starts: () => starts,
      cutOff() {
        isCutOff = true;
      },
      reconnect() {
        isCutOff = false;
      },
    };
  }

  /** Lets so much time pass, in steps in which every process looks. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += LOOK_MS / 5) await clock.advance(LOOK_MS / 5);
  }

  return { startProcess, pass };
}

describe('work that exists once', () => {
  it('is done by one process, and taken over at once when that one stops', async () => {
    const { startProcess, pass } = openWorld();
    const one = startProcess('one', ['planning']);
    await pass(LOOK_MS);
    const two = startProcess('two', ['planning']);
    await pass(10 * LOOK_MS);
    expect([[...one.running], [...two.running]]).toEqual([['planning'], []]);
    expect([one.shares.holds('planning'), two.shares.holds('planning')]).toEqual([true, false]);
    await one.shares.stop();
    await pass(2 * LOOK_MS);
    expect([[...one.running], [...two.running]]).toEqual([[], ['planning']]);
  });

  it('ends in a process without the database before another one can begin it, within 30 seconds', async () => {
    const { startProcess, pass } = openWorld();
    const one = startProcess('one', ['planning']);
    await pass(LOOK_MS);
    const two = startProcess('two', ['planning']);
    one.cutOff();
    for (let waited = 0; two.running.size === 0; waited += 1_000) {
      expect(waited).toBeLessThan(TAKEN_OVER_WITHIN_MS);
      await pass(1_000);
      expect(one.running.size + two.running.size).toBeLessThanOrEqual(1);
    }
    expect(one.shares.holds('planning')).toBe(false);
  });
});

describe('a part', () => {
  it('that cannot be started is left to others, and is tried again after a growing pause', async () => {
    const { startProcess, pass } = openWorld();
    const one = startProcess('one', ['planning'], { fails: true });
    await pass(4 * LOOK_MS);
    expect(one.starts()).toBe(1);
    await pass(8 * LOOK_MS);
    expect(one.starts()).toBe(2);
    const two = startProcess('two', ['planning']);
    await pass(2 * LOOK_MS);
    expect([...two.running]).toEqual(['planning']);
  });

  it('is not begun again before it has stopped', async () => {
    const { startProcess, pass } = openWorld();
    let letStop = () => {};
    const stopped = new Promise<void>((resolve) => {
      letStop = resolve;
    });
    const one = startProcess('one', ['planning'], { stopped });
    await pass(LOOK_MS);
    one.cutOff();
    await pass(4 * LOOK_MS);
    one.reconnect();
    await pass(4 * LOOK_MS);
    expect(one.starts()).toBe(1);
    letStop();
    await pass(6 * LOOK_MS);
    expect(one.starts()).toBe(2);
  });
});

describe('work in several parts', () => {
  const PARTS = ['shard 0', 'shard 1', 'shard 2', 'shard 3'];

  it('is shared out evenly when processes come and go, and each part is done once', async () => {
    const { startProcess, pass } = openWorld();
    const one = startProcess('one', PARTS);
    await pass(2 * LOOK_MS);
    expect([...one.running].sort()).toEqual(PARTS);
    const two = startProcess('two', PARTS);
    await pass(10 * LOOK_MS);
    expect([one.running.size, two.running.size]).toEqual([2, 2]);
    expect([...one.running, ...two.running].sort()).toEqual(PARTS);
    one.cutOff();
    await pass(TAKEN_OVER_WITHIN_MS + 2 * LOOK_MS);
    expect([[...one.running], [...two.running].sort()]).toEqual([[], PARTS]);
  });
});
