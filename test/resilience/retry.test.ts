import { describe, expect, it } from 'vitest';
import { type RetryRules, retry } from '../../src/resilience/retry.ts';
import { fakeClock } from '../support/fake-clock.ts';

const HOUR_MS = 3_600_000;

/** Work that fails so many times before it succeeds. */
function open(failing: number, rules: Partial<RetryRules> = {}) {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const controller = new AbortController();
  const tries: number[] = [];
  const work = async () => {
    tries.push(clock.elapsed());
    if (tries.length <= failing) throw new Error(`failure ${tries.length}`);
    return 'done';
  };
  const { signal } = controller;
  const defaults: RetryRules = { retries: 2, pauseAfter: (_, failures) => failures * 1_000, clock, signal };
  const result = retry(work, { ...defaults, ...rules });
  // Each test checks its outcome, some only after time has passed.
  result.catch(() => undefined);
  return { clock, controller, tries, result };
}

describe('work that is tried again', () => {
  it('succeeds after the pauses that its failures ask for', async () => {
    const { clock, tries, result } = open(2);
    await clock.advance(10_000);
    expect(await result).toBe('done');
    expect(tries).toEqual([0, 1_000, 3_000]);
  });

  it('fails with its last failure when the tries are used up', async () => {
    const asked: unknown[] = [];
    const pauseAfter = (error: unknown, failures: number) => {
      asked.push([String(error), failures]);
      return 1_000;
    };
    const { clock, tries, result } = open(3, { pauseAfter });
    await clock.advance(10_000);
    await expect(result).rejects.toThrow('failure 3');
    expect(tries).toHaveLength(3);
    expect(asked).toEqual([
      ['Error: failure 1', 1],
      ['Error: failure 2', 2],
      ['Error: failure 3', 3],
    ]);
  });

  it('fails at once when another try would not help', async () => {
    const { tries, result } = open(1, { pauseAfter: () => undefined });
    await expect(result).rejects.toThrow('failure 1');
    expect(tries).toHaveLength(1);
  });

  it('ends in the middle of a pause when it is aborted, with the reason', async () => {
    const { clock, controller, tries, result } = open(1);
    await clock.advance(500);
    controller.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
    await clock.advance(HOUR_MS);
    expect(tries).toHaveLength(1);
  });

  it('that fails because it was aborted is not asked about, and ends with the reason', async () => {
    const controller = new AbortController();
    const work = async () => {
      controller.abort(new Error('enough'));
      throw new Error('the connection was closed');
    };
    const { signal } = controller;
    const rules = { retries: 2, pauseAfter: () => expect.unreachable(), clock: open(0).clock, signal };
    await expect(retry(work, rules)).rejects.toThrow('enough');
  });

  it('is not begun when it was aborted before', async () => {
    const { tries, result } = open(0, { signal: AbortSignal.abort(new Error('enough')) });
    await expect(result).rejects.toThrow('enough');
    expect(tries).toEqual([]);
  });

  it('waits as long when the clock is set back or forward meanwhile', async () => {
    const { clock, tries, result } = open(2);
    await clock.advance(500);
    clock.jump(-3 * HOUR_MS);
    await clock.advance(500);
    clock.jump(6 * HOUR_MS);
    await clock.advance(1_999);
    expect(tries).toEqual([0, 1_000]);
    await clock.advance(1);
    expect(await result).toBe('done');
    expect(tries).toEqual([0, 1_000, 3_000]);
  });
});
